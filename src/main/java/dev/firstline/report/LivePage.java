package dev.firstline.report;

import dev.firstline.gate.Verdict;
import dev.firstline.report.Chart.Axis;
import dev.firstline.report.Chart.Look;
import dev.firstline.report.Chart.Series;
import dev.firstline.report.Chart.Unit;
import dev.firstline.stats.LiveFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run while it is under way, as a page and as what the page asks its server for every second. {@code live.js} puts
 * the one into the other: the places of the columns are in the page's data.
 */
public final class LivePage {
    private LivePage() {}

    /** A line of a chart, and the column of a point that it shows. */
    private record Column(String name, String colour, boolean perS, Function<LiveFigures, @Nullable Number> value) {
        private static final Column OFFERED = new Column("offered", "c1", false, LiveFigures::offeredPerS);
        private static final Column ACHIEVED = new Column("achieved", "c2", false, LiveFigures::achievedPerS);
        private static final Column OPEN = new Column("open sessions", "c3", false, LiveFigures::openSessions);
        private static final Column P50 = new Column("p50", "c1", false, LiveFigures::ttflP50Ms);
        private static final Column P95 = new Column("p95", "c2", false, LiveFigures::ttflP95Ms);
        private static final Column OK_PER_S = new Column("ok", "well", true, LiveFigures::ok);
        private static final Column KO_PER_S = new Column("ko", "ill", true, LiveFigures::ko);
        private static final Column KO = new Column("ko", "ill", false, LiveFigures::ko);
        private static final Column VIOLATIONS = new Column("violations", "c5", false, LiveFigures::violations);
        private static final List<Column> ALL =
                List.of(OFFERED, ACHIEVED, OPEN, P50, P95, OK_PER_S, KO_PER_S, KO, VIOLATIONS);

        /** Where {@code live.js} finds it: its place in a point, and whether the line shows how fast it grows. */
        private Map<String, Object> place() {
            return Map.of("at", ALL.indexOf(this) + 1, "perS", perS);
        }
    }

    /** The page: its charts are empty until it has asked for the first time. */
    public static String html(String run, String simulation, String target) {
        Map<String, List<Map<String, Object>>> columns = new LinkedHashMap<>();
        Page page = Page.of("live.peb", simulation + " against " + target + ", live")
                .with("run", run)
                .with("simulation", simulation)
                .with("target", target)
                .asksItsServer()
                .script("live.js");
        chart(
                page,
                columns,
                Chart.of(
                        "ttfl",
                        "Time to first line",
                        "From when a turn was due until its first line, over the last ten seconds.",
                        Axis.time(),
                        Axis.of("", Unit.MS)),
                Column.P50,
                Column.P95);
        chart(
                page,
                columns,
                Chart.of(
                        "rate",
                        "Journeys",
                        "Journeys that were due, and that were begun, a second, over the last ten seconds.",
                        Axis.time(),
                        Axis.of("", Unit.PER_S)),
                Column.OFFERED,
                Column.ACHIEVED);
        chart(
                page,
                columns,
                Chart.of("open", "Open sessions", "Opened and not closed.", Axis.time(), Axis.of("", Unit.COUNT)),
                Column.OPEN);
        chart(
                page,
                columns,
                Chart.of(
                        "turns",
                        "Calls that ended",
                        "Turns that ended well, and whatever failed, a second.",
                        Axis.time(),
                        Axis.of("", Unit.PER_S)),
                Column.OK_PER_S,
                Column.KO_PER_S);
        chart(
                page,
                columns,
                Chart.of(
                        "failures",
                        "Failures and violations",
                        "Failed calls, and lines that broke the contract, since the start.",
                        Axis.time(),
                        Axis.of("", Unit.COUNT)),
                Column.KO,
                Column.VIOLATIONS);
        return page.data("columns", columns).html();
    }

    private static void chart(Page page, Map<String, List<Map<String, Object>>> columns, Chart empty, Column... shown) {
        Chart chart = empty;
        for (Column column : shown) {
            chart = chart.with(new Series(column.name, Look.LINE, column.colour, List.of()));
        }
        page.with(chart);
        columns.put(chart.id(), Arrays.stream(shown).map(Column::place).toList());
    }

    /** What came of the run. */
    public record Over(Verdict verdict, String report) {}

    /**
     * What the page asks for, as JSON.
     *
     * @param now how the run stands, or null before the first look
     * @param points what the page does not have yet, oldest first
     * @param over what came of the run, or null as long as it is under way
     */
    public static String json(@Nullable LiveFigures now, List<LiveFigures> points, @Nullable Over over) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("now", now);
        answer.put("line", now == null ? "" : LiveLine.of(now));
        answer.put("points", points.stream().map(LivePage::point).toList());
        answer.put("over", over != null);
        answer.put("verdict", over == null ? null : over.verdict().decision().label());
        answer.put(
                "style",
                over == null
                        ? null
                        : over.verdict()
                                .decision()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'));
        answer.put("report", over == null ? null : over.report());
        return Page.json(answer);
    }

    /** The time and every column. */
    private static List<@Nullable Number> point(LiveFigures figures) {
        List<@Nullable Number> point = new ArrayList<>();
        point.add(figures.elapsedS());
        Column.ALL.forEach(column -> point.add(column.value.apply(figures)));
        return point;
    }
}
