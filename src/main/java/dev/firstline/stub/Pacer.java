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

    Future<?> wake(Runnable stream, long waitNanos) {
        return timer.schedule(stream, waitNanos, TimeUnit.NANOSECONDS);
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
