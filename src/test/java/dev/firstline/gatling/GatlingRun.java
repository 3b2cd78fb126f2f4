package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.app.Gatling$;
import io.gatling.charts.stats.LogFileData;
import io.gatling.charts.stats.LogFileReader;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.stats.ErrorStats;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** One run of a simulation in this process, and what Gatling's own log says of it. */
final class GatlingRun {
    private final LogFileData log;

    private GatlingRun(LogFileData log) {
        this.log = log;
    }

    static GatlingRun of(Class<? extends Simulation> simulation, Path results) {
        String[] arguments = {"-s", simulation.getName(), "-rf", results.toString(), "-nr"};
        assertThat(Gatling$.MODULE$.fromArgs(arguments)).isZero();
        return read(log(results));
    }

    /** What Gatling itself reads in a log. */
    static GatlingRun read(Path log) {
        return new GatlingRun(new LogFileReader(log.toFile(), GatlingConfiguration.load()).read());
    }

    /** The log of the only run that left its results there. */
    static Path log(Path results) {
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(path -> path.endsWith("simulation.log"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long ok(String entry) {
        return count(entry, OK$.MODULE$);
    }

    long ko(String entry) {
        return count(entry, KO$.MODULE$);
    }

    /** The largest time of an entry, in milliseconds. */
    int maxMillis(String entry) {
        return log.requestGeneralStats(Option.apply(entry), Option.empty(), Option.empty())
                .get()
                .max();
    }

    List<String> messages(String entry) {
        return CollectionConverters.asJava(log.errors(Option.apply(entry), Option.empty())).stream()
                .map(ErrorStats::message)
                .toList();
    }

    /** Every request that was answered. */
    long all() {
        return log.requestGeneralStats(Option.empty(), Option.empty(), Option.empty())
                .get()
                .count();
    }

    /** What went wrong anywhere, and how often. */
    Map<String, Integer> errors() {
        return CollectionConverters.asJava(log.errors(Option.empty(), Option.empty())).stream()
                .collect(Collectors.toMap(ErrorStats::message, ErrorStats::count));
    }

    private long count(String entry, Status status) {
        return log.requestGeneralStats(Option.apply(entry), Option.empty(), Option.apply(status))
                .map(stats -> stats.count())
                .getOrElse(() -> 0L);
    }
}
