package dev.firstline.report;

import dev.firstline.gate.Comparison;
import dev.firstline.report.Chart.Axis;
import dev.firstline.report.Chart.Look;
import dev.firstline.report.Chart.Mark;
import dev.firstline.report.Chart.Series;
import dev.firstline.report.Chart.Unit;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.SampleFloor;
import dev.firstline.stats.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The charts of one run. */
final class RunCharts {
    private static final double[] TOLD = {50, 75, 90, 95, 99, 99.9};
    private static final List<String> COLOURS = List.of("c2", "c3", "c5", "open", "c6", "c4");

    private static final List<Told> TOLD_EACH = List.of(
            new Told("p50", "c1", MetricSummary::p50Ms),
            new Told("p95", "c2", MetricSummary::p95Ms),
            new Told("p99", "c3", MetricSummary::p99Ms),
            new Told("max", "c6", MetricSummary::maxMs));

    private record Told(String name, String colour, Function<MetricSummary, @Nullable Double> of) {}

    private RunCharts() {}

    /** Those that have something to show, in no order: the template places them. */
    static List<Chart> of(RunSummary run, Evidence evidence) {
        List<Chart> charts = new ArrayList<>();
        if (evidence.comparison() != null) {
            charts.add(baseline(evidence.comparison(), run.run()));
        }
        charts.add(ttflOverTime(run));
        charts.add(throughput(run));
        charts.add(sessions(run));
        charts.add(cut("by-turn", "TTFL by turn", "turn of the journey", run.byTurn()));
        charts.add(cut("by-kind", "TTFL by kind of the first content", "kind", run.byKind()));
        if (evidence.turns() != null) {
            charts.add(curve(evidence.turns().curve()));
            charts.add(gaps(evidence.turns()));
            charts.add(outcomes(evidence.turns()));
            charts.add(lag(evidence.turns()));
        }
        return charts.stream().filter(chart -> !chart.isEmpty()).toList();
    }

    private static Chart curve(TtflCurve curve) {
        List<TtflCurve.Point> points = curve.points();
        String about = "How long the first line took at each percentile, and how much of it the generator was late "
                + "(lag) and the service took. To the right each step is ten times rarer.";
        Chart chart = Chart.of(
                        "ttfl", "Time to first line", about, Axis.log("percentile", Unit.TAIL), Axis.of("", Unit.MS))
                .with(new Series("lag and service", Look.AREA, "c1", series(points, TtflCurve.Point::ttflMs)))
                .with(new Series("lag", Look.AREA, "c2", series(points, TtflCurve.Point::lagMs)));
        if (curve.waited() > 0) {
            String waited = curve.waited() + " waited in vain";
            return chart.with(Mark.band("x", curve.tailOfWaited(), 2.0 * curve.count(), waited, "ill"));
        }
        double told = 0;
        for (double percentile : TOLD) {
            told = curve.count() >= SampleFloor.of(percentile) ? percentile : told;
        }
        return told == 0
                ? chart
                : chart.with(Mark.line("x", 100 / (100 - told), "too few turns beyond p" + Chart.number(told), "soft"));
    }

    private static List<List<@Nullable Number>> series(
            List<TtflCurve.Point> points, ToDoubleFunction<TtflCurve.Point> part) {
        return points.stream()
                .map(point -> Chart.point(point.tail(), part.applyAsDouble(point)))
                .toList();
    }

    private static Chart ttflOverTime(RunSummary run) {
        String about = "Of the turns that were due in each ten seconds; to the top each step is ten times slower. A "
                + "percentile of too few turns is left out.";
        Chart chart = Chart.of("ttfl-over-time", "TTFL over time", about, Axis.time(), Axis.log("", Unit.MS));
        return percentiles(
                chart,
                Look.LINE,
                run.windows().stream().map(Window::fromS).toList(),
                run.windows().stream().map(Window::ttfl).toList());
    }

    private static Chart throughput(RunSummary run) {
        String about = "How many turns a second were due, and how many of them were good: in time, and ok.";
        return Chart.of("throughput", "Throughput", about, Axis.time(), Axis.of("turns", Unit.PER_S))
                .with(perSecond(run, "turns", "c1", Window::turns))
                .with(perSecond(run, "good", "well", Window::good))
                .with(perSecond(run, "failed", "ill", Window::ko));
    }

    private static Series perSecond(RunSummary run, String name, String colour, Function<Window, Long> count) {
        return new Series(
                name,
                Look.LINE,
                colour,
                run.windows().stream()
                        .map(window -> Chart.point(window.fromS(), count.apply(window) / seconds(window, run)))
                        .toList());
    }

    /** The last window ends with the run. */
    private static double seconds(Window window, RunSummary run) {
        return Math.max(1, Math.min(Window.SECONDS, run.seconds() - window.fromS()));
    }

    private static Chart sessions(RunSummary run) {
        String about = "The most sessions that were open at once in each ten seconds.";
        List<List<@Nullable Number>> points = run.windows().stream()
                .map(window -> Chart.point(window.fromS(), window.openSessions()))
                .toList();
        return Chart.of("sessions", "Open sessions", about, Axis.time(), Axis.of("", Unit.COUNT))
                .with(new Series("open sessions", Look.STEP, "c4", points));
    }

    private static Chart cut(String id, String title, String axis, Map<String, Map<String, MetricSummary>> cuts) {
        List<String> names = Figures.sorted(cuts).stream()
                .filter(name -> cuts.getOrDefault(name, Map.of()).containsKey(Metric.TTFL.label()))
                .toList();
        String about = "A percentile of too few turns is left out, and the longest told where none can be.";
        Chart chart = Chart.of(id, title, about, Axis.of(axis, names), Axis.of("", Unit.MS));
        List<MetricSummary> seen = names.stream()
                .map(name -> cuts.getOrDefault(name, Map.of()).get(Metric.TTFL.label()))
                .toList();
        return percentiles(
                chart, Look.BAR, IntStream.range(0, names.size()).boxed().toList(), seen);
    }

