package dev.firstline.stats;

/**
 * When everything happened in one call, in nanoseconds of one {@link Clock}.
 *
 * @param dueNanos when the schedule wanted it sent: the arrival's offset for init, else the end of the call before it
 *     plus the think time
 * @param sentNanos when it was handed to the client: before DNS, connecting and TLS; {@link #NEVER} if it was not
 * @param headersNanos when the status line and headers were in, or {@link #NEVER}
 * @param firstByteNanos when the first byte of the body was in, or {@link #NEVER}
 * @param firstContentNanos when the first line that bears an event that a customer sees was complete, or {@link #NEVER}
 * @param lines when each non-blank line was complete
 * @param endNanos when the call's fate was known
 */
public record CallTiming(
        long dueNanos,
        long sentNanos,
        long headersNanos,
        long firstByteNanos,
        long firstContentNanos,
        LineTimes lines,
        long endNanos) {
    /** The time of what did not happen. */
    public static final long NEVER = -1;

    public CallTiming {
        if (dueNanos < 0 || endNanos < dueNanos) {
            throw new IllegalArgumentException("a call due at " + dueNanos + " cannot end at " + endNanos);
        }
        if (sentNanos != NEVER && (sentNanos < dueNanos || endNanos < sentNanos)) {
            throw new IllegalArgumentException(
                    "a call due at " + dueNanos + " that ended at " + endNanos + " cannot be sent at " + sentNanos);
        }
    }

    /** Whether a complete non-blank line came. */
    public boolean hasFirstLine() {
        return lines.kept() > 0;
    }

    /** When the first complete non-blank line came, or {@link #NEVER}. */
    public long firstLineNanos() {
        return hasFirstLine() ? lines.nanosAt(0) : NEVER;
    }

    /** Time to first line, from due; for a call without a line the time waited for it. Always lag plus service. */
    public long ttflNanos() {
        return lagNanos() + ttflServiceNanos();
    }

    /** Time to first line, from sent; for a call without a line the time waited for it. */
    public long ttflServiceNanos() {
        return (hasFirstLine() ? firstLineNanos() : endNanos) - startNanos();
    }

    /** How late the harness itself was: sent − due. A call that was never sent was late until its end. */
    public long lagNanos() {
        return startNanos() - dueNanos;
    }

    /** From due to end. */
    public long e2eNanos() {
        return endNanos - dueNanos;
    }

    /** The same call on a clock whose zero lies so much later. */
    CallTiming minus(long originNanos) {
        return new CallTiming(
                dueNanos - originNanos,
                shifted(sentNanos, originNanos),
                shifted(headersNanos, originNanos),
                shifted(firstByteNanos, originNanos),
                shifted(firstContentNanos, originNanos),
                lines.minus(originNanos),
                endNanos - originNanos);
    }

    private long startNanos() {
        return sentNanos == NEVER ? endNanos : sentNanos;
    }

    private static long shifted(long nanos, long originNanos) {
        return nanos == NEVER ? NEVER : nanos - originNanos;
    }
}
