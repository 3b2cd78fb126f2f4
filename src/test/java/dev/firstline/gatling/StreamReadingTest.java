package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.stats.Outcome;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is kept of an answer for its check. How answers end is the matter of {@link StreamOutcomesTest}. */
final class StreamReadingTest {
    private static final String LINE = StreamCases.LINE;

    @Test
    void every_line_is_kept_blank_ones_and_all() {
        StreamReading reading = stream();
        feed(reading, LINE + "\n" + LINE, 5);
        assertThat(reading.end(9)).isEqualTo(Outcome.OK);
        assertThat(reading.kept()).extracting(Line::number).containsExactly(1, 2, 3);
        assertThat(reading.came()).isEqualTo(2);
        assertThat(reading.answerEnd(2, 9, 0)).isEqualTo(new AnswerEnd(true, 7, 4));
        assertThat(reading.answerEnd(2, 9, 3))
                .as("our own lateness is not the server's")
                .isEqualTo(new AnswerEnd(true, 7, 7));
    }

    @Test
    void a_last_line_without_a_line_feed_is_kept_whole_or_cut_off() {
        StreamReading whole = stream();
        feed(whole, LINE + LINE.strip(), 5);
        assertThat(whole.end(9)).isEqualTo(Outcome.OK);
        assertThat(whole.kept()).extracting(Line::terminated).containsExactly(true, false);
        assertThat(whole.came()).isEqualTo(2);

        StreamReading cut = stream();
        feed(cut, LINE + "{\"cut", 5);
        assertThat(cut.end(9).label()).isEqualTo("truncated");
        assertThat(cut.kept()).extracting(Line::text).containsExactly(LINE.strip(), "{\"cut");
        assertThat(cut.came()).isEqualTo(2);
        assertThat(cut.answerEnd(2, 9, 0)).as("the body itself ended cleanly").isEqualTo(new AnswerEnd(true, 7, 4));
    }

    @Test
    void what_is_no_good_line_is_kept_too() {
        StreamReading reading = stream();
        feed(reading, "{nonsense\n" + StreamCases.STREAM_ERROR, 5);
        reading.end(9);
        assertThat(reading.kept()).hasSize(2);
        assertThat(reading.came()).isEqualTo(2);
        assertThat(reading.answerEnd(2, 9, 0)).isEqualTo(new AnswerEnd(true, 7, AnswerEnd.UNKNOWN));
    }

    @Test
    void a_single_answer_over_several_lines_is_kept_as_it_was_sent() {
        StreamReading reading = new StreamReading(true, true, LineDecoder.LINE_BYTES_MAX, (line, envelope) -> {});
        reading.headers(200, 1);
        feed(reading, "{\n  \"response\": {\n  }\n}", 5);
        assertThat(reading.end(9)).isEqualTo(Outcome.OK);
        assertThat(reading.kept()).extracting(Line::text).containsExactly("{", "  \"response\": {", "  }", "}");
        assertThat(reading.came()).isEqualTo(4);
    }

    @Test
    void a_body_that_broke_off_has_an_end_and_one_that_was_left_has_none() {
        StreamReading broken = stream();
        feed(broken, LINE, 5);
        assertThat(broken.cut().label()).isEqualTo("truncated");
        assertThat(broken.answerEnd(2, 9, 0)).isEqualTo(new AnswerEnd(false, 7, 4));

        StreamReading left = stream();
        feed(left, LINE, 5);
        assertThat(left.answerEnd(2, 9, 0)).isNull();

        StreamReading stopped = stream();
        feed(stopped, LINE, 5);
        stopped.stop();
        stopped.end(9);
        assertThat(stopped.answerEnd(2, 9, 0)).isNull();
    }

    @Test
    void what_is_beyond_the_bound_came_but_is_not_kept_and_the_end_is_not_known() {
        StreamReading reading = stream();
        String large = "{\"x\":\"" + "y".repeat(12 << 20) + "\"}\n";
        feed(reading, large + large + large, 5);
        reading.end(9);
        assertThat(reading.came()).isEqualTo(3);
        assertThat(reading.unkept()).isEqualTo(1);
        assertThat(reading.kept()).hasSize(2);
        assertThat(reading.answerEnd(2, 9, 0)).isNull();
    }

    @Test
    void a_line_that_outgrows_its_bound_is_known_by_its_number() {
        StreamReading reading = new StreamReading(false, true, 1_000, (line, envelope) -> {});
        reading.headers(200, 1);
        feed(reading, "\n" + LINE + "{" + "x".repeat(1_000), 5);
        assertThat(reading.outgrown()).isEqualTo(3);
        assertThat(reading.came()).isEqualTo(1);
        assertThat(reading.answerEnd(2, 9, 0)).isNull();
    }

    @Test
    void of_a_refusal_nothing_is_kept() {
        StreamReading reading = new StreamReading(false, true, LineDecoder.LINE_BYTES_MAX, (line, envelope) -> {});
        reading.headers(503, 1);
        feed(reading, "{\"code\":14}\n", 5);
        reading.end(9);
        assertThat(reading.kept()).isEmpty();
        assertThat(reading.came()).isZero();
    }

    private static StreamReading stream() {
        StreamReading reading = new StreamReading(false, true, LineDecoder.LINE_BYTES_MAX, (line, envelope) -> {});
        reading.headers(200, 1);
        return reading;
    }

    private static void feed(StreamReading reading, String text, long nowNanos) {
        reading.bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), nowNanos);
    }
}
