package dev.firstline.gatling;

import dev.firstline.journey.Abandon;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.Outcome;
import java.util.concurrent.TimeUnit;

/**
 * By when a call must have come further, as things stand.
 *
 * @param sentNanos when its request was first sent
 * @param reading what has come so far
 */
record Deadlines(CallPlan plan, long sentNanos, StreamReading reading) {
    /** What a call has come to whose deadline has passed. */
    record Missed(Outcome outcome, String facts) {}

    /** The next deadline. */
    long nextNanos() {
        return Math.min(Math.min(lineNanos(), overallNanos()), patienceNanos());
    }

    /**
     * What it means that the next deadline has passed.
     *
     * @param written whether there was a connection to write the request to
     */
    Missed missed(boolean written) {
        long nextNanos = nextNanos();
        if (nextNanos == patienceNanos()) {
            return new Missed(Outcome.ABANDONED, "");
        }
        if (!written) {
            return new Missed(Outcome.of(Outcome.Kind.CONNECT_FAILED), "no connection in time");
        }
        if (waitsForFirstLine()) {
            return new Missed(
                    Outcome.of(Outcome.Kind.FIRST_LINE_TIMEOUT),
                    "no first line within " + millis(nextNanos - sentNanos));
        }
        return nextNanos < overallNanos()
                ? new Missed(
                        Outcome.of(Outcome.Kind.STALLED_OUT),
                        "no line for " + millis(plan.timeouts().stall().toNanos()))
                : new Missed(
                        Outcome.of(Outcome.Kind.TIMEOUT),
                        "not over after " + millis(plan.timeouts().overall().toNanos()));
    }

    private boolean waitsForFirstLine() {
        return reading.lastLineNanos() == CallTiming.NEVER;
    }

    private long lineNanos() {
        return waitsForFirstLine()
                ? sentNanos + plan.timeouts().firstLine().toNanos()
                : reading.lastLineNanos() + plan.timeouts().stall().toNanos();
    }

    private long overallNanos() {
        return sentNanos + plan.timeouts().overall().toNanos();
    }

    private long patienceNanos() {
        return plan.abandon() instanceof Abandon.AfterTime after
                ? sentNanos + after.patience().toNanos()
                : Long.MAX_VALUE;
    }

    private static String millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }
}
