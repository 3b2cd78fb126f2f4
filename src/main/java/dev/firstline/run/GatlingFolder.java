package dev.firstline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Gatling keeps its own log and report of a run; it tells nobody in time. */
final class GatlingFolder {
    private GatlingFolder() {}

    /** The folder that holds one of Gatling's for each run; the build file says the same for Maven. */
    static Path all(Path reports) {
        return reports.resolve("gatling");
    }

    /** The newest folder of that simulation: Gatling names it after the class and the time in milliseconds. */
    static Optional<Path> newest(Path reports, String simulation) {
        String prefix = simulation.toLowerCase(Locale.ROOT) + "simulation-";
        Path all = all(reports);
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .max(Comparator.comparing(folder -> folder.getFileName().toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
