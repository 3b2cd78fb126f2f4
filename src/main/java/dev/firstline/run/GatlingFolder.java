package dev.firstline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Gatling keeps its own log and report of a run; it tells nobody in time. */
final class GatlingFolder {
    static final String NAME = "gatling";

    /** What Gatling calls its own log. */
    static final String LOG = "simulation.log";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");

    private GatlingFolder() {}

    /** The folder that holds one of Gatling's for each run; the build file says the same for Maven. */
    static Path all(Path reports) {
        return reports.resolve(NAME);
    }

    /**
     * The folder of this run: Gatling makes it when the simulation is prepared and names it after the class and the
     * time in milliseconds. Empty where there will be no report in it: the library that draws it is not beside the jar.
     */
    static Optional<Path> of(Prepared prepared) {
        return Exit.claimed() ? Optional.empty() : newest(prepared);
    }

    /** Gatling's own log of this run, complete when the load is over. */
    static Optional<Path> log(Prepared prepared) {
        return newest(prepared).map(folder -> folder.resolve(LOG)).filter(Files::isRegularFile);
    }

    private static Optional<Path> newest(Prepared prepared) {
        String simulation = prepared.simulation().toLowerCase(Locale.ROOT) + "simulation-";
        String earliest = simulation + TIME.format(prepared.since().atOffset(ZoneOffset.UTC));
        Path all = all(prepared.reports());
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(simulation)
                            && folder.getFileName().toString().compareTo(earliest) >= 0)
                    .min(Comparator.comparing(folder -> folder.getFileName().toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
