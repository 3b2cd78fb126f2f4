package dev.firstline.stub;

import dev.firstline.stats.Clock;
import dev.firstline.stats.LatencyHistogram;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Wakes streams when their next line is due, and counts what they did. One thread, however many streams wait. */
final class Pacer implements AutoCloseable {
    /** With more streams than this they are woken a tick's worth at a time. */
    private static final int MANY = 500;

    /** To be woken for each of twenty thousand lines a second costs as much as to write them. */
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicInteger active = new AtomicInteger();
    private final LongAdder linesSent = new LongAdder();
    private final LongAdder departed = new LongAdder();
    private LatencyHistogram lag = new LatencyHistogram();

    Pacer(Clock clock) {
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "stub-pacer");
            thread.setDaemon(true);
            return thread;
        });
        // A client that leaves must not stay in the queue until its line would have been due.
        timer.setRemoveOnCancelPolicy(true);
    }

    Clock clock() {
        return clock;
    }

    /** Wakes a stream when it has waited for so long, never earlier, and among many at most a tick later. */
    Future<?> wake(Runnable stream, long waitNanos) {
        long roundedUp =
                active.get() <= MANY ? 0 : TICK_NANOS - Math.floorMod(clock.nanoTime() + waitNanos, TICK_NANOS);
        return timer.schedule(stream, waitNanos + roundedUp, TimeUnit.NANOSECONDS);
    }

    void began() {
        active.incrementAndGet();
    }

    void ended(boolean clientLeft) {
        active.decrementAndGet();
        if (clientLeft) {
            departed.increment();
        }
    }

    synchronized void sent(long lateNanos) {
        linesSent.increment();
        lag.record(lateNanos);
    }

    int active() {
        return active.get();
    }

    int waiting() {
        return timer.getQueue().size();
    }

    long linesSent() {
        return linesSent.sum();
    }

    long departed() {
        return departed.sum();
    }

    synchronized StubLag lag() {
        return new StubLag(
                lag.count(), lag.percentileNanos(50) / 1e6, lag.percentileNanos(99) / 1e6, lag.maxNanos() / 1e6);
    }

    synchronized void reset() {
        lag = new LatencyHistogram();
        linesSent.reset();
        departed.reset();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
