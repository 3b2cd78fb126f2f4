package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.stub.Plan.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordingReaderTest {
    private static final String HEADER = """
            {"recording":1,"answers":{"endpoint":"invoke","journey":"j","turn":1,"text":"Hi"},"status":200,\
            "headers":{"Content-Type":"application/json"},"headersAt":100,"endAt":900.5,"placeholders":["sessionId"],\
            "from":{"source":"written by hand","date":"2026-11-20"}}
            """;
    private static final Placeholder.Values VALUES = new Placeholder.Values(
            "b", "say \"hi\"", "s-1", "Zoë says \"hi\"", 2, Instant.parse("2026-11-20T10:00:00.123456Z"));

    @Test
    void a_line_is_replayed_as_it_is_written() {
        Plan plan = plan("{\"at\":402.5,\"line\": {\"b\": 1.0, \"a\":1e3,\"t\":\"\\u003c – 😀\"} }\n");

        assertThat(texts(plan)).containsExactly("{\"b\": 1.0, \"a\":1e3,\"t\":\"\\u003c – 😀\"}\n");
        assertThat(plan.dueNanos(0)).isEqualTo(402_500_000);
        assertThat(plan.endNanos()).isEqualTo(900_500_000);
        assertThat(plan.headersNanos()).isEqualTo(100_000_000);
    }

    @Test
    void only_declared_placeholders_are_filled_in() {
        assertThat(texts(plan(
                        "{\"at\":400,\"line\":{\"s\":\"{{sessionId}}/{{sessionId}}\",\"t\":\"{{turn}} {{x}} {{\"}}")))
                .containsExactly("{\"s\":\"s-1/s-1\",\"t\":\"{{turn}} {{x}} {{\"}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "clientKey, 'say \\\"hi\\\"'",
        "businessId, b",
        "sessionId, s-1",
        "text, 'Zoë says \\\"hi\\\"'",
        "turn, 2",
        "now, 2026-11-20T10:00:00.123Z"
    })
    void each_placeholder_has_its_value(String name, String value) {
        String text =
                (HEADER + "{\"at\":400,\"raw\":\"{{" + name + "}}\"}").replace("[\"sessionId\"]", "[\"" + name + "\"]");

        assertThat(texts(RecordingReader.read("r", text).plan(VALUES, 1, Chance.ONLY_WHAT_IS_CERTAIN)))
                .containsExactly(value + "\n");
    }

    @Test
    void raw_text_keep_alives_and_pieces_of_lines_are_rows_too() {
        Plan plan = plan("""
                # a comment

                {"at":400,"raw":""}
                {"at":500,"raw":"{\\"broken\\": tr"}
                {"at":500,"raw":"{\\"cut","newline":false}
                """);

        assertThat(texts(plan)).containsExactly("\n", "{\"broken\": tr\n", "{\"cut");
    }

    @Test
    void a_fault_row_strikes_at_its_own_time() {
        Plan plan = plan("{\"at\":400,\"line\":{}}\n{\"at\":700,\"fault\":\"reset\"}\n");

        assertThat(texts(plan)).containsExactly("{}\n");
        assertThat(plan.endNanos()).isEqualTo(700_000_000);
        assertThat(plan.ending()).isEqualTo(Ending.RESET);
    }

    @Test
    void a_fault_can_stand_beside_the_line_that_it_spoils() {
        Plan plan = plan("{\"at\":400,\"line\":{\"a\":1},\"fault\":\"truncate\"}\n{\"at\":700,\"line\":{}}\n");

        assertThat(texts(plan)).containsExactly("{\"a\"");
        assertThat(plan.ending()).isEqualTo(Ending.CLOSE);
    }

    @ParameterizedTest
    @CsvSource({"1, 402.5", "2, 201.25", "0.5, 805", "0, 0"})
    void speed_divides_every_time(double speed, double dueMillis) {
        Recording recording = RecordingReader.read("r", HEADER + "{\"at\":402.5,\"line\":{}}");

        assertThat(recording.plan(VALUES, speed, Chance.ONLY_WHAT_IS_CERTAIN).dueNanos(0))
                .isEqualTo(Math.round(dueMillis * 1e6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"at\":50,\"line\":{}}|\"at\" between",
                "{\"at\":901,\"line\":{}}|\"at\" between",
                "{\"at\":\"400\",\"line\":{}}|\"at\" in milliseconds",
                "{\"line\":{}}|\"at\" in milliseconds",
                "{\"at\":400}|one of",
                "{\"at\":400,\"line\":{},\"raw\":\"\"}|one of",
                "{\"at\":400,\"raw\":\"\",\"base64\":\"\"}|one of",
                "{\"at\":400,\"base64\":\"%\"}|bytes in base64",
                "{\"at\":400,\"line\":{},\"lien\":1}|a member of",
                "{\"at\":400,\"line\":{\"a\":1,\"a\":2}}|one JSON object",
                "{\"at\":400,\"line\":{}} {}|one JSON object",
                "{\"at\":400,\"line\":{}|one JSON object",
                "[400]|a JSON object",
                "{\"at\":400,\"fault\":\"explode\"}|a fault: stall, late, hang",
                "{\"at\":400,\"fault\":\"reset;at=2\"}|its own row",
                "{\"at\":400,\"fault\":\"reset;ms=2\"}|a value that reset knows",
            })
    void a_bad_row_is_named_with_its_line(String row, String expected) {
        assertThatThrownBy(() -> RecordingReader.read("greeting/turn-1.ndjson", HEADER + "\n" + row))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("greeting/turn-1.ndjson:3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"recording\":1|\"recording\":2",
                "\"endpoint\":\"invoke\"|\"endpoint\":\"call\"",
                "\"turn\":1|\"turn\":0",
                "\"turn\":1|\"tern\":1",
                "\"status\":200|\"status\":\"ok\"",
                "\"endAt\":900.5|\"endAt\":9",
                "\"sessionId\"|\"sessionID\"",
                "\"source\"|\"origin\"",
            })
    void a_bad_header_is_named_with_its_line(String right, String wrong) {
        assertThatThrownBy(() -> RecordingReader.read("r.ndjson", HEADER.replace(right, wrong)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("r.ndjson:1");
    }

    @Test
    void an_empty_file_is_no_recording() {
        assertThatThrownBy(() -> RecordingReader.read("r.ndjson", "# nothing\n"))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("a header row");
    }

    private static Plan plan(String rows) {
        return RecordingReader.read("r", HEADER + rows).plan(VALUES, 1, Chance.ONLY_WHAT_IS_CERTAIN);
    }

    private static List<String> texts(Plan plan) {
        return plan.steps().stream()
                .map(step -> new String(step.bytes(), StandardCharsets.UTF_8))
                .toList();
    }
}
