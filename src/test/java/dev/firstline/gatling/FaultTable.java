package dev.firstline.gatling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of {@code stubs/faults.md} in which a column says how a fault ends. */
final class FaultTable {
    private static final Path FILE = Path.of("stubs/faults.md");
    private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern METRIC = Pattern.compile("`(\\w+)` ≥ (\\d+) ms");

    private FaultTable() {}

    /**
     * A fault and what the harness makes of it.
     *
     * @param endsAs the label of the outcome
     * @param findings the ids of all rules that must be found
     * @param atLeastMillis the least value of a metric, by its name
     */
    record Row(String fault, String endsAs, TreeSet<String> findings, Map<String, Integer> atLeastMillis) {
        @Override
        public String toString() {
            return fault;
        }
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<String> header = List.of();
        for (String line : lines()) {
            List<String> cells = line.startsWith("|") ? cells(line) : List.of();
            if (header.isEmpty()) {
                header = cells.contains("fault") && cells.contains("ends as") ? cells : List.of();
            } else if (cells.isEmpty()) {
                header = List.of();
            } else if (!cells.get(0).startsWith("---")) {
                addTo(rows, header, cells);
            }
        }
        return rows;
    }

    /** A table has one fault a row, or several side by side. */
    private static void addTo(List<Row> rows, List<String> header, List<String> cells) {
        Map<String, String> row = new TreeMap<>(Comparator.naturalOrder());
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equals("fault") && !row.isEmpty()) {
                rows.add(row(row));
                row.clear();
            }
            row.put(header.get(i), cells.get(i));
        }
        rows.add(row(row));
    }

    private static Row row(Map<String, String> cells) {
        Map<String, Integer> atLeastMillis = new TreeMap<>();
        Matcher metrics = METRIC.matcher(cells.getOrDefault("metric", ""));
        while (metrics.find()) {
            atLeastMillis.put(metrics.group(1), Integer.valueOf(metrics.group(2)));
        }
        return new Row(
                coded(cells.getOrDefault("fault", "")).get(0),
                coded(cells.getOrDefault("ends as", "")).get(0),
                new TreeSet<>(coded(cells.getOrDefault("findings", ""))),
                atLeastMillis);
    }

    private static List<String> coded(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(found -> found.group(1).replace("\\|", "|"))
                .toList();
    }

    private static List<String> cells(String line) {
        String[] parts = BAR.split(line, -1);
        return Arrays.stream(parts, 1, parts.length - 1).map(String::strip).toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
