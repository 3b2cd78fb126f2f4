package dev.firstline.report;

import dev.firstline.gate.Certificate;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Promise.State;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The verdict for five seconds: plain ASCII, at most {@value #LINES_MAX} lines. */
public final class ConsoleTable {
    static final int LINES_MAX = 25;

    private static final int PROMISES_TOLD = 9;
    private static final int REASONS_TOLD = 2;
    private static final int RULES_TOLD = 3;

    private ConsoleTable() {}

    /**
     * The table.
     *
     * @param report where the report is, as a person would open it
     */
    public static String of(RunSummary run, Verdict verdict, String report) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.decision().label() + "  " + run.simulation() + " against " + run.target() + ": "
                + Figures.size(run));
        lines.add("");
        List<String> certificate =
                verdict.notes().stream().filter(Certificate::isQuote).limit(1).toList();
        promises(verdict, PROMISES_TOLD - certificate.size(), lines);
        lines.add("");
        lines.add("  turns      " + Figures.told(run.outcomes()) + "; goodput " + Figures.goodput(run));
        lines.add("  other      " + other(run) + "; sessions " + Figures.sessions(run));
        lines.add("  ttfl       " + percentiles(run, Metric.TTFL) + "  = lag + service");
        lines.add("    lag      " + percentiles(run, Metric.LAG));
        lines.add("    service  " + percentiles(run, Metric.TTFL_SERVICE));
        lines.add("  contract: " + Figures.contract(run) + rules(run) + "; generator: "
                + (verdict.healthy() ? "well" : "ill"));
        certificate.forEach(note -> lines.add("  " + note));
        reasons(verdict, lines);
        lines.add("  report     " + report);
        return ascii(lines);
    }

    /** Those that are not kept come first, so that what is left out for want of room was kept. */
    private static void promises(Verdict verdict, int most, List<String> lines) {
        List<Promise> told = verdict.promises().stream()
                .sorted(Comparator.comparing(promise -> promise.state() == State.KEPT))
                .limit(most)
                .toList();
        int width = told.stream()
                .mapToInt(promise -> wide(promise.slo()).length())
                .max()
                .orElse(0);
        for (Promise promise : told) {
            String name = wide(promise.slo());
            lines.add("  " + padded(promise.state().label(), 8) + " " + padded(name, width) + "   " + promise.seen()
                    + ", n = " + promise.n());
        }
        if (told.size() < verdict.promises().size()) {
            lines.add("  and " + (verdict.promises().size() - told.size()) + " more: see verdict.md");
        }
    }

    /** What befell the run itself comes first: it explains the others. */
    private static void reasons(Verdict verdict, List<String> lines) {
        List<Reason> told = verdict.reasons().stream()
                .sorted(Comparator.comparing(reason -> !reason.about().equals(Reason.RUN)))
                .limit(REASONS_TOLD)
                .toList();
        for (Reason reason : told) {
            lines.add("  " + reason.decision().label() + ": " + reason.fact());
            lines.add("    try: " + reason.attempt());
        }
        if (told.size() < verdict.reasons().size()) {
            lines.add("  and " + (verdict.reasons().size() - told.size()) + " more: see verdict.md");
        }
    }

    private static String other(RunSummary run) {
        List<String> calls = new ArrayList<>();
        for (Map.Entry<String, Map<String, Long>> call : Figures.outcomes(run).entrySet()) {
            if (!call.getKey().equals("turns")) {
                calls.add(call.getKey() + " " + Figures.told(call.getValue()));
            }
        }
        return calls.isEmpty() ? "no other calls" : String.join("; ", calls);
    }

    private static String rules(RunSummary run) {
        List<Figures.RuleRow> rows = Figures.rules(run);
        String rules =
                rows.stream().limit(RULES_TOLD).map(Figures.RuleRow::told).collect(Collectors.joining(", "));
        String others = rows.size() > RULES_TOLD ? ", " + (rows.size() - RULES_TOLD) + " other rules" : "";
        return rules.isEmpty() ? "" : " (" + rules + others + ")";
    }

    static String percentiles(RunSummary run, Metric metric) {
        MetricSummary seen = run.metric(metric);
        if (seen == null) {
            return "none";
        }
        Figures.Row row = Figures.Row.of(metric.label(), seen);
        return "p50 " + row.p50() + "  p95 " + row.p95() + "  p99 " + row.p99() + "  max " + row.max();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String wide(String text) {
        return text.replace("≤", "<=").replace("≥", ">=");
    }

    /** Whatever the console's encoding, and whatever a server or a file named something. */
    static String ascii(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(wide(Figures.oneLine(line)).replaceAll("[^\\x20-\\x7E]", "?"))
                    .append('\n');
        }
        return text.toString();
    }
}
