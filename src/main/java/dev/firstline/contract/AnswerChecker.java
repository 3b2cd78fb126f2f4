package dev.firstline.contract;

import dev.firstline.wire.Line;
import org.jspecify.annotations.Nullable;

/**
 * Checks one answer, line by line, in one pass. Call {@link #head} at most once and first, {@link #line} for every line
 * in order, blank ones included, and {@link #end} once. Not thread-safe: one checker an answer, one thread at a time.
 */
public final class AnswerChecker {
    private final Shape shape;
    private final FindingSink sink;
    private final Probe probe = new Probe();
    private int checked;

    AnswerChecker(Shape shape, FindingSink sink) {
        this.shape = shape;
        this.sink = sink;
    }

    /** The answer's status and its content type, null where there was none. Only what succeeds is held to it. */
    public void head(int status, @Nullable String contentType) {}

    /** The next line. */
    public void line(Line line) {
        if (line.isBlank()) {
            return;
        }
        checked++;
        probe.line(line.number());
        JsonText text = JsonText.read(line.bytes());
        text.report(probe);
        if (text.root() != null) {
            shape.check(text.root(), probe);
        }
        for (Finding finding : probe.take()) {
            sink.found(finding, line);
        }
    }

    /** The end: says what concerns the answer as a whole. */
    public void end(AnswerEnd end) {}

    /** How many lines that are not blank were checked so far. */
    public int checked() {
        return checked;
    }
}
