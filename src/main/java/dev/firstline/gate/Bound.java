package dev.firstline.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A limit with its unit, and on which side of it is well.
 *
 * @param atLeast whether the value must reach the limit; otherwise it must not exceed it
 * @param limit where it stands, in the unit
 * @param unit what it counts
 */
public record Bound(boolean atLeast, double limit, Unit unit) {
    /** What a limit counts. */
    public enum Unit {
        /** Milliseconds. */
        MS,
        /** Seconds. */
        SECONDS,
        /** A part of a whole, 0 to 1; people read it in percent. */
        SHARE,
        /** How many. */
        COUNT;

        /** A value of this unit as people read it: {@code 1200 ms}, {@code 99.5 %}. */
        public String text(double value) {
            return switch (this) {
                case MS -> number(value, 1) + " ms";
                case SECONDS -> number(value, 1) + " s";
                case SHARE -> number(value * 100, 2) + " %";
                case COUNT -> number(value, 1);
            };
        }

        private static String number(double value, int places) {
            if (!Double.isFinite(value)) {
                return "unknown";
            }
            BigDecimal rounded = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        }
    }

    public Bound {
        if (!Double.isFinite(limit)) {
            throw new IllegalArgumentException("a limit must be a number: " + limit);
        }
        if (unit == Unit.SHARE && limit > 1) {
            throw new IllegalArgumentException("a share must be in [0, 1]: " + limit);
        }
        if (limit < 0) {
            throw new IllegalArgumentException("a limit must not be negative: " + limit);
        }
    }

    static Bound atMost(double limit, Unit unit) {
        return new Bound(false, limit, unit);
    }

    static Bound atLeast(double limit, Unit unit) {
        return new Bound(true, limit, unit);
    }

    /** Whether a value is well; one that is not a number never is. */
    public boolean keeps(double value) {
        return atLeast ? value >= limit : value <= limit;
    }

    /** What people read: {@code ≤ 1200 ms}. */
    @Override
    public String toString() {
        return (atLeast ? "≥ " : "≤ ") + unit.text(limit);
    }
}
