package dev.firstline.report;

import dev.firstline.contract.Severity;
import dev.firstline.gate.HealthFigure;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code index.html}: the verdict as a page that needs nothing but itself. */
final class HtmlPage {
    private HtmlPage() {}

    static String of(RunSummary run, Verdict verdict, @Nullable String gatlingReport) {
        String title = verdict.decision().label() + ": " + run.simulation() + " against " + run.target();
        Page page = Page.of("run.peb", title);
        model(run, verdict, gatlingReport).forEach(page::with);
        return page.html();
    }

    private static Map<String, Object> model(RunSummary run, Verdict verdict, @Nullable String gatlingReport) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("decision", verdict.decision().label());
        model.put("style", verdict.decision().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        model.put("run", run.run());
        model.put("simulation", run.simulation());
        model.put("target", run.target());
        model.put("started", run.started());
        model.put("size", Figures.size(run));
        model.put("goodput", Figures.goodput(run));
        model.put("stalled", run.stalled().turns() + " of " + run.stalled().of() + " turns");
        model.put("sessions", Figures.sessions(run));
        model.put("contract", Figures.contract(run));
        model.put("rules", Figures.rules(run).stream().map(HtmlPage::rule).toList());
        model.put("findings", Figures.FINDINGS);
        model.put("generator", verdict.healthy() ? "well" : "ill");
        model.put("promises", verdict.promises().stream().map(HtmlPage::promise).toList());
        model.put("reasons", verdict.reasons().stream().map(HtmlPage::reason).toList());
        model.put("notes", verdict.notes());
        model.put("outcomes", Figures.outcomes(run));
        model.put("tables", tables(run));
        model.put("health", health(run, verdict));
        model.put("fingerprint", run.fingerprint());
        model.put("gatling", gatlingReport == null ? "" : gatlingReport);
        return model;
    }

    private static Map<String, String> promise(Promise promise) {
        return Map.of(
                "slo", promise.slo(),
                "seen", promise.seen(),
                "n", Long.toString(promise.n()),
                "state", promise.state().label(),
                "style", promise.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Map<String, String> reason(Reason reason) {
        return Map.of(
                "decision", reason.decision().label(),
                "style", reason.decision().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "fact", reason.fact(),
                "attempt", reason.attempt());
    }

    private static Map<String, String> rule(Figures.RuleRow rule) {
        return Map.of(
                "id", rule.id(),
                "severity", rule.severity(),
                "style", rule.severity().equals(Severity.VIOLATION.label()) ? "broken" : "void",
                "count", Long.toString(rule.count()),
                "promise", rule.promise());
    }

    private static List<Map<String, Object>> tables(RunSummary run) {
        List<Map<String, Object>> tables = new ArrayList<>();
        List<List<String>> all = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            MetricSummary seen = run.metric(metric);
            if (seen != null) {
                all.add(cells(metric.label(), seen));
            }
        }
        tables.add(Map.of("title", "Figures", "first", "metric", "rows", all));
        cut(tables, "By turn", "turn", run.byTurn());
        cut(tables, "By kind of the first content", "kind", run.byKind());
        return tables;
    }

    private static void cut(
            List<Map<String, Object>> tables,
            String title,
            String first,
            Map<String, Map<String, MetricSummary>> cuts) {
        List<List<String>> rows = new ArrayList<>();
        for (String name : Figures.sorted(cuts)) {
            cuts.getOrDefault(name, Map.of()).forEach((metric, seen) -> rows.add(cells(name + " · " + metric, seen)));
        }
        if (!rows.isEmpty()) {
            tables.add(Map.of("title", title, "first", first, "rows", rows));
        }
    }

    private static List<String> cells(String name, MetricSummary seen) {
        Figures.Row row = Figures.Row.of(name, seen);
        return List.of(
                row.name(),
                Long.toString(row.count()),
                row.p50(),
                row.p90(),
                row.p95(),
                row.p99(),
                row.max(),
                Long.toString(row.waited()));
    }

    private static List<Map<String, String>> health(RunSummary run, Verdict verdict) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (HealthFigure figure : HealthFigure.values()) {
            String doubt = verdict.doubts().stream()
                    .filter(one -> one.figure() == figure)
                    .map(one -> "must be " + one.promised())
                    .findFirst()
                    .orElse("");
            rows.add(Map.of("figure", figure.label(), "seen", figure.text(run.health()), "doubt", doubt));
        }
        rows.add(Map.of(
                "figure", "unrecorded", "seen", Long.toString(run.health().unrecorded()), "doubt", ""));
        return rows;
    }
}
