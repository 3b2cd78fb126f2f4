package dev.firstline.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many customers are expected to arrive, over time: pieces one after the other, each with a rate that is constant
 * or changes evenly.
 */
public record Profile(List<Piece> pieces) {
    /** The most pieces. */
    public static final int PIECES_MAX = 1_000;

    public Profile {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty() || pieces.size() > PIECES_MAX) {
            throw new IllegalArgumentException("pieces must be 1 to " + PIECES_MAX + ": " + pieces.size());
        }
    }

    /**
     * A stretch of time.
     *
     * @param startPerSecond customers a second at its start; 0 or more
     * @param endPerSecond customers a second at its end; 0 or more
     * @param duration more than zero
     */
    public record Piece(double startPerSecond, double endPerSecond, Duration duration) {
        public Piece {
            if (!(startPerSecond >= 0 && endPerSecond >= 0) || Double.isInfinite(startPerSecond + endPerSecond)) {
                throw new IllegalArgumentException(
                        "rates must be finite and 0 or more: " + startPerSecond + ", " + endPerSecond);
            }
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException("duration must be more than 0: " + duration);
            }
        }

        double seconds() {
            return duration.toNanos() / 1e9;
        }

        double expected() {
            return (startPerSecond + endPerSecond) / 2 * seconds();
        }

        /** When the area under the rate, from the piece's start, reaches so much: at most {@link #expected()}. */
        double secondsUntil(double area) {
            double slope = (endPerSecond - startPerSecond) / seconds();
            // The root of startPerSecond·t + slope·t²/2 = area in the form that does not cancel, whatever the slope.
            double root = Math.sqrt(Math.max(0, startPerSecond * startPerSecond + 2 * slope * area));
            return area == 0 ? 0 : 2 * area / (startPerSecond + root);
        }
    }

    /** The same rate throughout. */
    public static Profile constant(double perSecond, Duration duration) {
        return new Profile(List.of(new Piece(perSecond, perSecond, duration)));
    }

    /** From one rate evenly to another. */
    public static Profile ramp(double fromPerSecond, double toPerSecond, Duration duration) {
        return new Profile(List.of(new Piece(fromPerSecond, toPerSecond, duration)));
    }

    /** A base rate, a peak that comes and goes at once, and the base rate again. */
    public static Profile spike(
            double basePerSecond, double peakPerSecond, Duration before, Duration peak, Duration after) {
        return constant(basePerSecond, before)
                .then(constant(peakPerSecond, peak))
                .then(constant(basePerSecond, after));
    }

    /** This profile and then another. */
    public Profile then(Profile next) {
        List<Piece> both = new ArrayList<>(pieces);
        both.addAll(next.pieces);
        return new Profile(both);
    }

    /** The whole length. */
    public Duration duration() {
        return pieces.stream().map(Piece::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** The highest rate, in customers a second. */
    public double peakPerSecond() {
        return pieces.stream()
                .mapToDouble(piece -> Math.max(piece.startPerSecond, piece.endPerSecond))
                .max()
                .orElseThrow();
    }

    /** How many customers are expected: the area under the rate. */
    public double expectedArrivals() {
        return pieces.stream().mapToDouble(Piece::expected).sum();
    }
}
