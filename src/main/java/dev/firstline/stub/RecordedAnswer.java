package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the stub would answer from a recording: placeholders filled in, faults struck that always strike. For who wants
 * to read an answer without asking for it: nothing is sent, and no time passes.
 */
public final class RecordedAnswer {
    private static final Pattern HEADER = Pattern.compile("\\s*\\{\\s*\"recording\"\\s*:.*", Pattern.DOTALL);

    private final Recording recording;
    private final Plan plan;

    private RecordedAnswer(Recording recording, Plan plan) {
        this.recording = recording;
        this.plan = plan;
    }

    /** Whether a file is a recording, by its first lines; a row that was cut short at the end is enough. */
    public static boolean isOne(String beginning) {
        return beginning
                .lines()
                .filter(line -> !RecordingReader.saysNothing(line))
                .findFirst()
                .filter(line -> HEADER.matcher(line).matches())
                .isPresent();
    }

    /**
     * Reads a recording.
     *
     * @param where what errors call it
     * @param session what stands in the place of {@code {{sessionId}}}
     * @throws Misuse that names the line which is not as it should be
     */
    public static RecordedAnswer read(String where, String text, String session) {
        Recording recording = RecordingReader.read(where, text);
        int turn = Math.max(1, recording.answers().turn());
        Placeholder.Values values =
                new Placeholder.Values("some-business", "some-client", session, "some text", turn, Instant.EPOCH);
        return new RecordedAnswer(recording, recording.plan(values, 0, Chance.ONLY_WHAT_IS_CERTAIN));
    }

    /** The endpoint that was asked. */
    public Endpoint endpoint() {
        return recording.answers().endpoint();
    }

    /** The HTTP status. */
    public int status() {
        return plan.status();
    }

    /** The content type, or null where there is none. */
    public @Nullable String contentType() {
        return plan.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .map(header -> header.getValue())
                .findFirst()
                .orElse(null);
    }

    /** Whether the body ends as HTTP wants it. */
    public boolean whole() {
        return plan.ending() == Plan.Ending.CLEAN;
    }

    /**
     * Hands over the lines of the body, in order. A line has the number of the row in the file in which it begins, so
     * that whoever finds something in it can say where.
     *
     * @throws Misuse if a line is longer than {@link LineDecoder#LINE_BYTES_MAX}
     */
    public void lines(Consumer<Line> sink) {
        LineDecoder decoder = new LineDecoder();
        for (int step = 0; step < plan.steps().size(); step++) {
            int place = place(step);
            if (decoder.pendingBytes() == 0) {
                decoder = new LineDecoder(LineDecoder.LINE_BYTES_MAX, place - 1);
            }
            if (!decoder.feed(ByteBuffer.wrap(plan.steps().get(step).bytes()), sink)) {
                throw new Misuse(
                        "lines of at most " + LineDecoder.LINE_BYTES_MAX + " bytes",
                        "a longer one",
                        recording.where() + ":" + place,
                        "shorten it");
            }
        }
        decoder.end().ifPresent(sink);
    }

    /** A fault can put something where no row is: behind the last one, or in the place of all. */
    private int place(int step) {
        List<Recording.Row> rows = recording.rows();
        return rows.isEmpty() ? 1 : rows.get(Math.min(step, rows.size() - 1)).place();
    }
}
