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
    private final Map<EventLoop, Boolean> watched = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param latenessNanos takes each sample, at least 0; called by several event loops at a time */
    public LoopDelays(Clock clock, LongConsumer latenessNanos) {
        this.clock = clock;
        this.latenessNanos = latenessNanos;
    }

    /** Starts on a loop, once; the loops are those of the users that pass by. */
    void watch(EventLoop loop) {
        if (!stopped && watched.putIfAbsent(loop, true) == null) {
            arm(loop);
        }
    }

    /** No sample comes after the one that may be under way. */
    public void stop() {
        stopped = true;
    }

    private void arm(EventLoop loop) {
        long dueNanos = clock.nanoTime() + PERIOD_NANOS;
        ScheduledFuture<?> unused = loop.schedule(
                () -> {
                    if (!stopped) {
                        latenessNanos.accept(Math.max(0, clock.nanoTime() - dueNanos));
                        arm(loop);
                    }
                },
                PERIOD_NANOS,
                TimeUnit.NANOSECONDS);
    }
}
