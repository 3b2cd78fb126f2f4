package dev.firstline.stats;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class FakeClock implements Clock {
    private long nanos;
    private Instant now = Instant.parse("2026-11-20T18:00:00Z");

    /** A clock that stands at one second. */
    public FakeClock() {
        nanos = Duration.ofSeconds(1).toNanos();
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    /** Time passes, on both clocks. */
    public synchronized void advance(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    /** Somebody sets the time of day; no time passes. */
    public synchronized void setBy(Duration jump) {
        now = now.plus(jump);
    }
}
