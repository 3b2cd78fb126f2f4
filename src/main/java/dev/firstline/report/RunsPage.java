package dev.firstline.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code reports/index.html}: every run and every capacity search, the newest first. */
final class RunsPage {
    static final String RUNS = "runs";
    private static final String HERE = "../../index.html";

    private RunsPage() {}

    /** Where the list is, from a run's folder; empty where the folder is not one of {@code reports/runs}. */
    static String from(Path folder) {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        return parent != null && parent.endsWith(RUNS) ? HERE : "";
    }

    /**
     * The page.
     *
     * @param runs the folder of all runs
     */
    static String of(Path runs) throws IOException {
        List<RunRow> rows;
        try (Stream<Path> folders = Files.list(runs)) {
            rows = folders.filter(Files::isDirectory)
                    .map(RunRow::of)
                    .sorted(Comparator.comparing(RunRow::when).reversed().thenComparing(RunRow::name))
                    .toList();
        }
        return Page.of("runs.peb", "All runs")
                .with("runs", rows.stream().map(RunRow::model).toList())
                .script("runs.js")
                .html();
    }
}
