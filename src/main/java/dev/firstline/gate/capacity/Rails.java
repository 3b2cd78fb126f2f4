package dev.firstline.gate.capacity;

import org.apache.commons.math3.stat.regression.SimpleRegression;

/** When a step must end at once, whatever it would come to. */
public final class Rails {
    /** A batch in which a constraint has more bad ones than this is a bad batch. */
    public static final double BAD_BATCH = 0.5;

    /**
     * So many bad batches in a row end a step. One alone does not: a queue near its capacity has one now and then, and
     * with one alone the answers of simulated searches came out 2 % lower.
     */
    public static final int BAD_BATCHES = 2;

    /** A call that has waited so many times the longest first line of a good turn ends a step. */
    public static final int WAITS = 8;

    /** A larger share of calls that were refused (no connection, 429, 5xx) in one batch ends a step. */
    public static final double REFUSED = 0.2;

    /** Fewer calls that were refused do not end a step, whatever their share. */
    public static final int REFUSED_MIN = 5;

    /** So many batches are looked at for growth, and it must show in as many looks, one a batch. */
    public static final int GROWING_BATCHES = 3;

    private static final double GROWTH_P = 0.01;

    private Rails() {}

    /** Whether these samples, taken at equal distances, grow: by least squares, with p below .01. */
    public static boolean grows(double[] samples) {
        SimpleRegression regression = new SimpleRegression();
        for (int i = 0; i < samples.length; i++) {
            regression.addData(i, samples[i]);
        }
        return samples.length > 2 && regression.getSlope() > 0 && regression.getSignificance() < GROWTH_P;
    }
}
