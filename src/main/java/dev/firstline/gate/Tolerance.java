package dev.firstline.gate;

/**
 * Which differences are too small to matter, however certain they are. A difference counts if it reaches both.
 *
 * @param ratio at least 1: at 1.05, less than five percent do not matter
 * @param ms at least 0: at 20, less than twenty milliseconds do not matter
 */
public record Tolerance(double ratio, double ms) {
    /** Five percent and twenty milliseconds. */
    public static final Tolerance DEFAULT = new Tolerance(1.05, 20);

    public Tolerance {
        if (!(ratio >= 1) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException("a ratio must be 1 or more: " + ratio);
        }
        if (!(ms >= 0) || Double.isInfinite(ms)) {
            throw new IllegalArgumentException("milliseconds must be 0 or more: " + ms);
        }
    }

    /** From which ratio on a figure that was so high is slower. */
    double slowerFrom(double acceptedMs) {
        return Math.max(ratio, 1 + ms / acceptedMs);
    }

    boolean slower(double acceptedMs, double candidateMs) {
        return candidateMs / acceptedMs >= slowerFrom(acceptedMs);
    }

    boolean faster(double acceptedMs, double candidateMs) {
        return acceptedMs / candidateMs >= ratio && acceptedMs - candidateMs >= ms;
    }
}
