package dev.firstline.gate;

import dev.firstline.gate.Promise.State;
import dev.firstline.stats.SampleFloor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
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

    private static final long LOOK_MAX = 10_000_000;

    private static final int FINE = 200;

    ShareBound {
        if (bad < 0 || n < bad) {
            throw new IllegalArgumentException(bad + " bad of " + n);
        }
    }

    /** With fewer nothing is kept for sure, and a promise of it is undecided. */
    static long floor(double allowed) {
        return SampleFloor.of(100 * (1 - allowed));
    }

    /**
     * About how many would decide it if the share stayed as it is seen, to two digits and rounded up; empty where even
     * {@value #LOOK_MAX} would not, since what is seen is what is allowed. Found by doubling, then by halving.
     *
     * @param allowed as in {@link #atMost}
     */
    Optional<Long> wouldDecide(double allowed) {
        long below = Math.max(1, n);
        long enough = below;
        while (!isDecided(enough, allowed)) {
            below = enough;
            enough *= 2;
            if (enough > LOOK_MAX) {
                return Optional.empty();
            }
        }
        while (enough - below > Math.max(1, enough / FINE)) {
            long middle = (below + enough) >>> 1;
            if (isDecided(middle, allowed)) {
                enough = middle;
            } else {
                below = middle;
            }
        }
        BigDecimal some = BigDecimal.valueOf(enough).round(new MathContext(2, RoundingMode.CEILING));
        return Optional.of(some.longValueExact());
    }

    private boolean isDecided(long many, double allowed) {
        return new ShareBound(Math.round(share() * many), many).atMost(allowed) != State.TOO_FEW;
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
        return n >= floor(allowed) && upper() <= allowed ? State.KEPT : State.TOO_FEW;
    }
}
