package dev.firstline.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.gate.Bound.Unit;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.Decision;
import dev.firstline.stats.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run in one line.
 *
 * @param name its folder
 * @param verdict what it came to, or {@value #UNREADABLE}
 * @param size what happened in it, or why it cannot be read
 * @param p50 TTFL as people read it, or of a capacity search the rate that was found
 * @param p95 TTFL as people read it
 */
record RunRow(String name, String verdict, String simulation, String target, String size, String p50, String p95) {
    static final String UNREADABLE = "unreadable";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TIME = Pattern.compile("-(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z");

    /** All that is needed of a summary; what comes after these, which is nearly all of it, is not even read. */
    private static final Set<String> NEEDED = Set.of("simulation", "target", "seconds", "journeys", "turns", "metrics");

    /** The line of a folder, whatever is in it. */
    static RunRow of(Path folder) {
        String name = Objects.toString(folder.getFileName());
        try {
            if (Files.isRegularFile(folder.resolve(CapacityPage.RESULT))) {
                return capacity(name, CapacityPage.read(folder));
            }
            if (!Files.isRegularFile(folder.resolve(SummaryFile.NAME))) {
                return unreadable(name, "no " + SummaryFile.NAME + ": it is not over, or was killed");
            }
            return run(name, folder);
        } catch (IOException | Misuse e) {
            String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            return unreadable(name, Figures.oneLine("" + why));
        }
    }

    private static RunRow run(String name, Path folder) throws IOException {
        Map<String, JsonNode> summary = summary(folder.resolve(SummaryFile.NAME));
        if (!summary.keySet().containsAll(NEEDED)) {
            return unreadable(name, SummaryFile.NAME + " is not a summary");
        }
        JsonNode verdict = JSON.readTree(Files.readAllBytes(folder.resolve(VerdictJson.NAME)));
        JsonNode ttfl = Objects.requireNonNull(summary.get("metrics")).path("ttfl");
        String size = text(summary, "journeys") + " journeys, " + text(summary, "turns") + " turns, "
                + Unit.SECONDS.text(
                        Objects.requireNonNull(summary.get("seconds")).asDouble());
        Path gate = folder.resolve(Evidence.COMPARISON);
        String beside = Files.isRegularFile(gate)
                ? JSON.readTree(Files.readAllBytes(gate)).path("decision").asText()
                : "";
        return new RunRow(
                name,
                worse(verdict.path("verdict").asText(UNREADABLE), beside),
                text(summary, "simulation"),
                text(summary, "target"),
                beside.isEmpty() ? size : size + "; beside accepted runs " + Figures.oneLine(beside),
                ms(ttfl.path("p50_ms")),
                ms(ttfl.path("p95_ms")));
    }

    /** Of a run's own verdict and its gate's, the one that a reader must not overlook. */
    private static String worse(String own, String beside) {
        for (Decision decision : Decision.values()) {
            if (own.equals(decision.label()) || beside.equals(decision.label())) {
                return decision.label();
            }
        }
        return own;
    }

    private static RunRow capacity(String name, CapacityResult result) {
        CapacityResult.Knee knee = result.knee();
        long turns =
                result.steps().stream().mapToLong(CapacityResult.Step::turns).sum();
        return new RunRow(
                name,
                result.decision().label(),
                "capacity",
                result.target(),
                result.steps().size() + " steps, " + turns + " turns"
                        + (knee == null ? "" : ": carries " + CapacityPage.rate(knee.rate())),
                "",
                "");
    }

    private static RunRow unreadable(String name, String why) {
        return new RunRow(name, UNREADABLE, "", "", why, "", "");
    }

    /** When it began, as its name says it; runs whose name does not say it come last. */
    String when() {
        return began(name);
    }

    /** When the run of that name began; empty where it does not say it. */
    static String began(String name) {
        Matcher time = TIME.matcher(name);
        return time.find()
                ? "%s-%s-%s %s:%s:%s"
                        .formatted(
                                time.group(1),
                                time.group(2),
                                time.group(3),
                                time.group(4),
                                time.group(5),
                                time.group(6))
                : "";
    }

    /** For the template. */
    Map<String, String> model() {
        Map<String, String> model = new HashMap<>();
        model.put("name", name);
        model.put("path", "runs/" + Page.path(name) + "/index.html");
        model.put("verdict", verdict);
        model.put("style", verdict.toLowerCase(Locale.ROOT).replace(' ', '-'));
        model.put("simulation", simulation);
        model.put("target", target);
        model.put("when", when());
        model.put("size", size);
        model.put("p50", p50);
        model.put("p95", p95);
        return model;
    }

    private static Map<String, JsonNode> summary(Path file) throws IOException {
        Map<String, JsonNode> found = new HashMap<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            json.nextToken();
            while (found.size() < NEEDED.size() && json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                json.nextToken();
                if (NEEDED.contains(member)) {
                    found.put(member, JSON.readTree(json));
                } else {
                    json.skipChildren();
                }
            }
        }
        return found;
    }

    private static String text(Map<String, JsonNode> summary, String member) {
        return Objects.requireNonNull(summary.get(member)).asText();
    }

    private static String ms(JsonNode value) {
        return value.isNumber() ? Unit.MS.text(value.asDouble()) : Figures.TOO_FEW;
    }
}