    private static Chart gaps(TurnDigest turns) {
        String about = "How many gaps between two lines of an answer there were, by when they ended and how long "
                + "they were. What is dark at the top kept customers waiting in the middle of a sentence.";
        return Chart.of(
                        "gaps",
                        "Gaps and stalls",
                        about,
                        Axis.of("time into the run", turns.slices().names()),
                        Axis.of("gap", GapMap.sizes()))
                .with(new Series("gaps", Look.HEAT, "c1", turns.gaps().points()));
    }

    private static Chart outcomes(TurnDigest turns) {
        String about =
                "How the turns ended that were due in each " + turns.slices().seconds() + " s.";
        Chart chart = Chart.of(
                "outcomes-over-time",
                "Outcomes over time",
                about,
                Axis.of("time into the run", turns.slices().names()),
                Axis.of("turns", Unit.COUNT));
        int others = 0;
        List<Map.Entry<String, long[]>> outcomes =
                new ArrayList<>(turns.outcomes().entrySet());
        outcomes.sort(Comparator.comparing(outcome -> !outcome.getKey().equals("ok")));
        for (Map.Entry<String, long[]> outcome : outcomes) {
            boolean ok = outcome.getKey().equals("ok");
            String colour = ok ? "c1" : COLOURS.get(others++ % COLOURS.size());
            List<List<@Nullable Number>> points = IntStream.range(
                            0, turns.slices().count())
                    .mapToObj(slice -> Chart.point(slice, outcome.getValue()[slice]))
                    .toList();
            chart = chart.with(new Series(outcome.getKey(), Look.STACK, colour, points));
        }
        return chart;
    }

    private static Chart lag(TurnDigest turns) {
        String about = "How late the generator itself sent the calls that were due in each "
                + turns.slices().seconds() + " s.";
        int seconds = turns.slices().seconds();
        List<List<@Nullable Number>> mean = IntStream.range(0, turns.slices().count())
                .mapToObj(slice -> Chart.point(slice * seconds, turns.lagMs(slice)))
                .toList();
        List<List<@Nullable Number>> max = IntStream.range(0, turns.slices().count())
                .mapToObj(slice -> Chart.point(slice * seconds, turns.lagMsMax(slice)))
                .toList();
        return Chart.of("lag-over-time", "The generator's lag over time", about, Axis.time(), Axis.of("", Unit.MS))
                .with(new Series("mean", Look.LINE, "c1", mean))
                .with(new Series("max", Look.LINE, "c2", max));
    }

    private static Chart baseline(Comparison comparison, String run) {
        List<Comparison.Row> rows = comparison.rows();
        List<List<@Nullable Number>> accepted = new ArrayList<>();
        List<List<@Nullable Number>> others = new ArrayList<>();
        List<List<@Nullable Number>> ours = new ArrayList<>();
        List<List<@Nullable Number>> means = new ArrayList<>();
        List<List<@Nullable Number>> limits = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Comparison.Row figure = rows.get(row);
            // The first row stands on top.
            int place = rows.size() - 1 - row;
            for (double ms : figure.acceptedEachMs()) {
                accepted.add(Chart.point(ms / figure.acceptedMs(), place));
            }
            for (int i = 0; i < figure.candidateEachMs().size(); i++) {
                boolean isOurs = i < comparison.candidates().size()
                        && comparison.candidates().get(i).equals(run);
                (isOurs ? ours : others)
                        .add(Chart.point(figure.candidateEachMs().get(i) / figure.acceptedMs(), place));
            }
            means.add(Chart.point(figure.ratio(), place));
            if (figure.limitRatio() != null) {
                limits.add(Chart.point(figure.limitRatio(), place));
            }
        }
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(0, row.figure()));
        String about = "Each figure against the mean of the accepted runs: every accepted run, every run that was "
                + "judged, their mean, and from where on it counts as slower.";
        Chart chart = Chart.of(
                        "baseline",
                        "Beside the accepted runs",
                        about,
                        Axis.of("against the accepted mean", Unit.CHANGE),
                        Axis.of("", names))
                .with(new Series("accepted runs", Look.DOTS, "c6", accepted));
        if (!others.isEmpty()) {
            chart = chart.with(new Series("other judged runs", Look.DOTS, "c2", others));
        }
        if (!ours.isEmpty()) {
            chart = chart.with(new Series("this run", Look.DOTS, "c1", ours));
        }
        chart = chart.with(new Series("mean of the judged", Look.TICK, "c1", means));
        return limits.isEmpty() ? chart : chart.with(new Series("slower from here", Look.TICK, "ill", limits));
    }

    private static Chart percentiles(Chart chart, Look look, List<? extends Number> places, List<MetricSummary> seen) {
        Chart whole = chart;
        boolean onlyLongest = seen.stream().allMatch(one -> one.p50Ms() == null);
        for (Told told : TOLD_EACH) {
            if (told.name().equals("max") && look == Look.BAR && !onlyLongest) {
                // One turn that waited in vain would make dwarfs of all the others.
                continue;
            }
            List<List<@Nullable Number>> points = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                points.add(Chart.point(places.get(i), told.of().apply(seen.get(i))));
            }
            if (points.stream().anyMatch(point -> point.get(1) != null)) {
                whole = whole.with(new Series(told.name(), look, told.colour(), points));
            }
        }
        return whole;
    }
}
