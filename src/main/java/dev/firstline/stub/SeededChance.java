package dev.firstline.stub;

import java.util.SplittableRandom;

/** The same seed and the same order of questions, the same answers. Thread-safe. */
final class SeededChance implements Chance {
    private final long seed;
    private SplittableRandom random;

    SeededChance(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** What always happens draws nothing. */
    @Override
    public synchronized boolean strikes(double rate) {
        return rate >= 1 || random.nextDouble() < rate;
    }

    /** Begins anew. */
    synchronized void reset() {
        random = new SplittableRandom(seed);
    }
}
