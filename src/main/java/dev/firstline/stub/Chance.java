package dev.firstline.stub;

import java.util.SplittableRandom;

/**
 * Decides whether what happens now and then happens now: the same seed and the same order of requests, the same
 * decisions. Thread-safe.
 */
final class Chance {
    private final long seed;
    private SplittableRandom random;

    Chance(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** True so often; what always happens draws nothing. */
    synchronized boolean strikes(double rate) {
        return rate >= 1 || random.nextDouble() < rate;
    }

    /** Begins anew. */
    synchronized void reset() {
        random = new SplittableRandom(seed);
    }
}
