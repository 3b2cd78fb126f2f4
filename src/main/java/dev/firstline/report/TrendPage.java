package dev.firstline.report;

import dev.firstline.gate.Trend;
import dev.firstline.gate.Trend.Line;
import dev.firstline.gate.Trend.Point;
import dev.firstline.report.Chart.Axis;
import dev.firstline.report.Chart.Look;
import dev.firstline.report.Chart.Mark;
import dev.firstline.report.Chart.Series;
import dev.firstline.report.Chart.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code trend.html}: how the figures of accepted runs went on, with their change points; and the same in lines. */
public final class TrendPage {
    private static final int RUNS_MIN = 2;

    private TrendPage() {}

    /** Writes the page, whole or not at all. */
    public static void write(Path file, List<Trend> trends) throws IOException {
        ReportFiles.write(file, html(trends));
    }

    static String html(List<Trend> trends) {
        Page page = Page.of("trend.peb", "Trend of accepted runs");
        List<Map<String, Object>> sections = new ArrayList<>();
        for (int i = 0; i < trends.size(); i++) {
            Trend trend = trends.get(i);
            List<String> charts = new ArrayList<>();
            for (Line line : trend.figures()) {
                Chart chart = chart("trend-" + i + "-" + line.figure().replace(' ', '-'), trend, line);
                if (!chart.isEmpty()) {
                    page.with(chart);
                    charts.add(chart.id());
                }
            }
            sections.add(section(trend, charts));
        }
        return page.with("trends", sections).html();
    }

    private static Map<String, Object> section(Trend trend, List<String> charts) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("title", title(trend));
        section.put("fingerprint", trend.fingerprint());
        section.put("points", trend.told());
        section.put("notes", trend.notes());
        section.put("charts", charts);
        return section;
    }

    private static Chart chart(String id, Trend trend, Line line) {
        List<List<@Nullable Number>> points = new ArrayList<>();
        for (int run = 0; run < trend.runs().size(); run++) {
            Double ms = line.eachMs().get(run);
            points.add(Chart.point((Integer) run, ms));
        }
        Chart chart = Chart.of(
                        id,
                        line.figure() + ", " + trend.simulation() + " against " + trend.target(),
                        "Each accepted run in the order in which they ran; a dashed line is a change that lasted.",
                        Axis.of("accepted run", trend.runs()),
                        Axis.of(line.figure(), Unit.MS))
                .with(new Series(line.figure(), Look.LINE, "c1", points))
                .with(new Series("each run", Look.DOTS, "c1", points));
        for (Point point : line.points()) {
            chart = chart.with(Mark.line(
                    "x",
                    trend.runs().indexOf(point.run()),
                    String.format(Locale.ROOT, "%+.1f %%", (point.ratio() - 1) * 100),
                    point.ratio() > 1 ? "ill" : "well"));
        }
        return chart;
    }

    private static String title(Trend trend) {
        int runs = trend.runs().size();
        return trend.simulation() + " against " + trend.target() + ": " + runs + (runs == 1 ? " run" : " runs");
    }

    /** The trends for a console: plain ASCII. */
    public static String told(List<Trend> trends, String page) {
        List<String> lines = new ArrayList<>();
        for (Trend trend : trends) {
            lines.add(title(trend)
                    + (trend.runs().size() < RUNS_MIN
                            ? ""
                            : ", " + trend.started().get(0) + " to "
                                    + trend.started().get(trend.started().size() - 1)));
            lines.add(trend.told().isEmpty() ? "  no change point" : "  change points:");
            trend.told().forEach(point -> lines.add("    " + point));
            trend.notes().forEach(note -> lines.add("  " + note));
            lines.add("");
        }
        lines.add("chart: " + page);
        return ConsoleTable.ascii(lines);
    }
}
