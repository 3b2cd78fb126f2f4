package dev.firstline.cli;

import dev.firstline.stats.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for something in another process, which cannot call back. */
final class Await {
    private static final long POLL_MILLIS = 50;

    private Await() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Duration atMost, String what, Condition condition) throws Exception {
        long startNanos = Clock.system().nanoTime();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.holds()) {
            if (Clock.system().nanoTime() - startNanos > atMost.toNanos()) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            if (never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts it down");
            }
        }
    }
}
