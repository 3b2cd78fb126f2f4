package dev.firstline.contract;

/**
 * How an answer ended.
 *
 * @param whole whether the body ended cleanly
 * @param totalNanos from when it was asked for until its end, or {@link #UNKNOWN}
 * @param lastNanos from the first line until the end, or {@link #UNKNOWN}
 */
public record AnswerEnd(boolean whole, long totalNanos, long lastNanos) {
    /** What a time is that nobody measured. */
    public static final long UNKNOWN = -1;

    /** A body that ended cleanly at an unknown time: a file, say. */
    public static final AnswerEnd WHOLE = new AnswerEnd(true, UNKNOWN, UNKNOWN);

    /** A body that broke off. */
    public static final AnswerEnd CUT = new AnswerEnd(false, UNKNOWN, UNKNOWN);
}
