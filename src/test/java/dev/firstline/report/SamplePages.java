package dev.firstline.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.Comparison;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One of each page, for the browser to open: {@code reports/} with runs, a compared one, a search and a broken one. */
final class SamplePages {
    static final String FAULTY = "load-20261121T100000Z";
    static final String COMPARED = "load-20261121T110000Z";
    static final String CAPACITY = "capacity-20261121T120000Z";
    static final String KILLED = "soak-20261121T130000Z";

    private static final JsonMapper JSON = new JsonMapper();

    private SamplePages() {}

    /** Writes them all. */
    static void write(Path reports) throws IOException {
        Path runs = reports.resolve("runs");
        Files.createDirectories(runs.resolve(KILLED));
        Path faulty = runs.resolve(FAULTY);
        findings(faulty);
        SampleRun.write(faulty, 1, 300, 20, 0.02);
        Path compared = runs.resolve(COMPARED);
        SampleRun.write(compared, 2, 120, 10, 0);
        JSON.writeValue(compared.resolve("gate.json").toFile(), comparison());
        ReportFiles.rebuild(compared);
        Path capacity = Files.createDirectories(runs.resolve(CAPACITY));
        JSON.writeValue(capacity.resolve("capacity.json").toFile(), capacity());
        ReportFiles.rebuild(capacity);
    }

    /** As the contract's check leaves them, with a line that would like to end the page. */
    private static void findings(Path run) throws IOException {
        Path place = Files.createDirectories(run.resolve("findings/foreign-session"));
        Files.writeString(place.resolve("1.json"), """
                {"rule": "foreign-session", "severity": "violation", "promise": "every line belongs to the session",
                 "endpoint": "invoke", "journey": "sofia", "number": 12, "turn": 3, "status": 200, "ended": "whole",
                 "all_lines": true, "found": 7, "findings": [
                  {"line": 3, "pointer": "/result/response/sessionId", "promised": "5e55", "seen": "</script><b>f00",
                   "source": "A20"},
                  {"line": 0, "pointer": "", "promised": "an end", "seen": "none", "source": "A20"}]}
                """);
        String line = "{\"result\":{\"response\":{\"sessionId\":\"%s\",\"responseEvents\":[]}}}\n";
        String hostile = "</script><script>alert(1)</script><!-- \u2028";
        Files.writeString(
                place.resolve("1.ndjson"), line.formatted("5e55") + line.formatted("5e55") + line.formatted(hostile));
    }

    /** Twenty accepted runs, three that are 14 % slower to their first line. */
    static Comparison comparison() {
        return new Comparison(
                Comparison.VERSION,
                Decision.FAIL,
                "load",
                "stub",
                Comparison.Rule.PREDICTION,
                List.of("load-20261121T104000Z", "load-20261121T105000Z", COMPARED),
                names(20),
                List.of(
                        row("ttfl p50", 480, 1.14, Comparison.State.SLOWER),
                        row("ttfl p95", 690, 1.12, Comparison.State.SLOWER),
                        row("e2e p50", 1_700, 1.03, Comparison.State.SAME),
                        row("e2e p95", 2_050, 1.02, Comparison.State.SAME)),
                List.of(new Reason(
                        Decision.FAIL,
                        "ttfl p50",
                        "ttfl p50: 547 ms, 14 % slower than the 480 ms of 20 accepted runs",
                        "what changed in the first line's way")),
                List.of("would have seen +6 % with 80 %"));
    }

    private static Comparison.Row row(String figure, double accepted, double ratio, Comparison.State state) {
        Random random = new Random(figure.hashCode());
        List<Double> before = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            before.add(accepted * Math.exp(0.02 * random.nextGaussian()));
        }
        List<Double> now = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            now.add(accepted * ratio * Math.exp(0.02 * random.nextGaussian()));
        }
        return new Comparison.Row(figure, accepted, accepted * ratio, ratio, 1.06, 0.001, 0.06, state, before, now);
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("load-20261120T1%02d000Z".formatted(i));
        }
        return names;
    }

    /** Doubling, then halving the gap, then a hold. */
    static CapacityResult capacity() {
        double[] rates = {5, 7.5, 11.25, 16.9, 13.8, 12.5, 13.1, 12.5};
        List<CapacityResult.Step> steps = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            steps.add(step(i + 1, rates[i], i));
        }
        return new CapacityResult(
                CapacityResult.VERSION,
                Decision.PASS,
                CAPACITY,
                "staging",
                "load",
                steps,
                new CapacityResult.Knee(
                        12.5,
                        12.1,
                        13.0,
                        12.5,
                        13.1,
                        "ttfl ≤ 1200 ms",
                        true,
                        300,
                        50,
                        41,
                        8.0,
                        1.56,
                        new CapacityResult.Usl(1.4, 0.01, 0.00004, 158.0)),
                List.of(),
                List.of("47 sessions were opened by the last step and 47 closed"),
                8.0);
    }

    private static CapacityResult.Step step(int number, double rate, int i) {
        boolean hold = number == 8;
        double load = rate / 13;
        double bad = Math.min(1, 0.001 * Math.exp(12 * Math.max(0, load - 0.8)));
        boolean failed = rate > 13;
        return new CapacityResult.Step(
                number,
                hold ? CapacityResult.Phase.HOLD : i < 4 ? CapacityResult.Phase.BRACKET : CapacityResult.Phase.REFINE,
                rate,
                rate * 4,
                hold ? 300 : 90,
                Math.round(rate * 4 * (hold ? 300 : 90)),
                i == 4 ? CapacityResult.State.VOID : failed ? CapacityResult.State.FAILED : CapacityResult.State.PASSED,
                true,
                i == 4
                        ? "the generator was ill: lag_p99_ms"
                        : "ttfl ≤ 1200 ms kept by %.1f %% of 99 %%".formatted(100 - 100 * bad),
                List.of(
                        new CapacityResult.Constraint("ttfl ≤ 1200 ms", bad, 0.01),
                        new CapacityResult.Constraint("stalled", bad / 8, 0.005),
                        new CapacityResult.Constraint("ko", 0, 0.001)),
                420 + 60 / Math.max(0.05, 1.3 - load),
                700 + 140 / Math.max(0.05, 1.25 - load),
                rate * 3.2 / Math.max(0.2, 1.3 - load),
                "load-step-" + number);
    }
}
