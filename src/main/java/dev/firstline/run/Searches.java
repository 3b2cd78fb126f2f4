package dev.firstline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.CapacityResult.Knee;
import dev.firstline.journey.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What searches have left in {@code reports/runs/}. */
final class Searches {
    private static final String PREFIX = "capacity-";

    private Searches() {}

    /** What the newest search of the same target and promises has found, or null. */
    static @Nullable Double last(Path reports, String target, String slo, Path butFor) {
        Path runs = RunFolder.all(reports);
        if (!Files.isDirectory(runs)) {
            return null;
        }
        try (Stream<Path> folders = Files.list(runs)) {
            List<Path> newest = folders.filter(
                            folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .filter(folder -> Files.exists(folder.resolve(Capacity.RESULT)))
                    .filter(folder -> !folder.equals(butFor))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path folder : newest) {
                CapacityResult result = read(folder);
                @Nullable Knee knee = result == null ? null : result.knee();
                if (result != null
                        && knee != null
                        && knee.heldSeconds() > 0
                        && result.target().equals(target)
                        && result.slo().equals(slo)) {
                    return knee.rate();
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for earlier searches in " + runs, e);
        }
    }

    private static @Nullable CapacityResult read(Path folder) throws IOException {
        try {
            return StepFiles.read(folder.resolve(Capacity.RESULT), CapacityResult.class);
        } catch (JsonProcessingException e) {
            // Of another version: it says nothing to us.
            return null;
        }
    }

    /** The proof, from the ledgers of all runs of a search: {@code sessions: 812 opened, 812 closed, 0 open}. */
    static String sessions(Path reports, Path search) {
        Set<String> opened = new HashSet<>();
        Set<String> closed = new HashSet<>();
        try {
            for (String row : rows(search.resolve(Preflight.LEDGER))) {
                count(row, opened, closed);
            }
            for (String run : rows(search.resolve(StopSigns.RUNS))) {
                Path ledger = RunFolder.all(reports).resolve(run).resolve(Ledger.FILE_NAME);
                rows(ledger).forEach(row -> count(row, opened, closed));
            }
        } catch (IOException e) {
            return "sessions: the ledgers cannot be read: " + e;
        }
        int all = opened.size();
        opened.removeAll(closed);
        return "sessions: %d opened, %d closed, %d open".formatted(all, closed.size(), opened.size());
    }

    private static List<String> rows(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static void count(String row, Set<String> opened, Set<String> closed) {
        int at = row.indexOf("\"sessionId\":\"");
        if (at >= 0) {
            String session = row.substring(at, row.indexOf('"', at + 13));
            if (row.contains("\"opened\"")) {
                opened.add(session);
            } else if (row.contains("\"closed\"")) {
                closed.add(session);
            }
        }
    }
}
