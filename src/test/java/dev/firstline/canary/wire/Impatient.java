package dev.firstline.canary.wire;

import dev.firstline.canary.stats.Timed;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** The wire looks at the clock, in three ways, and at a room it may not know. */
public final class Impatient {
    public final Timed timed = new Timed();
    public final long millis = System.currentTimeMillis();
    public final LongSupplier nanos = System::nanoTime;
    public final LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
}
