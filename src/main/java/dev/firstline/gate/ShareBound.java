package dev.firstline.gate;

import dev.firstline.gate.Promise.State;
import dev.firstline.stats.SampleFloor;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * What a count of bad ones says about the share of bad ones there truly is, at 99 % confidence: the exact (binomial)
 * rule of MLPerf LoadGen's early stopping, with its sample floors.
 *
 * <p>The bounds are Clopper and Pearson's, one-sided. With {@code bad} of {@code n}, "at most this share is bad" is
 * accepted where {@code P(X ≤ bad | n, share) ≤ 0.01}, which is where the upper bound is not above the share.
 *
 * @param bad how many were bad
 * @param n of how many
 */
record ShareBound(long bad, long n) {
    /** How sure a bound is. */
    static final double CONFIDENCE = 0.99;

    ShareBound {
        if (bad < 0 || n < bad) {
            throw new IllegalArgumentException(bad + " bad of " + n);
        }
    }

    /** What is seen. */
    double share() {
        return n == 0 ? 0 : (double) bad / n;
    }

    /** The true share is not above this; 1 where nothing is known. */
    double upper() {
        return bad == n
                ? 1
                : new BetaDistribution(bad + 1.0, (double) (n - bad)).inverseCumulativeProbability(CONFIDENCE);
    }

    /** The true share is not below this; 0 where nothing is known. */
    double lower() {
        return bad == 0 ? 0 : new BetaDistribution(bad, n - bad + 1.0).inverseCumulativeProbability(1 - CONFIDENCE);
    }

    /**
     * Whether at most this share is bad: kept or broken where that is sure, else too few to tell.
     *
     * @param allowed above 0 and below 1
     */
    State atMost(double allowed) {
        if (lower() > allowed) {
            return State.BROKEN;
        }
        return n >= SampleFloor.of(100 * (1 - allowed)) && upper() <= allowed ? State.KEPT : State.TOO_FEW;
    }
}
