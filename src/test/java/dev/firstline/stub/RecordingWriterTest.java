package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.wire.Endpoint;
import dev.firstline.wire.InputKind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was taped and written reads back as what was sent. */
final class RecordingWriterTest {
    private static final long SENT = 5_000_000_000L;
    private static final Recording.Origin ORIGIN = new Recording.Origin("staging", "2026-11-20", "0.1.0");
    private static final Recording.Answers TURN =
            new Recording.Answers(Endpoint.INVOKE, "greeting", 2, "Say \"hi\" – 👋", InputKind.MESSAGE_EVENT);
    private static final Placeholder.Values NOBODY = new Placeholder.Values("b", "c", "s-1", "Oi!", 1, Instant.EPOCH);

    /** Bodies as ISO 8859-1: a character is a byte. */
    static List<String> bodies() {
        return List.of(
                "{\"a\":1}\n{\"b\":2}\n",
                "{\"a\": 1.0,  \"b\":1e3,\"c\":\"\\u003c \\/ \u00c3\u00a9 \u00e2\u0080\u00a8\"}\n",
                "",
                "\n",
                "\n\n{\"a\":1}\n\n",
                "{\"a\":1}",
                "{\"a\":1}\n{\"cut",
                "{\"a\":1}\r\n{\"b\":2}\r\n",
                "\r\n",
                " {\"a\":1}\n{\"a\":1} \n{\"a\":\r1}\n",
                "{\"a\":1,\"a\":2}\n",
                "{\"a\":1}{\"b\":2}\n",
                "{\"a\":1},\"at\":{}\n",
                "[1]\n12\n\"text\"\nnull\ntrue\n",
                "{\"a\":\"{{sessionId}} {{turn}} {{now}}\"}\n",
                "\u00ef\u00bb\u00bf{\"a\":1}\n",
                "{\"a\":\"\u00e9 \u00ff\u00fe\"}\n",
                "{\"a\":\"caf\u00c3",
                "<html>\n  <body>502</body>\n</html>\n",
                "{\n  \"response\": {}\n}",
                "\u0000\u0001\t\u007f\n",
                "{\"a\":".repeat(999) + "1" + "}".repeat(999) + "\n",
                "{\"a\":".repeat(1000) + "1" + "}".repeat(1000) + "\n");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void every_byte_reads_back_whatever_it_is(String body) {
        String text = RecordingWriter.text(TURN, taped(body).ended(SENT + 900_000_000), Set.of(), ORIGIN);

        assertThat(sent(RecordingReader.read("r", text))).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"a\":1}\n', '{\"at\":500,\"line\":{\"a\":1}}'",
        "'{\"a\":1}', '{\"at\":500,\"line\":{\"a\":1},\"newline\":false}'",
        "'{\"cut', '{\"at\":500,\"raw\":\"{\\\"cut\",\"newline\":false}'",
        "'\n', '{\"at\":500,\"raw\":\"\"}'",
        "'{}\r\n', '{\"at\":500,\"raw\":\"{}\\r\"}'",
        "'\u00ff\n', '{\"at\":500,\"base64\":\"/w==\"}'",
    })
    void a_row_is_as_readable_as_its_line(String body, String row) {
        String text = RecordingWriter.text(TURN, taped(body).ended(SENT + 900_000_000), Set.of(), ORIGIN);

        assertThat(text.lines().skip(1)).containsExactly(row);
    }

    @Test
    void a_line_has_the_time_of_its_last_byte() {
        Tape tape = tape();
        tape.body(ascii("{\"a\":1}\n{\"b"), SENT + 402_500_000);
        tape.body(ascii("\":2}"), SENT + 500_000_000);
        tape.body(ascii("\n\ntail"), SENT + 655_000_999);
        Recording read = RecordingReader.read(
                "r", RecordingWriter.text(TURN, tape.ended(SENT + 1_000_000_000), Set.of(), ORIGIN));

        assertThat(read.headersNanos()).isEqualTo(100_000_000);
        assertThat(read.rows())
                .extracting(Recording.Row::atNanos)
                .as("cut to microseconds")
                .containsExactly(402_500_000L, 655_000_000L, 655_000_000L, 655_000_000L);
        assertThat(read.endNanos()).isEqualTo(1_000_000_000);
    }

    @Test
    void the_header_says_what_is_answered_and_where_it_came_from() {
        String text = RecordingWriter.text(
                TURN,
                taped("{}\n").ended(SENT + 900_000_000),
                Set.of(Placeholder.TURN, Placeholder.SESSION_ID),
                ORIGIN);

        Recording read = RecordingReader.read("r", text);
        assertThat(read.answers()).isEqualTo(TURN);
        assertThat(read.from()).isEqualTo(ORIGIN);
        assertThat(read.status()).isEqualTo(201);
        assertThat(text).contains("\"placeholders\":[\"sessionId\",\"turn\"]");
    }

