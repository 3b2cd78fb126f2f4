package dev.firstline.gatling;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.LineTimes;
import dev.firstline.stats.Outcome;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.EnvelopeReader;
import dev.firstline.wire.Event;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer as it arrives: what its lines are, when each was complete, and what that makes of the call. Knows
 * neither Gatling nor a clock; one thread.
 *
 * <p>The first line that is no error and no nonsense starts the record of arrivals. A stream that begins with an error
 * line has therefore no first line: its quick refusal must not count as a quick answer, and its TTFL is the time
 * waited, flagged. After a good line every line counts.
 */
final class StreamReading {
    /** How much of an error's body is kept to find its code in. */
    static final int ERROR_BYTES_MAX = 64 << 10;

    /** How much of an answer that may be one JSON object over several lines is kept to be read in one go. */
    static final int JOINED_BYTES_MAX = 4 << 20;

    /** Is told of each line that is not blank, once it was read. */
    interface Listener {
        void line(Line line, Envelope envelope);
    }

    private final boolean joinable;
    private final boolean keepsLines;
    private final Listener listener;
    private final LineDecoder decoder;

    private final LineTimes.Builder times = new LineTimes.Builder();
    private final List<String> kinds = new ArrayList<>(4);
    private final List<Line> kept = new ArrayList<>();
    private final ByteArrayOutputStream errorBody = new ByteArrayOutputStream(0);
    private @Nullable List<Line> joined;
    private long joinedBytes;
    private long keptBytes;
    private int status;
    private long headersNanos = CallTiming.NEVER;
    private long firstByteNanos = CallTiming.NEVER;
    private long firstContentNanos = CallTiming.NEVER;
    private @Nullable String firstContent;
    private long lastLineNanos = CallTiming.NEVER;
    private int lines;
    private int came;
    private int outgrown;
    private int unkept;
    private Outcome flaw = Outcome.OK;
    private String facts = "";
    private boolean stopped;
    private boolean ended;
    private boolean cut;

    /**
     * @param joinable whether the answer is a single one, which may be spread over several lines (A15)
     * @param keepsLines whether the lines are wanted later
     */
    StreamReading(boolean joinable, boolean keepsLines, int lineBytesMax, Listener listener) {
        this.joinable = joinable;
        this.keepsLines = keepsLines;
        this.listener = listener;
        this.decoder = new LineDecoder(lineBytesMax);
    }

    void headers(int httpStatus, long nowNanos) {
        status = httpStatus;
        headersNanos = nowNanos;
    }

    /** Takes the next bytes; false once a line has outgrown its bound, and nothing more can be read. */
    boolean bytes(ByteBuffer chunk, long nowNanos) {
        if (stopped || !chunk.hasRemaining()) {
            return true;
        }
        if (firstByteNanos == CallTiming.NEVER) {
            firstByteNanos = nowNanos;
        }
        if (refused()) {
            byte[] some = new byte[Math.min(chunk.remaining(), ERROR_BYTES_MAX - errorBody.size())];
            chunk.get(some);
            errorBody.writeBytes(some);
            return true;
        }
        if (decoder.feed(chunk, line -> line(line, nowNanos))) {
            return true;
        }
        outgrown = decoder.lines() + 1;
        flawed(Outcome.of(Outcome.Kind.MALFORMED_LINE), "a line outgrew its bound");
        return false;
    }

    /** The body ended cleanly: what the answer was. */
    Outcome end(long nowNanos) {
        ended = true;
        if (!refused()) {
            Optional<Line> tail = decoder.end();
            tail.ifPresent(line -> tail(line, nowNanos));
            if (joined != null) {
                // What did not read as lines may read as one object; where it does not, it is what its lines were.
                Line whole = Line.joined(joined);
                joined = null;
                boolean lacksLineFeed = tail.isPresent();
                last(whole, lacksLineFeed, nowNanos);
            }
        }
        return soFar();
    }

    /** The body broke off: what the answer was. */
    Outcome cut() {
        cut = true;
        return soFar().orWorse(Outcome.of(Outcome.Kind.TRUNCATED));
    }

    /** What the answer was if it ended here. */
    Outcome soFar() {
        if (refused()) {
            return Outcome.httpError(status, errorCode());
        }
        return flaw.orWorse(lines == 0 ? Outcome.OK_EMPTY : Outcome.OK);
    }

    /** Reads no further: the customer has walked away. */
    void stop() {
        stopped = true;
    }

    private void line(Line line, long nowNanos) {
        if (stopped) {
            return;
        }
        keep(line);
        if (line.isBlank()) {
            return;
        }
        if (joined != null) {
            join(line);
            lastLineNanos = nowNanos;
            return;
        }
        Envelope envelope = EnvelopeReader.read(line);
        if (joinable && lines == 0 && envelope instanceof Envelope.Malformed) {
            joined = new ArrayList<>(List.of(line));
            joinedBytes = line.bytes().length;
            lastLineNanos = nowNanos;
            return;
        }
        accept(line, envelope, nowNanos);
    }

    private void tail(Line tail, long nowNanos) {
        if (stopped || tail.isBlank() || joined != null) {
            line(tail, nowNanos);
            return;
        }
        keep(tail);
        last(tail, true, nowNanos);
    }

