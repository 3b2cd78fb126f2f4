package dev.firstline.report;

import dev.firstline.gate.Doubt;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code verdict.md}: the verdict as a comment on a pull request. */
final class Markdown {
    private final StringBuilder text = new StringBuilder();

    private Markdown() {}

    static String of(RunSummary run, Verdict verdict, @Nullable String gatlingReport) {
        return of(run, verdict, gatlingReport, List.of());
    }

    static String of(RunSummary run, Verdict verdict, @Nullable String gatlingReport, List<InjectorRow> injectors) {
        Markdown page = new Markdown();
        page.head(run, verdict);
        page.reasons(verdict);
        page.promises(verdict);
        page.figures(run);
        page.rules(run);
        page.injectors(injectors);
        page.foot(run, verdict, gatlingReport);
        return page.text.toString();
    }

    private void head(RunSummary run, Verdict verdict) {
        line("## " + verdict.decision().label() + ": " + plain(run.simulation()) + " against " + plain(run.target()));
        line("");
        line(Figures.size(run) + ", goodput " + Figures.goodput(run) + ". Run " + plain(run.run()) + ".");
        line("");
    }

    private void reasons(Verdict verdict) {
        for (Reason reason : verdict.reasons()) {
            line("- **" + reason.decision().label() + "** " + plain(reason.fact()) + ". *Try:* "
                    + plain(reason.attempt()) + ".");
        }
        if (!verdict.reasons().isEmpty()) {
            line("");
        }
    }

    private void promises(Verdict verdict) {
        line("| promise | seen | n | |");
        line("|---|---|--:|---|");
        for (Promise promise : verdict.promises()) {
            String state = promise.state().label();
            row(List.of(
                    plain(promise.slo()),
                    plain(promise.seen()),
                    Long.toString(promise.n()),
                    promise.state() == Promise.State.KEPT ? state : "**" + state + "**"));
        }
        line("");
    }

    private void figures(RunSummary run) {
        line("| | outcomes |");
        line("|---|---|");
        Figures.outcomes(run).forEach((call, outcomes) -> row(List.of(plain(call), plain(Figures.told(outcomes)))));
        line("");
        line("| ttfl = lag + ttfl_service | n | p50 | p95 | p99 | max |");
        line("|---|--:|--:|--:|--:|--:|");
        for (Metric metric : List.of(Metric.TTFL, Metric.LAG, Metric.TTFL_SERVICE)) {
            MetricSummary seen = run.metric(metric);
            if (seen != null) {
                Figures.Row row = Figures.Row.of(metric.label(), seen);
                row(List.of(row.name(), Long.toString(row.count()), row.p50(), row.p95(), row.p99(), row.max()));
            }
        }
        line("");
    }

    private void rules(RunSummary run) {
        List<Figures.RuleRow> rules = Figures.rules(run);
        if (rules.isEmpty()) {
            return;
        }
        line("| rule | | times | promise |");
        line("|---|---|--:|---|");
        for (Figures.RuleRow rule : rules) {
            row(List.of(plain(rule.id()), rule.severity(), Long.toString(rule.count()), plain(rule.promise())));
        }
        line("");
    }

    private void injectors(List<InjectorRow> injectors) {
        if (injectors.isEmpty()) {
            return;
        }
        line("| " + String.join(" | ", InjectorRow.COLUMNS) + " |");
        line("|--:|---|--:|--:|--:|--:|--:|--:|--:|---|");
        injectors.forEach(
                injector -> row(injector.cells().stream().map(Markdown::plain).toList()));
        line("");
    }

    private void foot(RunSummary run, Verdict verdict, @Nullable String gatlingReport) {
        line("sessions: " + Figures.sessions(run) + "  ");
        String findings = Figures.rules(run).isEmpty() ? "" : ", see [findings](" + Figures.FINDINGS + ")";
        line("contract: " + Figures.contract(run) + findings + "  ");
        line("generator: " + (verdict.healthy() ? "well" : "ill") + "  ");
        for (Doubt doubt : verdict.doubts()) {
            line("- " + doubt.fact());
        }
        if (run.contract() != null) {
            verdict.notes().forEach(note -> line("- " + plain(note)));
        }
        line("");
        String gatling = gatlingReport == null ? "" : " · [Gatling's report](<" + link(gatlingReport) + ">)";
        line("[Report](index.html)" + gatling);
    }

    private void row(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Text that is neither markup, nor HTML, nor a mention of somebody. */
    static String plain(String text) {
        return Figures.oneLine(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("|", "&#124;")
                .replace("`", "&#96;")
                .replace("*", "&#42;")
                .replace("[", "&#91;")
                .replace("@", "&#64;");
    }

    private static String link(String path) {
        return Figures.oneLine(path).replace("<", "%3C").replace(">", "%3E");
    }
}
