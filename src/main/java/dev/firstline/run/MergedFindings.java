package dev.firstline.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstline.contract.Rule;
import dev.firstline.stats.RunSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code findings/} of a merged run: of each rule the first answers of all injectors, as many as one run keeps. The
 * n-th answer that injector i kept is called {@code n-of-injector-i}; every injector's first comes before any second,
 * so that it does not matter in which order folders are merged.
 */
final class MergedFindings {
    private static final Pattern NAME = Pattern.compile("(\\d{1,9})(?:-of-injector-(\\d{1,9}))?\\.json");
    private static final String FACTS = ".json";
    private static final String BYTES = ".ndjson";

    private final Map<Rule, SortedSet<Kept>> kept = new EnumMap<>(Rule.class);

    private record Kept(int nth, int injector, Path facts) implements Comparable<Kept> {
        private static final Comparator<Kept> FIRST =
                Comparator.comparingInt(Kept::nth).thenComparingInt(Kept::injector);

        @Override
        public int compareTo(Kept other) {
            return FIRST.compare(this, other);
        }

        String name() {
            return nth + "-of-injector-" + injector;
        }

        Path bytes() {
            String name = facts.getFileName().toString();
            return facts.resolveSibling(name.substring(0, name.length() - FACTS.length()) + BYTES);
        }
    }

    /** Takes what a folder keeps. */
    void add(Parts.Folder part) throws IOException {
        Path folder = part.path().resolve(FindingsFolder.NAME);
        for (Rule rule : Rule.values()) {
            Path place = folder.resolve(rule.id());
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.list(place)) {
                    files.forEach(file -> add(rule, part, file));
                }
            }
        }
    }

    private void add(Rule rule, Parts.Folder part, Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
            int injector =
                    name.group(2) == null ? part.shares().parts().get(0).injector() : Integer.parseInt(name.group(2));
            Kept one = new Kept(Integer.parseInt(name.group(1)), injector, file);
            kept.computeIfAbsent(rule, any -> new TreeSet<>()).add(one);
        }
    }

    /**
     * Copies the first of them, and writes the page for people.
     *
     * @param out the merged run's folder
     * @param contract how often each rule was hit in all
     */
    void write(Path out, RunSummary.Contract contract) throws IOException {
        Map<Rule, List<String>> entries = new EnumMap<>(Rule.class);
        for (Map.Entry<Rule, SortedSet<Kept>> rule : kept.entrySet()) {
            Path place = Files.createDirectories(
                    out.resolve(FindingsFolder.NAME).resolve(rule.getKey().id()));
            List<Kept> first =
                    rule.getValue().stream().limit(FindingsFolder.ANSWERS_MAX).toList();
            for (Kept one : first) {
                KeptAnswer facts = KeptAnswer.read(one.facts());
                facts.write(place.resolve(one.name() + FACTS));
                String line = "";
                if (Files.isRegularFile(one.bytes())) {
                    Files.copy(one.bytes(), place.resolve(one.name() + BYTES));
                    line = line(one.bytes(), facts);
                }
                entries.computeIfAbsent(rule.getKey(), any -> new ArrayList<>())
                        .add(facts.entry(one.name() + BYTES, line));
            }
        }
        if (!entries.isEmpty()) {
            Files.writeString(
                    out.resolve(FindingsFolder.NAME).resolve(FindingsFolder.INDEX),
                    KeptAnswer.index(entries, contract),
                    UTF_8);
        }
    }

    /**
     * The line with the first finding. Of a long answer only lines with findings were kept, so there it is the first.
     */
    private static String line(Path bytes, KeptAnswer facts) throws IOException {
        int number = facts.findings().get(0).line();
        if (number == 0) {
            return "";
        }
        // Whatever is not UTF-8 is shown as that.
        try (BufferedReader in = new BufferedReader(new InputStreamReader(Files.newInputStream(bytes), UTF_8))) {
            return in.lines()
                    .skip(facts.allLines() ? number - 1 : 0)
                    .findFirst()
                    .orElse("");
        }
    }
}