    @Test
    void only_headers_of_the_list_are_kept() {
        String text = RecordingWriter.text(TURN, taped("{}\n").ended(SENT + 900_000_000), Set.of(), ORIGIN);

        assertThat(RecordingReader.read("r", text).headers())
                .isEqualTo(
                        Map.of("Content-Type", "application/json", "Grpc-Metadata-Content-Type", "application/grpc"));
        assertThat(text).doesNotContainIgnoringCase("cookie").doesNotContainIgnoringCase("secret");
    }

    @ParameterizedTest
    @CsvSource({"Connection reset, RESET", "'chunked transfer encoding, state: READING_LENGTH', CLOSE"})
    void how_it_broke_is_how_it_breaks_again(String message, Plan.Ending ending) {
        Take take =
                taped("{\"a\":1}\n{\"cut").broken(SENT + 900_000_000, new RuntimeException(new IOException(message)));
        Plan plan = RecordingReader.read("r", RecordingWriter.text(TURN, take, Set.of(), ORIGIN))
                .plan(NOBODY, 1, Chance.ONLY_WHAT_IS_CERTAIN);

        assertThat(bytes(plan)).isEqualTo("{\"a\":1}\n{\"cut");
        assertThat(plan.ending()).isEqualTo(ending);
        assertThat(plan.endNanos()).isEqualTo(900_000_000);
    }

    @Test
    void an_answer_that_nobody_waited_for_hangs_again() {
        Take take = taped("{\"a\":1}\n").silent(SENT + 900_000_000);
        Plan plan = RecordingReader.read("r", RecordingWriter.text(TURN, take, Set.of(), ORIGIN))
                .plan(NOBODY, 1, Chance.ONLY_WHAT_IS_CERTAIN);

        assertThat(bytes(plan)).isEqualTo("{\"a\":1}\n");
        assertThat(plan.endNanos()).isGreaterThan(60_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "health", "invoke_sync"})
    void a_unary_answer_without_a_body_has_a_row_nevertheless(String endpoint) {
        boolean turn = endpoint.equals("invoke_sync");
        Recording.Answers answers = new Recording.Answers(
                turn ? Endpoint.INVOKE_SYNC : Endpoint.INIT, turn ? "j" : null, turn ? 1 : 0, null, null);
        String text = RecordingWriter.text(answers, taped("").ended(SENT + 900_000_000), Set.of(), ORIGIN);

        assertThat(sent(RecordingReader.read("r", text))).isEmpty();
    }

    @Test
    void what_is_too_long_or_compressed_is_unfit() {
        Tape tooLong = tape();
        ByteBuffer megabyte = ByteBuffer.allocate(1 << 20);
        for (int i = 0; i <= Tape.BYTES_MAX >> 20; i++) {
            tooLong.body(megabyte.clear(), SENT + 200_000_000);
        }
        Tape zipped = new Tape(SENT);
        zipped.headers(response(Map.of("content-encoding", List.of("gzip"))), SENT + 1);

        assertThat(taped("{}\n").unfit()).isEmpty();
        assertThat(tooLong.unfit()).contains("longer");
        assertThat(zipped.unfit()).contains("gzip");
    }

    private static Tape taped(String body) {
        Tape tape = tape();
        tape.body(ByteBuffer.wrap(body.getBytes(ISO_8859_1)), SENT + 500_000_000);
        return tape;
    }

    private static Tape tape() {
        Tape tape = new Tape(SENT);
        tape.headers(
                response(Map.of(
                        "content-type", List.of("application/json"),
                        "grpc-metadata-content-type", List.of("application/grpc"),
                        "set-cookie", List.of("secret=1"),
                        "x-secret", List.of("secret"))),
                SENT + 100_000_000);
        return tape;
    }

    private static HttpResponse.ResponseInfo response(Map<String, List<String>> headers) {
        return new HttpResponse.ResponseInfo() {
            @Override
            public int statusCode() {
                return 201;
            }

            @Override
            public HttpHeaders headers() {
                return HttpHeaders.of(headers, (name, value) -> true);
            }

            @Override
            public HttpClient.Version version() {
                return HttpClient.Version.HTTP_1_1;
            }
        };
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private static String sent(Recording recording) {
        return bytes(recording.plan(NOBODY, 1, Chance.ONLY_WHAT_IS_CERTAIN));
    }

    private static String bytes(Plan plan) {
        List<String> texts = new ArrayList<>();
        plan.steps().forEach(step -> texts.add(new String(step.bytes(), ISO_8859_1)));
        return String.join("", texts);
    }
}
