package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordedAnswerTest {
    private static final String HEADER = """
            {"recording":1,"answers":{"endpoint":"invoke","journey":"j","turn":1,"text":"Hi"},"status":200,\
            "headers":{"content-type":"application/json"},"headersAt":0,"endAt":900,"placeholders":["sessionId"],\
            "from":{"source":"written by hand","date":"2026-11-20"}}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"recording":1,"answers":{}}             | true
            ' { "recording" : 1, "cut'               | true
            '# why\n\n{"recording":1}\n{"at":1}'     | true
            {"result":{"response":{}}}               | false
            {"note":"recording"}                     | false
            '# only a comment'                       | false
            ''                                       | false
            """)
    void a_recording_is_known_by_its_first_row(String beginning, boolean isOne) {
        assertThat(RecordedAnswer.isOne(beginning.replace("\\n", "\n"))).isEqualTo(isOne);
    }

    @Test
    void its_lines_are_what_a_client_gets_and_have_the_numbers_of_their_rows() {
        RecordedAnswer answer = RecordedAnswer.read("r", "# why\n" + HEADER + """
                {"at":1,"line":{"s":"{{sessionId}}"}}
                # a pause
                {"at":2,"raw":""}
                {"at":3,"raw":"{\\"in two","newline":false}
                {"at":4,"raw":" pieces\\":1}"}
                {"at":5,"line":{"last":1},"newline":false}
                """, "s-1");

        assertThat(lines(answer))
                .containsExactly("3 {\"s\":\"s-1\"}", "5 ", "6 {\"in two pieces\":1}", "8 {\"last\":1} cut");
        assertThat(answer.endpoint()).isEqualTo(Endpoint.INVOKE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.whole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reset               | false | 200 | 3 {"a":1}
            truncate-clean      | true  | 200 | 3 {"a":1},4 {"b" cut
            error;message=gone  | true  | 200 | '3 {"a":1},4 {"error":{"code":14,"message":"gone","details":[]}}'
            status;message=gone | true  | 503 | '3 {"code":14,"message":"gone","details":[]} cut'
            """)
    void a_fault_strikes_it(String fault, boolean whole, int status, String lines) {
        RecordedAnswer answer = RecordedAnswer.read("r", "\n" + HEADER + """
                {"at":1,"line":{"a":1}}
                {"at":2,"line":{"b":2},"fault":"FAULT"}
                {"at":3,"line":{"c":3}}
                """.replace("FAULT", fault), "s-1");

        assertThat(String.join(",", lines(answer)).replaceAll(",(\\d) \\{\"c\":3}", ""))
                .isEqualTo(lines);
        assertThat(answer.whole()).isEqualTo(whole);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void a_recording_that_is_none_is_refused_with_its_line() {
        assertThatThrownBy(() -> RecordedAnswer.read("r", HEADER + "{\"at\":1}", "s"))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("r:2");
    }

    private static List<String> lines(RecordedAnswer answer) {
        List<String> lines = new ArrayList<>();
        answer.lines(line -> lines.add(line.number() + " " + line.text() + (line.terminated() ? "" : " cut")));
        return lines;
    }
}
