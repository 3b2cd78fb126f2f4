package dev.firstline.report;

import dev.firstline.contract.Rule;
import dev.firstline.contract.Severity;
import dev.firstline.gate.Bound.Unit;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of a run as people read them. */
final class Figures {
    /** What stands in place of a percentile below its sample floor. */
    static final String TOO_FEW = "too few";

    /** Where a run keeps what its contract found, in its folder. */
    static final String FINDINGS = "findings/index.txt";

    private Figures() {}

    /** One line of figures; durations in milliseconds, or {@value #TOO_FEW}. */
    record Row(String name, long count, String p50, String p90, String p95, String p99, String max, long waited) {
        static Row of(String name, MetricSummary seen) {
            return new Row(
                    name,
                    seen.count(),
                    ms(seen.p50Ms()),
                    ms(seen.p90Ms()),
                    ms(seen.p95Ms()),
                    ms(seen.p99Ms()),
                    ms(seen.maxMs()),
                    seen.waited());
        }

        private static String ms(@Nullable Double value) {
            return value == null ? TOO_FEW : Unit.MS.text(value);
        }
    }

    /** What happened in one line: {@code 120 journeys, 600 turns, 124 s}. */
    static String size(RunSummary run) {
        return run.journeys() + " journeys, " + run.turns() + " turns, " + Unit.SECONDS.text(run.seconds());
    }

    /** How turns and other calls ended, by call; the most frequent outcome first. */
    static Map<String, Map<String, Long>> outcomes(RunSummary run) {
        Map<String, Map<String, Long>> byCall = new LinkedHashMap<>();
        byCall.put("turns", mostFirst(run.outcomes()));
        run.calls().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(call -> byCall.put(call.getKey(), mostFirst(call.getValue())));
        return byCall;
    }

    /** {@code 598 ok, 2 stalled_out}: the most frequent first. */
    static String told(Map<String, Long> outcomes) {
        return outcomes.isEmpty()
                ? "none"
                : mostFirst(outcomes).entrySet().stream()
                        .map(outcome -> outcome.getValue() + " " + outcome.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** What the contract had to say in one line. */
    static String contract(RunSummary run) {
        RunSummary.Contract contract = run.contract();
        return contract == null
                ? "not checked"
                : contract.violations() + " violations, " + contract.drifts() + " drifts in " + contract.checked()
                        + " of " + contract.lines() + " lines";
    }

    /** A rule of the contract that was not always kept. */
    record RuleRow(String id, String severity, long count, String promise) {
        String told() {
            return id + " " + count;
        }
    }

    /** The rules that were not always kept: what was broken first, then the most frequent. */
    static List<RuleRow> rules(RunSummary run) {
        RunSummary.Contract contract = run.contract();
        if (contract == null) {
            return List.of();
        }
        return contract.rules().entrySet().stream()
                .map(rule -> new RuleRow(
                        rule.getKey(),
                        (contract.broken().contains(rule.getKey()) ? Severity.VIOLATION : Severity.DRIFT).label(),
                        rule.getValue(),
                        Rule.of(rule.getKey()).map(Rule::promise).orElse("")))
                .sorted(Comparator.comparing(RuleRow::severity)
                        .reversed()
                        .thenComparing(Comparator.comparingLong(RuleRow::count).reversed())
                        .thenComparing(RuleRow::id))
                .toList();
    }

    /** What was opened and closed in one line. */
    static String sessions(RunSummary run) {
        RunSummary.Sessions sessions = run.sessions();
        return sessions.opened() + " opened, " + sessions.closed() + " closed, " + sessions.leaked() + " leaked";
    }

    /** Goodput in one line. */
    static String goodput(RunSummary run) {
        RunSummary.Goodput goodput = run.goodput();
        return Unit.SHARE.text(run.goodputShare()) + " (" + goodput.good() + " of " + goodput.attempts() + "), "
                + Unit.COUNT.text(goodput.perS()) + "/s";
    }

    /** A reason for a template. */
    static Map<String, String> reason(Reason reason) {
        return Map.of(
                "decision", reason.decision().label(),
                "style", style(reason.decision()),
                "fact", reason.fact(),
                "attempt", reason.attempt());
    }

    /** What a style sheet calls it: {@code no-verdict}. */
    static String style(Decision decision) {
        return decision.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Text that cannot leave its line, nor command a terminal. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }

    static List<String> sorted(Map<String, ?> map) {
        return map.keySet().stream()
                .sorted(Comparator.comparingInt(Figures::number).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    }

    private static Map<String, Long> mostFirst(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }
}
