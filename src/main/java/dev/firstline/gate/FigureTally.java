package dev.firstline.gate;

import dev.firstline.gate.Comparison.Row;
import dev.firstline.gate.Comparison.State;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure of all runs of a comparison.
 *
 * @param candidateMs of each candidate, null where it cannot be told
 * @param acceptedMs of each run they are held against, null where it cannot be told
 * @param candidateLogs those that can be told
 * @param acceptedLogs those that can be told
 */
record FigureTally(
        Figure figure,
        List<@Nullable Double> candidateMs,
        List<@Nullable Double> acceptedMs,
        Logs candidateLogs,
        Logs acceptedLogs) {
    /**
     * By how much a difference must exceed what Student's t test would see for {@link Rearrangements} to see it: five
     * of each must lie beyond every other of 252 ways in every figure, which is more than alpha asks for. By
     * simulation: without it half to two thirds are seen where 80 % are promised.
     */
    private static final double RARER = 1.3;

    static FigureTally of(Figure figure, List<RunSummary> candidates, List<RunSummary> accepted) {
        List<@Nullable Double> now = each(figure, candidates);
        List<@Nullable Double> before = each(figure, accepted);
        return new FigureTally(figure, now, before, Logs.of(now), Logs.of(before));
    }

    private static List<@Nullable Double> each(Figure figure, List<RunSummary> runs) {
        return Arrays.asList(runs.stream().map(figure::ms).toArray(Double[]::new));
    }

    /** All logarithms, the candidates' first. */
    double[] together() {
        List<@Nullable Double> all = new ArrayList<>(candidateMs);
        all.addAll(acceptedMs);
        return Logs.of(all).values();
    }

    double slowerFrom(Tolerance tolerance) {
        return tolerance.slowerFrom(acceptedLogs.ms());
    }

    /**
     * What two builds could tell: the spread within both, with as many degrees of freedom, and {@link #RARER} wider.
     */
    Prediction bothBuilds() {
        int freedom = candidateLogs.count() + acceptedLogs.count() - 2;
        double squares = square(candidateLogs.deviation()) * (candidateLogs.count() - 1)
                + square(acceptedLogs.deviation()) * (acceptedLogs.count() - 1);
        return new Prediction(acceptedLogs, candidateLogs, RARER * Math.sqrt(squares / freedom), freedom);
    }

    private static double square(double value) {
        return value * value;
    }

    /** {@code ttfl p95: 431 ms to 489 ms, +13.4 %}. */
    String change() {
        double before = acceptedLogs.ms();
        double now = candidateLogs.ms();
        return figure.label() + ": " + Bound.Unit.MS.text(before) + " to " + Bound.Unit.MS.text(now) + ", "
                + Percent.change(now / before);
    }

    /** Whether there is anything on both sides to show. */
    boolean isSeen() {
        return candidateLogs.count() > 0 && acceptedLogs.count() > 0;
    }

    private static List<Double> known(List<@Nullable Double> each) {
        List<Double> known = new ArrayList<>();
        for (Double ms : each) {
            if (ms != null) {
                known.add(ms);
            }
        }
        return known;
    }

    Row unknown() {
        return row(null, null, null, State.UNKNOWN);
    }

    Row row(@Nullable Double limitRatio, @Nullable Double p, @Nullable Double detectable, State state) {
        double before = acceptedLogs.ms();
        double now = candidateLogs.ms();
        return new Row(
                figure.label(),
                Percent.rounded(before),
                Percent.rounded(now),
                Percent.rounded(now / before),
                limitRatio,
                p,
                detectable,
                state,
                known(acceptedMs),
                known(candidateMs));
    }
}