    /** What ends without a line feed is cut off if it began as an object; if not, it never was a line. */
    private void last(Line line, boolean lacksLineFeed, long nowNanos) {
        Envelope envelope = EnvelopeReader.read(line);
        if (lacksLineFeed && envelope instanceof Envelope.Malformed && line.beginsAnObject()) {
            flawed(Outcome.of(Outcome.Kind.TRUNCATED), "the last line is cut off");
        } else {
            accept(line, envelope, nowNanos);
        }
    }

    private void accept(Line line, Envelope envelope, long nowNanos) {
        lines++;
        lastLineNanos = nowNanos;
        boolean good = false;
        if (envelope instanceof Envelope.Malformed malformed) {
            // Without the place: each would be another message in Gatling's table of errors.
            int place = malformed.reason().indexOf(" at byte");
            String reason = place < 0 ? malformed.reason() : malformed.reason().substring(0, place);
            flawed(Outcome.of(Outcome.Kind.MALFORMED_LINE), reason);
        } else if (envelope instanceof Envelope.Failure failure) {
            flawed(Outcome.streamError(failure.error().code()), "");
        } else if (envelope instanceof Envelope.Answer answer) {
            good = true;
            events(answer, nowNanos);
        }
        if (good || times.count() > 0) {
            times.add(nowNanos);
        }
        listener.line(line, envelope);
    }

    private void events(Envelope.Answer answer, long nowNanos) {
        for (Event event : answer.events()) {
            String kind = KindLabels.of(event);
            if (kinds.size() < CallResult.KINDS_MAX) {
                kinds.add(kind);
            }
            if (firstContent == null && event.customerSees()) {
                firstContent = kind;
                firstContentNanos = nowNanos;
            }
        }
    }

    private void join(Line line) {
        joinedBytes += line.bytes().length;
        if (joined != null && joinedBytes < JOINED_BYTES_MAX) {
            joined.add(line);
        }
    }

    private void keep(Line line) {
        came += line.isBlank() ? 0 : 1;
        keptBytes += line.bytes().length;
        if (keepsLines && keptBytes <= AnswerCheck.ANSWER_BYTES_MAX) {
            kept.add(line);
        } else {
            unkept += line.isBlank() ? 0 : 1;
        }
    }

    private void flawed(Outcome outcome, String why) {
        if (outcome.kind().compareTo(flaw.kind()) < 0) {
            flaw = outcome;
            facts = why;
        }
    }

    private boolean refused() {
        return status != 0 && (status < 200 || status > 299);
    }

    /** The code in any of the three shapes of an error; a body in several lines is read by its first, too. */
    private String errorCode() {
        byte[] body = errorBody.toByteArray();
        if (EnvelopeReader.read(body) instanceof Envelope.Failure failure) {
            return failure.error().code();
        }
        List<Line> errorLines = new ArrayList<>();
        new LineDecoder().feed(ByteBuffer.wrap(body), errorLines::add);
        return errorLines.stream()
                .map(EnvelopeReader::read)
                .filter(Envelope.Failure.class::isInstance)
                .map(envelope -> ((Envelope.Failure) envelope).error().code())
                .findFirst()
                .orElse("");
    }

    /** The HTTP status, or 0 before the headers. */
    int status() {
        return status;
    }

    /** Lines that are not blank, also those before the first good one. */
    int lines() {
        return lines;
    }

    /** Lines as they were sent that are not blank: an object that is spread over five of them has five. */
    int came() {
        return came;
    }

    /**
     * How the body ended, in the contract's words; null where that is not known: nobody waited for it, or not all of it
     * was kept.
     *
     * @param lateNanos how much earlier the first line may have come than it was read: where our own loop kept it
     *     waiting, lines that the server sent one by one look as if it had kept them back
     */
    @Nullable
    AnswerEnd answerEnd(long sentNanos, long endNanos, long lateNanos) {
        if (!(ended || cut) || stopped || keptBytes > AnswerCheck.ANSWER_BYTES_MAX) {
            return null;
        }
        LineTimes arrivals = times.build();
        long sinceFirstNanos = arrivals.count() == 0 ? AnswerEnd.UNKNOWN : endNanos - arrivals.nanosAt(0) + lateNanos;
        return new AnswerEnd(ended, endNanos - sentNanos, sinceFirstNanos);
    }

    /** When the last such line came, or {@link CallTiming#NEVER}. */
    long lastLineNanos() {
        return lastLineNanos;
    }

    /** Why the answer is flawed, in a few words; empty where the outcome says it all. */
    String facts() {
        return facts;
    }

    long headersNanos() {
        return headersNanos;
    }

    long firstByteNanos() {
        return firstByteNanos;
    }

    long firstContentNanos() {
        return firstContentNanos;
    }

    @Nullable
    String firstContent() {
        return firstContent;
    }

    List<String> kinds() {
        return kinds;
    }

    /** The number of the line that outgrew its bound, or 0. */
    int outgrown() {
        return outgrown;
    }

    /** How many lines that are not blank came and were not kept. */
    int unkept() {
        return unkept;
    }

    List<Line> kept() {
        return kept;
    }

    LineTimes times() {
        return times.build();
    }
}
