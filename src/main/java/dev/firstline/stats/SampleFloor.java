package dev.firstline.stats;

/**
 * From how many samples on a percentile may be told at all, at 99 % confidence.
 *
 * <p>The rule is the one of MLPerf LoadGen's early stopping with one sample allowed above: the smallest n for which,
 * were the true share below the percentile only {@code p}, at most one of n samples above it would have a chance of 1 %
 * or less, {@code pⁿ + n·(1−p)·pⁿ⁻¹ ≤ 0.01}. It gives p50 11, p75 24, p90 64, p95 130, p99 662, p99.9 6,636.
 */
public final class SampleFloor {
    private static final double DOUBT = 0.01;

    private SampleFloor() {}

    /**
     * The floor of a percentile.
     *
     * @param percentile above 0 and below 100
     * @throws IllegalArgumentException if it is not
     */
    public static long of(double percentile) {
        if (!(percentile > 0 && percentile < 100)) {
            throw new IllegalArgumentException("percentile must be in (0, 100): " + percentile);
        }
        double p = percentile / 100;
        long below = 1;
        long enough = 2;
        while (chance(p, enough) > DOUBT) {
            below = enough;
            enough *= 2;
        }
        while (enough - below > 1) {
            long middle = (below + enough) >>> 1;
            if (chance(p, middle) > DOUBT) {
                below = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    private static double chance(double p, long n) {
        return Math.pow(p, (double) n) + n * (1 - p) * Math.pow(p, (double) (n - 1));
    }
}
