package dev.firstline.gatling;

import dev.firstline.stats.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * How late Gatling's event loops are: a timer on each, whose every lateness is one sample. A loop that is late stamps
 * late, so this is the generator's doubt about its own figures.
 */
public final class LoopDelays {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Clock clock;
    private final LongConsumer latenessNanos;
    private final Map<EventLoop, Beat> watched = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** One loop's timer. Belongs to the loop's thread. */
    private static final class Beat {
        private long dueNanos;
        private long firedNanos;
        private long lateNanos;
    }

    /** @param latenessNanos takes each sample, at least 0; called by several event loops at a time */
    public LoopDelays(Clock clock, LongConsumer latenessNanos) {
        this.clock = clock;
        this.latenessNanos = latenessNanos;
    }

    /** Starts on a loop, once; the loops are those of the users that pass by. */
    void watch(EventLoop loop) {
        Beat beat = new Beat();
        if (!stopped && watched.putIfAbsent(loop, beat) == null) {
            arm(loop, beat);
        }
    }

    /**
     * How late what is handled now may be: what was read in this turn of the loop can have come so much earlier. On the
     * loop itself.
     */
    long lateNanos(EventLoop loop, long nowNanos) {
        Beat beat = watched.get(loop);
        if (beat == null || stopped) {
            return 0;
        }
        // The timer of this turn of the loop is still to come, or it was the last thing that happened.
        long firedLateNanos = nowNanos - beat.firedNanos < PERIOD_NANOS ? beat.lateNanos : 0;
        return Math.max(firedLateNanos, Math.max(0, nowNanos - beat.dueNanos));
    }

    /** No sample comes after the one that may be under way. */
    public void stop() {
        stopped = true;
    }

    private void arm(EventLoop loop, Beat beat) {
        beat.dueNanos = clock.nanoTime() + PERIOD_NANOS;
        ScheduledFuture<?> unused = loop.schedule(
                () -> {
                    if (!stopped) {
                        beat.firedNanos = clock.nanoTime();
                        beat.lateNanos = Math.max(0, beat.firedNanos - beat.dueNanos);
                        latenessNanos.accept(beat.lateNanos);
                        arm(loop, beat);
                    }
                },
                PERIOD_NANOS,
                TimeUnit.NANOSECONDS);
    }
}
