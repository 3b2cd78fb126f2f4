package dev.firstline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.stats.RunSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The first answer of a run that did not keep a rule, from the run's {@code findings}.
 *
 * @param rule the rule's id
 * @param whose whose answer it was
 * @param findings what was found in it, at most {@value #FINDINGS_MAX}
 * @param more how many findings of the rule are not among them
 * @param path the answer's file, from the run's folder
 */
record FoundExample(String rule, String whose, List<Found> findings, long more, String path) {
    /** Of how many rules there is an example. */
    static final int RULES_MAX = 30;

    static final int FINDINGS_MAX = 5;

    /** How much of a line is shown. */
    static final int LINE_CHARS_MAX = 1_200;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One finding.
     *
     * @param where the line and the pointer
     * @param line the line itself, as far as it is shown; empty where it is about the answer as a whole
     */
    record Found(String where, String promised, String seen, String line) {}

    /** Of each rule that was not always kept the first answer, where the folder holds one; what was broken first. */
    static List<FoundExample> of(Path run, RunSummary summary) throws IOException {
        List<FoundExample> examples = new ArrayList<>();
        for (Figures.RuleRow rule : Figures.rules(summary)) {
            Path place = run.resolve("findings").resolve(rule.id().matches("[a-z0-9-]+") ? rule.id() : "unknown");
            Optional<String> first = examples.size() < RULES_MAX ? first(place) : Optional.empty();
            if (first.isPresent()) {
                examples.add(example(rule.id(), place, first.get()));
            }
        }
        return examples;
    }

    /** A run's own first answer is called 1; of a merged run's the lowest injector's is the first. */
    private static Optional<String> first(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> "" + file.getFileName())
                    .filter(name -> name.matches("1(-of-injector-[0-9]{1,9})?\\.json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        }
    }

    private static FoundExample example(String rule, Path place, String name) throws IOException {
        JsonNode facts = facts(place.resolve(name + ".json"));
        SortedMap<Integer, String> lines = new TreeMap<>();
        for (JsonNode found : facts.path("findings")) {
            if (lines.size() < FINDINGS_MAX) {
                lines.put(found.path("line").asInt(), "");
            }
        }
        Path answer = place.resolve(name + ".ndjson");
        if (Files.isRegularFile(answer)) {
            fill(lines, answer, facts.path("all_lines").asBoolean());
        }
        List<Found> findings = new ArrayList<>();
        for (JsonNode found : facts.path("findings")) {
            if (findings.size() < FINDINGS_MAX) {
                int line = found.path("line").asInt();
                String where = line == 0 ? "the answer as a whole" : "line " + line;
                findings.add(new Found(
                        (where + " " + found.path("pointer").asText()).strip(),
                        found.path("promised").asText(),
                        found.path("seen").asText(),
                        lines.getOrDefault(line, "")));
            }
        }
        String whose = "%s, journey %s %d, turn %d"
                .formatted(
                        facts.path("endpoint").asText(),
                        facts.path("journey").asText(),
                        facts.path("number").asLong(),
                        facts.path("turn").asInt());
        long more = Math.max(0, facts.path("found").asLong() - findings.size());
        return new FoundExample(rule, whose, findings, more, "findings/" + rule + "/" + name + ".ndjson");
    }

    private static JsonNode facts(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new Misuse("what was found in an answer", e.getOriginalMessage(), file.toString(), "another run");
        }
    }

    /** The file holds every line of the answer, or those alone in which something was found. */
    private static void fill(SortedMap<Integer, String> lines, Path answer, boolean all) throws IOException {
        List<Integer> wanted = lines.keySet().stream().filter(line -> line > 0).toList();
        if (wanted.isEmpty()) {
            return;
        }
        // Whatever is not UTF-8 is shown as that.
        try (InputStream bytes = Files.newInputStream(answer);
                BufferedReader in = new BufferedReader(new InputStreamReader(bytes, UTF_8))) {
            String text = in.readLine();
            for (int number = 1, kept = 0; text != null && kept < wanted.size(); number++, text = in.readLine()) {
                if (!all || number == wanted.get(kept)) {
                    lines.put(wanted.get(kept++), brief(text));
                }
            }
        }
    }

    private static String brief(String line) {
        String shown = line.length() <= LINE_CHARS_MAX
                ? line
                : line.substring(0, LINE_CHARS_MAX) + " … and " + (line.length() - LINE_CHARS_MAX) + " more characters";
        return Figures.oneLine(shown);
    }

    /** For the template. */
    Map<String, Object> model() {
        return Map.of(
                "rule",
                rule,
                "whose",
                whose,
                "findings",
                findings.stream()
                        .map(found -> Map.of(
                                "where", found.where(),
                                "promised", found.promised(),
                                "seen", found.seen(),
                                "line", found.line()))
                        .toList(),
                "more",
                more,
                "path",
                path);
    }
}
