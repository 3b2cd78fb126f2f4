package dev.firstline.report;

import dev.firstline.contract.Severity;
import dev.firstline.gate.Bound.Unit;
import dev.firstline.gate.Comparison;
import dev.firstline.gate.Decision;
import dev.firstline.gate.HealthFigure;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Verdict;
import dev.firstline.report.Chart.Axis;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code index.html} of a run: its verdict, its promises, and the pictures that show why. */
final class RunPage {
    private static final Chart SLOWEST = Chart.of(
            "slowest",
            "Turns to look at, line by line",
            "From when a turn was due until its last line. What is filtered out below is not drawn.",
            Axis.of("since due", Chart.Unit.MS),
            Axis.of("", List.of()));

    private RunPage() {}

    static String of(RunSummary run, Verdict verdict, @Nullable String gatlingReport, Evidence evidence) {
        Comparison comparison = evidence.comparison();
        Decision all =
                comparison == null ? verdict.decision() : verdict.decision().orWorse(comparison.decision());
        String title = all.label() + ": " + run.simulation() + " against " + run.target();
        Page page = Page.of("run.peb", title);
        model(run, verdict, gatlingReport).forEach(page::with);
        page.with("all", all.label()).with("allStyle", Figures.style(all));
        RunCharts.of(run, evidence).forEach(page::with);
        page.with("note", evidence.note()).with("index", evidence.index());
        page.with(
                "examples",
                evidence.examples().stream().map(FoundExample::model).toList());
        page.with("injectorColumns", InjectorRow.COLUMNS)
                .with(
                        "injectors",
                        evidence.injectors().stream().map(InjectorRow::cells).toList());
        page.with("comparison", comparison == null ? Map.of() : comparison(comparison));
        TurnDigest turns = evidence.turns();
        List<SlowTurns.Timeline> slow = turns == null ? List.of() : turns.slow().timelines();
        page.with("slow", slow.size());
        if (!slow.isEmpty()) {
            page.with(SLOWEST).data("turns", slow).script("turns.js");
        }
        return page.html();
    }

    private static Map<String, Object> comparison(Comparison comparison) {
        return Map.of(
                "decision",
                comparison.decision().label(),
                "style",
                Figures.style(comparison.decision()),
                "reasons",
                comparison.reasons().stream().map(Figures::reason).toList(),
                "notes",
                comparison.notes(),
                "against",
                comparison.candidates().size() + " judged against "
                        + comparison.accepted().size() + " accepted, rule: "
                        + comparison.rule().label(),
                "rows",
                comparison.rows().stream().map(RunPage::row).toList());
    }

    private static List<String> row(Comparison.Row row) {
        return List.of(
                row.figure(),
                Unit.MS.text(row.acceptedMs()),
                Unit.MS.text(row.candidateMs()),
                change(row.ratio()),
                row.limitRatio() == null ? "unknown" : change(row.limitRatio()),
                row.detectable() == null ? "unknown" : change(1 + row.detectable()),
                row.state().label());
    }

    private static String change(double ratio) {
        return (ratio < 1 ? "−" : "+") + Unit.SHARE.text(Math.abs(ratio - 1));
    }

    private static Map<String, Object> model(RunSummary run, Verdict verdict, @Nullable String gatlingReport) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("decision", verdict.decision().label());
        model.put("style", Figures.style(verdict.decision()));
        model.put("run", run.run());
        model.put("simulation", run.simulation());
        model.put("target", run.target());
        model.put("started", run.started());
        model.put("size", Figures.size(run));
        model.put("goodput", Figures.goodput(run));
        model.put("stalled", run.stalled().turns() + " of " + run.stalled().of() + " turns");
        model.put("sessions", Figures.sessions(run));
        model.put("contract", Figures.contract(run));
        model.put("rules", Figures.rules(run).stream().map(RunPage::rule).toList());
        model.put("findings", Figures.FINDINGS);
        model.put("generator", verdict.healthy() ? "well" : "ill");
        model.put("promises", verdict.promises().stream().map(RunPage::promise).toList());
        model.put("reasons", verdict.reasons().stream().map(Figures::reason).toList());
        model.put("notes", verdict.notes());
        model.put("outcomes", Figures.outcomes(run));
        model.put("tables", tables(run));
        model.put("health", health(run, verdict));
        model.put("fingerprint", new TreeMap<>(run.fingerprint()));
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
