package dev.firstline.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks one answer, line by line, in one pass. Call {@link #head} at most once and first, {@link #line} for every line
 * in order, blank ones included, and {@link #end} once. Not thread-safe: one checker an answer, one thread at a time.
 *
 * <p>What is found is told at once, with one exception: an answer whose first line is no JSON by itself may be one
 * object over several lines (A15), so what to say of it waits for the end, or for {@link #HELD_BYTES_MAX}. Never throws
 * for anything a server may send.
 */
public final class AnswerChecker {
    /** How much of an answer that may be one object over several lines is held until its end. */
    public static final int HELD_BYTES_MAX = 4 << 20;

    /** From how many lines on an answer can be called buffered. */
    static final int BUFFERED_LINES_MIN = 5;

    /** How long after its first line an answer ends that was buffered, at most. */
    static final long BUFFERED_LAST_NANOS_MAX = 5_000_000;

    /** How long an answer takes that was buffered, at least: a quick one has no time to come in pieces. */
    static final long BUFFERED_TOTAL_NANOS_MIN = 50_000_000;

    private final Endpoint endpoint;
    private final Envelopes envelopes;
    private final AnswerMemory memory;
    private final FindingSink sink;
    private final Probe probe = new Probe();
    private final List<Line> held = new ArrayList<>(0);
    private int heldBytes;
    private boolean refused;
    private boolean typeIsMissing;
    private int lines;
    private int checked;
    private int errorLine;
    private boolean answered;
    private boolean spread;
    private boolean unread;
    private boolean truncated;
    private boolean open;

    AnswerChecker(Endpoint endpoint, Envelopes envelopes, String session, FindingSink sink) {
        this.endpoint = endpoint;
        this.envelopes = envelopes;
        this.memory = new AnswerMemory(session);
        this.sink = sink;
    }

    /**
     * The answer's status and its content type, null where there was none. Only what succeeds is held to it; of what
     * does not, only errors are checked.
     */
    public void head(int status, @Nullable String contentType) {
        probe.line(0);
        refused = status < 200 || status > 299;
        if (refused) {
            return;
        }
        if (status != 200) {
            probe.found(Rule.WRONG_STATUS, "the status 200", "the status " + status, "");
        }
        typeIsMissing = contentType == null;
        if (contentType != null) {
            MediaType.check(contentType, probe);
        }
        tell(null);
    }

    /** The next line. */
    public void line(Line line) {
        open = !line.terminated();
        if (line.isBlank()) {
            return;
        }
        lines++;
        if (typeIsMissing) {
            typeIsMissing = false;
            probe.line(0);
            MediaType.missing(probe);
            tell(null);
        }
        if (refused || !held.isEmpty()) {
            hold(line);
            return;
        }
        JsonText text = JsonText.read(line.bytes());
        if (lines == 1 && text.isNoJson()) {
            hold(line);
        } else {
            check(line, text);
        }
    }

    /**
     * A line that outgrew what can be read, instead of that line. Nothing after it can be read either.
     *
     * @param number the line's number, counted from 1, blank ones included
     */
    public void tooLong(int number) {
        release();
        unread = true;
        truncated = true;
        probe.line(number);
        String promised = "a line of at most " + LineDecoder.LINE_BYTES_MAX + " bytes";
        probe.found(Rule.LINE_TOO_LONG, promised, "more", "");
        tell(null);
    }

    /** The end: says what concerns the answer as a whole. */
    public void end(AnswerEnd end) {
        if (refused) {
            refusal();
            return;
        }
        join();
        probe.line(0);
        if (!end.whole() && !truncated) {
            truncated = true;
            probe.found(Rule.TRUNCATED, "a body that ends cleanly", "one that broke off", "");
        }
        if (!truncated && !unread) {
            emptiness();
        }
        boolean late = end.lastNanos() != AnswerEnd.UNKNOWN && end.lastNanos() <= BUFFERED_LAST_NANOS_MAX;
        if (endpoint.streamed()
                && lines >= BUFFERED_LINES_MIN
                && late
                && end.totalNanos() >= BUFFERED_TOTAL_NANOS_MIN) {
            probe.found(Rule.BUFFERED, "lines as the agent has them", "all " + lines + " lines at the end", "");
        }
        tell(null);
    }

    /** Nobody waited for the end, so nothing is said of the answer as a whole: tells what is still held. */
    public void left() {
        if (refused) {
            refusal();
        } else {
            release();
        }
    }

    /**
     * How many lines that are not blank were checked so far. Those of an object over several lines are so at its end.
     */
    public int checked() {
        return checked;
    }

    private void check(Line line, JsonText text) {
        checked++;
        probe.line(line.number());
        if (errorLine > 0) {
            probe.found(Rule.AFTER_ERROR, "nothing after the error in line " + errorLine, "another line", "A7");
        }
        if (answered && !endpoint.streamed()) {
            probe.found(Rule.TRAILING_DATA, "one object and nothing after it", "another line", "A15");
        }
        if (text.root() instanceof ObjectNode object) {
            answered = true;
            text.report(probe);
            Envelopes.Kind kind = envelopes.check(object, memory, probe);
            unread |= kind == Envelopes.Kind.NEITHER;
            errorLine = kind == Envelopes.Kind.ERROR ? line.number() : errorLine;
        } else if (!line.terminated() && line.beginsAnObject()) {
            tell(line);
            cutOff(line);
        } else if (!spread || !unread) {
            unread = true;
            text.reportNoObject(probe);
        }
        tell(line);
    }

    private void hold(Line line) {
        if (heldBytes + line.bytes().length <= HELD_BYTES_MAX) {
            heldBytes += line.bytes().length;
            held.add(line);
        } else if (!refused) {
            release();
            check(line, JsonText.read(line.bytes()));
        }
    }

    /** What did not read as lines may read as one object; where it does not, it is what its lines are. */
    private void join() {
        if (held.isEmpty()) {
            return;
        }
        Line joined = Line.joined(held);
        JsonText text = JsonText.read(joined.bytes());
        if (text.root() instanceof ObjectNode) {
            checked += held.size() - 1;
            prettyPrinted(joined);
            check(joined, text);
        } else if (open && joined.beginsAnObject()) {
            checked += held.size();
            cutOff(held.get(held.size() - 1));
        } else {
            release();
        }
        held.clear();
    }

    /** A close is documented so, too, and a single answer has no lines; a turn is lines and nothing else. */
    private void prettyPrinted(Line joined) {
        if (endpoint.streamed() && held.size() > 1) {
            boolean tolerated = endpoint == Endpoint.CLOSE;
            probe.line(tolerated ? 0 : joined.number());
            String seen = "one object over " + held.size() + " lines";
            probe.found(tolerated ? Rule.PRETTY_PRINTED : Rule.NOT_JSON, "one object a line", seen, "A15");
            tell(tolerated ? null : joined);
        }
    }

    /**
     * Checks the lines that were held one by one. Where lines mean nothing, the first that is no JSON speaks for all.
     */
    private void release() {
        spread = endpoint != Endpoint.INVOKE;
        for (Line line : held) {
            check(line, JsonText.read(line.bytes()));
        }
        held.clear();
    }

    private void refusal() {
        if (!held.isEmpty()) {
            Line joined = Line.joined(held);
            checked += held.size();
            probe.line(joined.number());
            if (JsonText.read(joined.bytes()).root() instanceof ObjectNode object) {
                envelopes.refusal(object, probe);
            }
            tell(joined);
        }
    }

    private void cutOff(Line last) {
        truncated = true;
        probe.line(0);
        String seen = "the beginning of one in line " + last.number();
        probe.found(Rule.TRUNCATED, "a whole object in the last line", seen, "");
        tell(null);
    }

    private void emptiness() {
        boolean turn = endpoint.isTurn();
        if (lines == 0 && !endpoint.streamed()) {
            probe.found(Rule.NO_ENVELOPE, "a response", "an empty body", "A2");
        } else if (turn && errorLine == 0 && memory.events() == 0) {
            probe.found(Rule.NO_EVENTS, "at least one event", "none in " + lines + " lines", "A3");
        }
    }

    private void tell(@Nullable Line line) {
        for (Finding finding : probe.take()) {
            sink.found(finding, line);
        }
    }
}
