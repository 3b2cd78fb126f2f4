package dev.firstline.report;

import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import java.util.ArrayList;
import java.util.List;

/**
 * TTFL by rank, split into lag and service. Percentiles of two parts do not add up to the percentile of the whole, so
 * at each rank it tells the mean lag and the mean service of the turns whose TTFL is of that size, to one percent.
 */
final class TtflCurve {
    /** Each size class is this much wider than the one below it. */
    private static final double WIDTH = Math.log(1.01);

    private static final int CLASSES = classOf(Long.MAX_VALUE) + 1;

    private final long[] turns = new long[CLASSES];
    private final double[] lagMs = new double[CLASSES];
    private final double[] ttflMs = new double[CLASSES];
    private long told;
    private long waited;

    /**
     * A point of the curve.
     *
     * @param tail 1 ÷ (1 − percentile)
     * @param ttflMs lag and service together
     */
    record Point(double tail, double ttflMs, double lagMs) {}

    void add(CallResult call) {
        if (call.call() != CallKind.INVOKE) {
            return;
        }
        if (call.timing().hasFirstLine()) {
            int size = classOf(call.timing().ttflNanos());
            turns[size]++;
            lagMs[size] += call.timing().lagNanos() / 1e6;
            ttflMs[size] += call.timing().ttflNanos() / 1e6;
            told++;
        } else if (call.waited()) {
            waited++;
        }
    }

    /** Turns with a TTFL, and those that waited for it in vain, which rank above them. */
    long count() {
        return told + waited;
    }

    /** Where those begin that waited in vain, as 1 ÷ (1 − percentile). */
    double tailOfWaited() {
        return tail(told + 1.0);
    }

    long waited() {
        return waited;
    }

    /** From the fastest to the slowest; none where no turn had a first line. */
    List<Point> points() {
        List<Point> points = new ArrayList<>();
        double rank = 0;
        for (int size = 0; size < CLASSES; size++) {
            if (turns[size] > 0) {
                double middle = rank + (turns[size] + 1) / 2.0;
                points.add(new Point(tail(middle), ttflMs[size] / turns[size], lagMs[size] / turns[size]));
                rank += turns[size];
            }
        }
        return points;
    }

    /** Half a rank below it, so that the slowest of all has a place too. */
    private double tail(double rank) {
        return count() / (count() - rank + 0.5);
    }

    private static int classOf(long nanos) {
        return (int) (Math.log(Math.max(1.0, nanos / 1e3)) / WIDTH);
    }
}
