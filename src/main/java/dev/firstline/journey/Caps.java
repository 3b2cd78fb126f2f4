package dev.firstline.journey;

import java.time.Duration;

/**
 * How much a target may be given at most.
 *
 * @param journeysPerSecond the highest arrival rate; more than zero
 * @param openSessions sessions open at the same time; at least 1
 * @param duration the longest run; more than zero
 */
public record Caps(double journeysPerSecond, int openSessions, Duration duration) {
    /** No caps at all: for stubs only. */
    public static final Caps UNLIMITED =
            new Caps(Double.POSITIVE_INFINITY, Integer.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE));

    public Caps {
        if (!(journeysPerSecond > 0)) {
            throw new IllegalArgumentException("journeysPerSecond must be more than 0: " + journeysPerSecond);
        }
        if (openSessions < 1) {
            throw new IllegalArgumentException("openSessions must be at least 1: " + openSessions);
        }
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("duration must be more than 0: " + duration);
        }
    }
}
