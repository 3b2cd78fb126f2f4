package dev.firstline.gate;

import dev.firstline.gate.Certificate.Ceiling;
import dev.firstline.gate.Certificate.Part;
import dev.firstline.gate.Certificate.Step;
import dev.firstline.stats.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Certificate} is arrived at. Pure functions of what was measured.
 *
 * <p>The limit is the larger of 1 ms and 2 % of the TTFL that {@code slo.yaml} promises of a good turn: an error far
 * below what is promised cannot turn a verdict. It holds for the p99 of the absolute error of TTFL, from due, and of
 * gaps; with fewer samples than a p99 needs, for the largest. The stub's own lateness is in the errors, so they are
 * upper bounds; where the stub was too late by its own figures, nothing is known about the generator.
 */
public final class Certifying {
    /** Each step above the planned rate is so many times the one before it; never more. */
    public static final double STEP_FACTOR = 1.5;

    private static final double LIMIT_MS_MIN = 1;
    private static final double LIMIT_SHARE = 0.02;

    private Certifying() {}

    /** How large the judged errors may be, in milliseconds. */
    public static double limitMs(Duration ttfl) {
        return Math.max(LIMIT_MS_MIN, LIMIT_SHARE * ttfl.toNanos() / 1e6);
    }

    /**
     * What one run came to.
     *
     * @param rate journeys that were offered a second
     * @param seconds how long journeys arrived
     * @param errors how wrong each {@link Part} was
     * @param run its summary
     * @param health the limits of the generator's health
     * @param limitMs how large the judged errors may be
     */
    public static Step step(
            double rate,
            double seconds,
            Map<String, MeasuredError> errors,
            RunSummary run,
            HealthLimits health,
            double limitMs) {
        List<String> breaks = new ArrayList<>();
        List<String> stubBreaks = new ArrayList<>();
        for (Doubt doubt : health.doubts(run.health())) {
            (doubt.figure() == HealthFigure.STUB_LAG_P99_MS ? stubBreaks : breaks).add(doubt.fact());
        }
        run.outcomes().forEach((outcome, count) -> {
            if (!outcome.equals("ok")) {
                stubBreaks.add(count + " turns ended as " + outcome);
            }
        });
        // Errors follow from a stub that is late: that it was is all that can be said then.
        for (String part : stubBreaks.isEmpty() ? Part.JUDGED : List.<String>of()) {
            MeasuredError error = errors.get(part);
            if (error != null && error.judgedMs() > limitMs) {
                breaks.add("error of " + part + ", " + error.judged() + ": must be ≤ " + Certificate.number(limitMs)
                        + " ms, was " + Certificate.number(error.judgedMs()) + " ms");
            }
        }
        if (!errors.containsKey(Part.TTFL)) {
            stubBreaks.add("no turn was measured");
        }
        double turnsPerS = Math.round(run.turns() / seconds * 1e2) / 1e2;
        Double stubLag = rounded(run.health().stubLagP99Ms());
        return new Step(rate, turnsPerS, seconds, run.turns(), errors, stubLag, breaks, stubBreaks);
    }

    private static @Nullable Double rounded(@Nullable Double ms) {
        return ms == null ? null : Math.round(ms * 1e3) / 1e3;
    }

    /** What a step at the planned rate means: reasons against the certificate, none where it passes. */
    public static List<Reason> reasons(Step planned) {
        List<Reason> reasons = new ArrayList<>();
        for (String fact : planned.breaks()) {
            reasons.add(new Reason(
                    planned.stubBreaks().isEmpty() ? Decision.FAIL : Decision.NO_VERDICT,
                    Reason.GENERATOR,
                    fact,
                    "lower the rate, take other work off this machine, or give it more processors"));
        }
        for (String fact : planned.stubBreaks()) {
            reasons.add(new Reason(
                    Decision.NO_VERDICT,
                    Reason.RUN,
                    "the stub: " + fact,
                    "take other work off this machine, or lower the rate: the truth itself was late"));
        }
        return List.copyOf(reasons);
    }

    /** Whether to look further after these steps above the planned rate. */
    public static boolean goOn(List<Step> steps, int stepsMax) {
        return steps.size() < stepsMax
                && (steps.isEmpty() || steps.get(steps.size() - 1).held());
    }

    /** The ceiling that follows from the steps above the planned rate, each higher than the one before it. */
    public static Ceiling ceiling(Step planned, List<Step> steps) {
        Step held = planned;
        for (Step step : steps) {
            if (!step.held()) {
                boolean stubAlone = step.breaks().isEmpty();
                String why = String.join("; ", stubAlone ? step.stubBreaks() : step.breaks());
                String at = " at " + Certificate.number(step.rate()) + " journeys/s";
                boolean stubToo = !stubAlone && !step.stubBreaks().isEmpty();
                return new Ceiling(
                        held.rate(),
                        held.turnsPerS(),
                        stubAlone || stubToo,
                        (stubAlone ? "limited by the stub" + at + ": " : "")
                                + why
                                + (stubAlone ? "" : at)
                                + (stubToo
                                        ? "; the stub gave way with it: " + String.join("; ", step.stubBreaks())
                                        : ""),
                        steps);
            }
            held = step;
        }
        return new Ceiling(held.rate(), held.turnsPerS(), true, "nobody looked further", steps);
    }
}
