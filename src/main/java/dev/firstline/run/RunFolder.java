package dev.firstline.run;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** {@code reports/runs/<simulation>-<UTC time>/}. */
final class RunFolder {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final int SAME_SECOND_MAX = 100;

    private RunFolder() {}

    /** Where all runs are. */
    static Path all(Path reports) {
        return reports.resolve("runs");
    }

    /** Makes a folder that nobody else has, also when two runs start in the same second. */
    static Path create(Path reports, String simulation, Instant now) {
        String name = simulation + "-" + NAME.format(now.atOffset(ZoneOffset.UTC));
        Path runs = all(reports);
        try {
            Files.createDirectories(runs);
            for (int i = 1; i <= SAME_SECOND_MAX; i++) {
                Path folder = runs.resolve(i == 1 ? name : name + "-" + i);
                if (claimed(folder)) {
                    return folder;
                }
            }
        } catch (IOException e) {
            throw new Misuse("a folder for results", e.toString(), runs.toString(), "another one, with --reports");
        }
        throw new Misuse("a new folder", "all taken", runs.resolve(name).toString(), "a second later");
    }

    private static boolean claimed(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
