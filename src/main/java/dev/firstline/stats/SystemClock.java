package dev.firstline.stats;

import java.time.Instant;

/** {@link Clock#system()}. */
enum SystemClock implements Clock {
    INSTANCE;

    /** Zero where the machine's own clock is never negative, as on Linux; it must be never negative for us. */
    private static final long ORIGIN_NANOS = Math.min(0, System.nanoTime());

    @Override
    public long nanoTime() {
        return System.nanoTime() - ORIGIN_NANOS;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}
