package dev.firstline.report;

import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.CapacityResult.Constraint;
import dev.firstline.gate.CapacityResult.Knee;
import dev.firstline.gate.CapacityResult.Phase;
import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.CapacityResult.Step;
import dev.firstline.gate.CapacityResult.Usl;
import dev.firstline.report.Chart.Axis;
import dev.firstline.report.Chart.Look;
import dev.firstline.report.Chart.Mark;
import dev.firstline.report.Chart.Series;
import dev.firstline.report.Chart.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The charts of a capacity search. */
final class CapacityCharts {
    private static final List<String> COLOURS = List.of("c1", "c2", "c3", "c4", "c5", "c6");
    private static final int CURVE_POINTS = 60;

    private CapacityCharts() {}

    /** Those that have something to show. */
    static List<Chart> of(CapacityResult result) {
        List<Step> steps = result.steps().stream()
                .filter(step -> step.state() != State.VOID)
                .sorted(Comparator.comparingDouble(Step::rate).thenComparing(Step::number))
                .toList();
        List<Chart> charts = new ArrayList<>(List.of(
                steps(result), marked(attainment(steps), result.knee()), marked(latency(steps), result.knee())));
        Usl usl = result.knee() == null ? null : result.knee().usl();
        if (usl != null) {
            charts.add(usl(steps, usl));
        }
        return charts.stream().filter(chart -> !chart.isEmpty()).toList();
    }

    private static Chart steps(CapacityResult result) {
        List<String> names = result.steps().stream()
                .map(step -> step.number() + (step.phase() == Phase.HOLD ? " hold" : ""))
                .toList();
        Chart chart = Chart.of(
                "steps",
                "The steps",
                "The rate of each step in the order in which it was taken, and what it came to.",
                Axis.of("step", names),
                Axis.of("journeys", Unit.PER_S));
        for (State state : State.values()) {
            List<List<@Nullable Number>> points = new ArrayList<>();
            for (int i = 0; i < result.steps().size(); i++) {
                if (result.steps().get(i).state() == state) {
                    points.add(Chart.point(i, result.steps().get(i).rate()));
                }
            }
            String colour = switch (state) {
                case PASSED -> "well";
                case FAILED -> "ill";
                case VOID -> "open";
            };
            if (!points.isEmpty()) {
                chart = chart.with(new Series(state.label(), Look.STACK, colour, points));
            }
        }
        Knee knee = result.knee();
        return knee == null ? chart : chart.with(Mark.line("y", knee.rate(), "the knee", "ink"));
    }

    /**
     * How far from certain a promise is to be kept, in nines: a step of so many turns can show no more than so many.
     */
    private static Chart attainment(List<Step> steps) {
        Map<String, List<List<@Nullable Number>>> byName = new TreeMap<>();
        Map<String, Double> allowed = new TreeMap<>();
        for (Step step : steps) {
            for (Constraint constraint : step.constraints()) {
                double least = 0.5 / Math.max(1, step.turns());
                byName.computeIfAbsent(constraint.name(), name -> new ArrayList<>())
                        .add(Chart.point(step.rate(), 1 / Math.min(1, Math.max(constraint.bad(), least))));
                allowed.put(constraint.name(), constraint.allowed());
            }
        }
        Chart chart = Chart.of(
                "attainment",
                "How well each promise was kept",
                "The share of turns that kept a promise at each rate, and the share that must: to the top each step is "
                        + "ten times fewer broken.",
                Axis.of("journeys a second", Unit.PER_S),
                Axis.log("", Unit.TAIL));
        int next = 0;
        for (Map.Entry<String, List<List<@Nullable Number>>> one : byName.entrySet()) {
            String colour = COLOURS.get(next++ % COLOURS.size());
            chart = chart.with(new Series(one.getKey(), Look.POINTS, colour, one.getValue()));
        }
        for (double share : allowed.values().stream().distinct().toList()) {
            if (share > 0) {
                chart = chart.with(Mark.line("y", 1 / share, Chart.number(100 - 100 * share) + " % must", "soft"));
            }
        }
        return chart;
    }

    private static Chart latency(List<Step> steps) {
        return Chart.of(
                        "latency",
                        "TTFL against rate",
                        "TTFL of each step. A percentile of too few turns is left out.",
                        Axis.of("journeys a second", Unit.PER_S),
                        Axis.of("", Unit.MS))
                .with(new Series("p50", Look.POINTS, "c1", by(steps, Step::rate, Step::p50Ms)))
                .with(new Series("p95", Look.POINTS, "c2", by(steps, Step::rate, Step::p95Ms)));
    }

    private static Chart usl(List<Step> steps, Usl usl) {
        double most = steps.stream().mapToDouble(Step::openSessions).max().orElse(1);
        List<List<@Nullable Number>> curve = new ArrayList<>();
        for (int i = 1; i <= CURVE_POINTS; i++) {
            double n = Math.max(1, most * i / CURVE_POINTS);
            curve.add(Chart.point(n, usl.lambda() * n / (1 + usl.alpha() * (n - 1) + usl.beta() * n * (n - 1))));
        }
        return Chart.of(
                        "usl",
                        "Throughput against open sessions",
                        "The steps, and the Universal Scalability Law fitted to them.",
                        Axis.of("open sessions", Unit.COUNT),
                        Axis.of("turns", Unit.PER_S))
                .with(new Series("steps", Look.DOTS, "c1", by(steps, Step::openSessions, Step::turnsPerS)))
                .with(new Series("the law", Look.LINE, "c6", curve));
    }

    private static List<List<@Nullable Number>> by(
            List<Step> steps, Function<Step, Double> x, Function<Step, @Nullable Double> y) {
        return steps.stream()
                .map(step -> Chart.point(x.apply(step), y.apply(step)))
                .toList();
    }

    private static Chart marked(Chart chart, @Nullable Knee knee) {
        if (knee == null || chart.isEmpty()) {
            return chart;
        }
        Chart marked = chart.with(Mark.band("x", knee.low(), knee.high(), "", "well"))
                .with(Mark.line("x", knee.rate(), "knee", "well"));
        return knee.firstFail() == null ? marked : marked.with(Mark.line("x", knee.firstFail(), "first fail", "ill"));
    }
}
