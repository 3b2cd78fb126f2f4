package dev.firstline.gatling;

import dev.firstline.stats.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all deadlines of one call. Each line moves the next deadline, but the timer is set again only when it
 * goes off too early, so a stream costs one timer and not one a line.
 *
 * <p>A timer that goes off late says that its event loop was starved, and then the lines it misses may lie unread in
 * the socket. Before it fails anyone it lets the loop read once more.
 */
final class Watchdog {
    /** A timer this late speaks of the loop and not of the server. */
    static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How long pending reads are given then. */
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final EventLoop eventLoop;
    private final Clock clock;
    private final LongSupplier deadlineNanos;
    private final LongConsumer missed;
    private @Nullable ScheduledFuture<?> timer;
    private long armedForNanos;
    private long gracedDeadlineNanos = -1;

    /**
     * @param deadlineNanos the next deadline as things stand
     * @param missed is told the time, once, if nothing has moved a deadline that has passed
     */
    Watchdog(EventLoop eventLoop, Clock clock, LongSupplier deadlineNanos, LongConsumer missed) {
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.deadlineNanos = deadlineNanos;
        this.missed = missed;
    }

    void start(long nowNanos) {
        arm(deadlineNanos.getAsLong() - nowNanos, nowNanos);
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void arm(long delayNanos, long nowNanos) {
        armedForNanos = nowNanos + delayNanos;
        timer = eventLoop.schedule(this::fired, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void fired() {
        long nowNanos = clock.nanoTime();
        long deadline = deadlineNanos.getAsLong();
        if (nowNanos < deadline) {
            arm(deadline - nowNanos, nowNanos);
        } else if (nowNanos - armedForNanos > LATE_NANOS && gracedDeadlineNanos != deadline) {
            gracedDeadlineNanos = deadline;
            arm(GRACE_NANOS, nowNanos);
        } else {
            missed.accept(nowNanos);
        }
    }
}
