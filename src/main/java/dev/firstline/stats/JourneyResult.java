package dev.firstline.stats;

/**
 * How long one whole conversation took.
 *
 * @param journey the journey's name
 * @param number its place in the schedule, counted from 0
 * @param dueNanos when its init was due
 * @param endNanos when its last call ended
 * @param thinkNanos how much of that the customer was thinking
 */
public record JourneyResult(String journey, long number, long dueNanos, long endNanos, long thinkNanos) {
    public JourneyResult {
        if (thinkNanos < 0 || endNanos - dueNanos < thinkNanos) {
            throw new IllegalArgumentException(
                    "a journey from " + dueNanos + " to " + endNanos + " cannot hold " + thinkNanos + " of thinking");
        }
    }

    /** From due to end, think time apart. */
    public long journeyNanos() {
        return endNanos - dueNanos - thinkNanos;
    }

    /** The same conversation on a clock whose zero lies so much later. */
    JourneyResult minus(long originNanos) {
        return new JourneyResult(journey, number, dueNanos - originNanos, endNanos - originNanos, thinkNanos);
    }
}
