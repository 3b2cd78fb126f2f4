package dev.firstline.stats;

import java.time.Instant;

/**
 * The only source of time. Everyone outside this room is handed a time, or this interface.
 *
 * <p>Durations come from {@link #nanoTime()} alone; {@link #now()} only says when a run took place.
 */
public interface Clock {
    /** Nanoseconds since an origin that is fixed for the life of the process: monotonic and never negative. */
    long nanoTime();

    /** The time of day, which may jump. */
    Instant now();

    /** The machine's clocks. On Linux {@code nanoTime} is CLOCK_MONOTONIC, so two processes can compare it. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
