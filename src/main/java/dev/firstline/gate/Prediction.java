package dev.firstline.gate;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Where the mean of some more runs would lie if nothing had changed: Student's t prediction interval for the mean of k
 * future values of a normal sample of n, {@code mean ± t(n−1) · s · √(1/k + 1/n)} (Hahn and Meeker, Statistical
 * Intervals, §4.8), on the log scale. The run is the unit: turns of one run share its machine, its neighbours and its
 * warm-up, and tell nothing of how runs differ.
 */
final class Prediction {
    /** With which certainty a change must be seen to count as one that would have been. */
    static final double POWER = 0.8;

    private final Logs accepted;
    private final double difference;
    private final double error;
    private final TDistribution t;

    /** @param accepted at least two */
    Prediction(Logs accepted, Logs candidates) {
        this(accepted, candidates, accepted.deviation(), accepted.count() - 1);
    }

    /** @param deviation of a run, estimated with so many degrees of freedom */
    Prediction(Logs accepted, Logs candidates, double deviation, int freedom) {
        this.accepted = accepted;
        this.difference = candidates.mean() - accepted.mean();
        this.error = deviation * Math.sqrt(1.0 / candidates.count() + 1.0 / accepted.count());
        this.t = new TDistribution(null, freedom);
    }

    /** How likely a mean at least this high is where nothing changed. */
    double slowerP() {
        return p(difference);
    }

    /** How likely a mean at least this low is where nothing changed. */
    double fasterP() {
        return p(-difference);
    }

    /** The ratio that a mean exceeds with this chance where nothing changed. */
    double limitRatio(double alpha) {
        return Math.exp(quantile(alpha) * error);
    }

    /**
     * The true change that would be called slower with {@link #POWER}: 0.07 is seven percent. It is {@code exp((t + z)
     * · s · √(1/k + 1/n)) − 1}, but never so little that the tolerance would hide it.
     */
    double detectable(double alpha, Tolerance tolerance) {
        double least = Math.max(quantile(alpha) * error, Math.log(tolerance.slowerFrom(accepted.ms())));
        return Math.exp(least + new NormalDistribution(null, 0, 1).inverseCumulativeProbability(POWER) * error) - 1;
    }

    private double p(double above) {
        if (error == 0) {
            return above > 0 ? 0 : 1;
        }
        return t.cumulativeProbability(-above / error);
    }

    private double quantile(double alpha) {
        return t.inverseCumulativeProbability(1 - alpha);
    }
}
