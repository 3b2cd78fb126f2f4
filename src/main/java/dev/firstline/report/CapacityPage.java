package dev.firstline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.gate.Bound.Unit;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.CapacityResult.Knee;
import dev.firstline.gate.CapacityResult.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code index.html} of a capacity search: the answer in words, then the steps that led to it. */
final class CapacityPage {
    /** What a search leaves in its folder. */
    static final String RESULT = "capacity.json";

    private static final ObjectReader RESULTS =
            new JsonMapper().readerFor(CapacityResult.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private CapacityPage() {}

    /**
     * Reads a search's result from its folder.
     *
     * @throws Misuse if it is not one of a version that this harness knows
     */
    static CapacityResult read(Path folder) throws IOException {
        Path file = folder.resolve(RESULT);
        try {
            CapacityResult result = RESULTS.readValue(Files.readAllBytes(file));
            if (result.version() == CapacityResult.VERSION) {
                return result;
            }
            throw new Misuse(
                    "a capacity search of version " + CapacityResult.VERSION,
                    "version " + result.version(),
                    file.toString(),
                    "the harness that wrote it");
        } catch (JsonProcessingException e) {
            throw new Misuse("a capacity search", e.getOriginalMessage(), file.toString(), "another folder");
        }
    }

    /**
     * The page.
     *
     * @param folder where the search is, for links to its steps' own pages
     */
    static String of(CapacityResult result, Path folder) {
        String title = result.decision().label() + ": capacity of " + result.target();
        Page page = Page.of("capacity.peb", title)
                .with("decision", result.decision().label())
                .with("style", Figures.style(result.decision()))
                .with("target", result.target())
                .with("slo", result.slo())
                .with("run", result.run())
                .with("reasons", result.reasons().stream().map(Figures::reason).toList())
                .with("notes", result.notes())
                .with("answer", answer(result))
                .with("facts", facts(result.knee()))
                .with("usl", usl(result.knee()))
                .with(
                        "steps",
                        result.steps().stream().map(step -> step(step, folder)).toList())
                .with("index", RunsPage.from(folder));
        CapacityCharts.of(result).forEach(page::with);
        return page.html();
    }

    /** {@code 12.4 journeys/s}. */
    static String rate(double journeysPerS) {
        return Unit.COUNT.text(journeysPerS) + " journeys/s";
    }

    private static String answer(CapacityResult result) {
        Knee knee = result.knee();
        if (knee == null) {
            return "No capacity can be told.";
        }
        String limit = knee.binding() == null
                ? "; the search met no limit"
                : "; beyond it " + knee.binding() + " is broken first, and what lies there is a "
                        + (knee.cliff() ? "cliff" : "slope");
        return "%s carries %s%s (95 %% interval %s)%s."
                .formatted(
                        result.target(),
                        knee.open() ? "at least " : "",
                        rate(knee.rate()),
                        knee.open()
                                ? "from " + Unit.COUNT.text(knee.low()) + " up"
                                : Unit.COUNT.text(knee.low()) + " to " + Unit.COUNT.text(knee.high()),
                        limit);
    }

    private static Map<String, String> facts(@Nullable Knee knee) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (knee != null) {
            facts.put("held for", Unit.SECONDS.text(knee.heldSeconds()));
            facts.put("turns", Unit.COUNT.text(knee.turnsPerS()) + "/s");
            facts.put("open sessions", Unit.COUNT.text(knee.concurrency()) + ", by Little's law");
            facts.put("highest that passed", rate(knee.lastPass()));
            facts.put("lowest that failed", knee.firstFail() == null ? "none did" : rate(knee.firstFail()));
            if (knee.today() != null && knee.headroom() != null) {
                facts.put(
                        "headroom",
                        "%s times today's %s".formatted(Unit.COUNT.text(knee.headroom()), rate(knee.today())));
            }
        }
        return facts;
    }

    private static String usl(@Nullable Knee knee) {
        if (knee == null || knee.usl() == null) {
            return "";
        }
        CapacityResult.Usl usl = knee.usl();
        return "As explanation only: the Universal Scalability Law with contention α = %.3g and coherency β = %.3g"
                        .formatted(usl.alpha(), usl.beta())
                + (usl.peak() == null
                        ? " has no peak."
                        : " would peak at " + Unit.COUNT.text(usl.peak()) + " open sessions.");
    }

    private static Map<String, String> step(Step step, Path folder) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("number", Integer.toString(step.number()));
        row.put("phase", step.phase().label());
        row.put("rate", Unit.COUNT.text(step.rate()));
        row.put("state", step.state().label());
        row.put("style", step.state().label());
        row.put("why", step.why());
        row.put("turns", Long.toString(step.turns()));
        row.put("p50", ms(step.p50Ms()));
        row.put("p95", ms(step.p95Ms()));
        row.put("open", Unit.COUNT.text(step.openSessions()));
        row.put("seconds", Unit.SECONDS.text(step.seconds()) + (step.decided() ? "" : ", undecided"));
        row.put("run", step.run());
        row.put("path", path(step, folder));
        return row;
    }

    /** A step's own page is in the search's folder, or among all runs. */
    private static String path(Step step, Path folder) {
        if (step.run().matches("[A-Za-z0-9_-]+")) {
            for (String place : List.of(step.run(), "steps/" + step.run(), "../" + step.run())) {
                if (Files.isRegularFile(folder.resolve(place).resolve("index.html"))) {
                    return place + "/index.html";
                }
            }
        }
        return "";
    }

    private static String ms(@Nullable Double value) {
        return value == null ? Figures.TOO_FEW : Unit.MS.text(value);
    }
}
