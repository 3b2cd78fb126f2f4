package dev.firstline.journey;

import java.time.Duration;

/** When each customer arrives, in nanoseconds after the start: a pure function of a seed and a profile. Immutable. */
public final class Arrivals {
    /** The most arrivals that one plan may hold: 80 MB of offsets. */
    public static final int ARRIVALS_MAX = 10_000_000;

    private Arrivals() {}

    /**
     * Arrivals at random, independent of each other, at the profile's rate.
     *
     * @throws dev.firstline.Misuse if the profile expects more than {@link #ARRIVALS_MAX}
     */
    public static Arrivals poisson(long seed, Profile profile) {
        throw new UnsupportedOperationException();
    }

    /** Arrivals at equal distances, the first at once, the last one distance before the end. */
    public static Arrivals evenly(int count, Duration over) {
        throw new UnsupportedOperationException();
    }

    /** How many there are. */
    public int count() {
        throw new UnsupportedOperationException();
    }

    /** When customer {@code k}, from 0, arrives, in nanoseconds after the start. */
    public long offsetNanos(int k) {
        throw new UnsupportedOperationException();
    }

    /** All offsets, never falling; a copy. */
    public long[] offsetsNanos() {
        throw new UnsupportedOperationException();
    }
}
