package dev.firstline.gatling;

import java.time.Duration;

/**
 * How long a call may take, counted from when its request was sent: what the harness itself owed before that is lag and
 * not the server's.
 *
 * @param firstLine until the first complete line that is not blank
 * @param stall from one such line to the next; blank keep-alive lines do not end a stall
 * @param overall until the end of the answer
 */
public record Timeouts(Duration firstLine, Duration stall, Duration overall) {
    /** Generous: an agent that thinks for half a minute is slow, not gone. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(120));

    public Timeouts {
        for (Duration timeout : new Duration[] {firstLine, stall, overall}) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("a timeout must be more than zero: " + timeout);
            }
        }
    }

    /** For an answer that comes in one piece at its end: only the whole counts. */
    Timeouts ofWhole() {
        return new Timeouts(overall, overall, overall);
    }
}
