package dev.firstline.contract;

import static dev.firstline.contract.Answers.event;
import static dev.firstline.contract.Answers.line;
import static dev.firstline.contract.Answers.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What concerns an answer as a whole, and what stands around its responses. */
final class AnswerCheckerTest {
    private static final String ERROR = "{'error':{'code':14,'message':'gone','details':[]}}\n";
    private static final String STATUS = "{'code':5,'message':'no session','details':[]}";
    private static final String VENDORS =
            "{'message':'no','type':'ERROR_TYPE_AUTHENTICATION','code':'ERROR_CODE_KEY','details':{}}";
    private static final String BARE = "'response':{'sessionId':'s-1','responseEvents':[]}";

    static Stream<Arguments> streams() {
        return Stream.of(
                invoke("a line", line("e-1")),
                invoke(
                        "blank lines and carriage returns",
                        "\r\n \t\n" + line("e-1").replace("\n", "\r\n") + "\n"),
                invoke("no line feed at the end", line("e-1").strip()),
                invoke("null beside", "{'result':" + response("e") + ",'error':null}\n"),
                invoke("nothing", "", "no-events 0 "),
                invoke("only blanks", "\n\n", "no-events 0 "),
                invoke("no events", "{'result':{" + BARE + "}}\n", "no-events 0 "),
                invoke("an error", ERROR),
                invoke("an error at the end", line("e-1") + ERROR.strip()),
                invoke("a bare error", line("e-1") + STATUS + "\n"),
                invoke("the vendor's error", VENDORS + "\n"),
                invoke("an error with a new field", "{'error':{'code':14,'why':1}}\n", "unknown-field 1 /error/why"),
                invoke("an error of a wrong type", "{'error':'boom'}\n", "wrong-type 1 /error"),
                invoke("a line after an error", ERROR + "\n" + line("e-1"), "after-error 3 "),
                invoke("two errors", ERROR + ERROR, "after-error 2 "),
                invoke("both", "{'result':" + response("e") + "," + ERROR.substring(1), "result-and-error 1 "),
                invoke("neither", "{'result':null,'error':null}\n", "no-envelope 1 "),
                invoke("something else", "{'foo':1}\n", "no-envelope 1 "),
                invoke("an empty object", "{}\n", "no-envelope 1 "),
                invoke("a bare response", response("e") + "\n", "envelope-drift 1 "),
                invoke(
                        "a bare response with a flaw",
                        "{'response':{'sessionId':7,'responseEvents':[{}]},'x':1,'result':null}\n",
                        "envelope-drift 1 ",
                        "wrong-type 1 /response/sessionId",
                        "empty-event 1 /response/responseEvents/0",
                        "unknown-field 1 /x"),
                invoke("a bare event", event("e") + "\n", "envelope-drift 1 "),
                invoke(
                        "a bare event with a flaw",
                        "{'session_close_event':{},'eventId':1}\n",
                        "envelope-drift 1 ",
                        "snake-case 1 /session_close_event",
                        "wrong-type 1 /eventId"),
                invoke("no response", "{'result':{}}\n" + line("e"), "no-session 1 /result"),
                invoke(
                        "no session",
                        "{'result':{'response':{'responseEvents':[" + event("e") + "]}}}\n",
                        "no-session 1 /result/response"),
                invoke("an empty session", line("e").replace("s-1", ""), "no-session 1 /result/response/sessionId"),
                invoke(
                        "a foreign session",
                        line("e-1") + line("e-2").replace("s-1", "s-2"),
                        "foreign-session 2 /result/response/sessionId"),
                invoke(
                        "a foreign session in snake_case",
                        line("e").replace("sessionId", "session_id").replace("s-1", "s-2"),
                        "snake-case 1 /result/response/session_id",
                        "foreign-session 1 /result/response/session_id"),
                invoke(
                        "an event twice",
                        line("e-1") + line("e-2") + line("e-1"),
                        "repeated-event-id 3 /result/response/responseEvents/0/eventId"),
                invoke("events without an id", line("") + line("")),
                invoke("two objects in a line", line("e-1").strip() + line("e-2"), "trailing-data 1 "),
                invoke("no JSON", "<html>\n" + line("e"), "not-json 1 "),
                invoke("a list", "[]\n" + line("e"), "not-json 1 "),
                invoke("one object over several lines", line("e-1").replace(":{", ":\n{"), "not-json 1 "),
                invoke(
                        "some lines that are no JSON",
                        "oops\nno\n" + line("e") + "'a'\n",
                        "not-json 1 ",
                        "not-json 2 ",
                        "not-json 4 "),
                invoke("a key twice", "{'result':" + response("e") + ",'result':{}}\n", "duplicate-key 1 /result"),
                invoke("cut off", line("e-1") + "{'result':{'resp", "truncated 0 "),
                invoke("no object, not ended", line("e-1") + "oops", "not-json 2 "));
    }

    static Stream<Arguments> others() {
        String closed = "{'result':{'response':{}}}";
        String pretty = "{\n  'result': {\n    'response': {}\n  }\n}";
        String opened = "{'response':{'sessionId':'s-1'}}";
        return Stream.of(
                close("a line", closed + "\n"),
                close("nothing", ""),
                close("with null", "{'result':{'response':{}},'error':null}"),
                close("two lines", closed + "\n" + closed + "\n"),
                close("pretty", pretty, "pretty-printed 0 "),
                close("pretty, blank lines first", "\n\n" + pretty + "\n", "pretty-printed 0 "),
                close(
                        "pretty, with a flaw",
                        pretty.replace("{}", "{\n'x': 1}"),
                        "pretty-printed 0 ",
                        "unknown-field 1 /result/response/x"),
                close("pretty, cut off", pretty.substring(0, 20), "truncated 0 "),
                close("pretty, and more", pretty + "\n{}", "pretty-printed 0 ", "trailing-data 1 "),
                close("no JSON and a line", "oops\n" + closed + "\noops\n", "not-json 1 "),
                close("a bare response", "{'response':{}}\n", "envelope-drift 1 "),
                close("an error", ERROR),
                close("a bare error over several lines", STATUS.replace(",", ",\n"), "pretty-printed 0 "),
                init("an object", opened),
                init("an object over several lines", opened.replace(":", ":\n")),
                init("an empty body", "", "no-envelope 0 "),
                init("no session", "{'response':{}}", "missing-field 1 /response"),
                init("an empty session", "{'response':{'sessionId':''}}", "missing-field 1 /response/sessionId"),
                init("a flat session", "{'response.sessionId':'s-1'}", "no-envelope 1 "),
                init("a result around it", "{'result':" + opened + "}", "envelope-drift 1 "),
                init("a status", STATUS),
                init("an enveloped error", ERROR),
                init("the vendor's error", VENDORS),
                init(
                        "both",
                        opened.substring(0, opened.length() - 1) + "," + ERROR.substring(1),
                        "result-and-error 1 "),
                init("twice", opened + "\n" + opened, "trailing-data 2 "),
                init("cut off", "{'response':{", "truncated 0 "),
                init("cut off in its second line", "{'response':\n{", "truncated 0 "),
                init("broken", "{'response':\n}\n", "not-json 1 "),
                init("a page", "<html>\n<body>\n</html>", "not-json 1 "),
                arguments(Endpoint.INVOKE_SYNC, "events", response("e")),
                arguments(Endpoint.INVOKE_SYNC, "no events", "{" + BARE + "}", "no-events 0 "),
                arguments(Endpoint.INVOKE_SYNC, "an error", STATUS),
                arguments(
                        Endpoint.INVOKE_SYNC,
                        "an event twice",
                        "{'response':{'sessionId':'s-1','responseEvents':[" + event("e") + "," + event("e") + "]}}",
                        "repeated-event-id 1 /response/responseEvents/1/eventId"),
                arguments(Endpoint.INVOKE_SYNC, "a result", "{'result':" + response("e") + "}", "envelope-drift 1 "),
                arguments(Endpoint.INVOKE_SYNC, "an event", event("e"), "no-envelope 1 "),
                arguments(Endpoint.HEALTH, "well", "{'response':{'healthy':true}}"),
                arguments(Endpoint.HEALTH, "absent", "{'response':{}}"),
                arguments(
                        Endpoint.HEALTH, "a text", "{'response':{'healthy':'yes'}}", "wrong-type 1 /response/healthy"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"streams", "others"})
    void an_answer_is_what_it_is(Endpoint endpoint, String name, String body, List<String> expected) {
        assertThat(Answers.told(endpoint, Answers.bytes(body), AnswerEnd.WHOLE))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_body_that_broke_off_is_truncated_once(Endpoint endpoint, String name, String body, List<String> expected) {
        List<String> told = Answers.told(endpoint, Answers.bytes(body), AnswerEnd.CUT);

        assertThat(told).filteredOn(finding -> finding.startsWith("truncated")).hasSize(1);
        assertThat(told).noneMatch(finding -> finding.startsWith("no-events"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, application/json, ",
        "200, Application/JSON;charset=UTF-8, ",
        "200, application/json; charset=\"utf-8\", ",
        "200, application/json; charset=latin1, wrong-media-type",
        "200, application/json; a=b; charset=, wrong-media-type",
        "200, application/x-ndjson, media-type-drift",
        "200, application/ndjson; charset=utf-8, media-type-drift",
        "200, application/jsonl, media-type-drift",
        "200, text/html, wrong-media-type",
        "200, '', wrong-media-type",
        "200, , media-type-drift",
        "201, application/json, wrong-status",
        "404, text/html, ",
        "302, , ",
    })
    void the_head_of_what_succeeds_is_checked(int status, @Nullable String contentType, @Nullable String rule) {
        List<String> told = new ArrayList<>();
        AnswerChecker checker =
                Answers.SHIPPED.answer(Endpoint.INVOKE, "s-1", (finding, line) -> told.add(Answers.told(finding)));

        checker.head(status, contentType);
        Answers.feed(checker, Answers.bytes(line("e-1") + line("e-2")));
        checker.end(AnswerEnd.WHOLE);

        assertThat(told).isEqualTo(rule == null ? List.of() : List.of(rule + " 0 "));
    }

    @Test
    void an_empty_answer_needs_no_media_type() {
        List<String> told = new ArrayList<>();
        AnswerChecker checker =
                Answers.SHIPPED.answer(Endpoint.CLOSE, "s-1", (finding, line) -> told.add(Answers.told(finding)));

        checker.head(200, null);
        Answers.feed(checker, Answers.bytes("\n"));
        checker.end(AnswerEnd.WHOLE);

        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'error':{'code':5,'message':'no session','details':[]}} |",
                "{'code':5,\\n'message':'no',\\n'details':[]} |",
                "{'code':5,'message':7} | wrong-type 1 /message",
                "<html>\\n<body> |",
                "{'anything':1} |",
                "`` |",
            })
    void of_what_does_not_succeed_only_errors_are_checked(@Nullable String body, @Nullable String finding) {
        List<String> told = new ArrayList<>();
        AnswerChecker checker =
                Answers.SHIPPED.answer(Endpoint.INVOKE, "s-1", (found, line) -> told.add(Answers.told(found)));

        checker.head(404, "application/json");
        Answers.feed(checker, Answers.bytes((body == null ? "" : body).replace("\\n", "\n")));
        checker.end(AnswerEnd.CUT);

        assertThat(told).isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5, 50, true",
        "5, 0, 5000, true",
        "4, 0, 5000, false",
        "5, 6, 5000, false",
        "5, 5, 49, false",
        "5, -1, 5000, false",
        "5, 5, -1, false",
    })
    void a_stream_that_came_at_its_end_was_buffered(int lines, long lastMillis, long totalMillis, boolean buffered) {
        StringBuilder body = new StringBuilder("\n");
        for (int i = 0; i < lines; i++) {
            body.append(line("e-" + i));
        }
        AnswerEnd end = new AnswerEnd(true, nanos(totalMillis), nanos(lastMillis));

        List<String> told = Answers.told(Endpoint.INVOKE, Answers.bytes(body.toString()), end);

        assertThat(told).isEqualTo(buffered ? List.of("buffered 0 ") : List.of());
    }

    @Test
    void what_is_found_in_a_line_comes_with_the_line_and_at_once() {
        List<@Nullable Line> offenders = new ArrayList<>();
        AnswerChecker checker = Answers.SHIPPED.answer(Endpoint.INVOKE, "s-1", (finding, line) -> offenders.add(line));

        Answers.feed(checker, Answers.bytes(line("e-1") + "oops\n"));

        assertThat(offenders).extracting(Line::text).containsExactly("oops");
        assertThat(checker.checked()).isEqualTo(2);
    }

    @Test
    void without_a_session_the_first_lines_session_counts() {
        List<String> told = new ArrayList<>();
        AnswerChecker checker =
                Answers.SHIPPED.answer(Endpoint.INVOKE, "", (finding, line) -> told.add(Answers.told(finding)));

        Answers.feed(
                checker,
                Answers.bytes(line("1").replace("s-1", "s-7") + line("2").replace("s-1", "s-7") + line("3")));

        assertThat(told).containsExactly("foreign-session 3 /result/response/sessionId");
    }

    @Test
    void a_line_that_is_too_long_ends_the_reading() {
        List<String> told = new ArrayList<>();
        AnswerChecker checker =
                Answers.SHIPPED.answer(Endpoint.INVOKE, "s-1", (finding, line) -> told.add(Answers.told(finding)));

        Answers.feed(checker, Answers.bytes(line("e-1")));
        checker.tooLong(2);
        checker.end(AnswerEnd.CUT);

        assertThat(told).containsExactly("line-too-long 2 ");
    }

    @Test
    void lines_that_are_held_are_counted_and_told_when_the_answer_is_over_or_left() {
        String pretty = "{\n'result':\n{'response':{}}}\n";
        List<String> told = new ArrayList<>();
        AnswerChecker ended =
                Answers.SHIPPED.answer(Endpoint.CLOSE, "s-1", (finding, line) -> told.add(Answers.told(finding)));
        Answers.feed(ended, Answers.bytes(pretty));
        assertThat(ended.checked()).isZero();
        assertThat(told).isEmpty();
        ended.end(AnswerEnd.WHOLE);
        assertThat(ended.checked()).isEqualTo(3);
        assertThat(told).containsExactly("pretty-printed 0 ");

        told.clear();
        AnswerChecker left =
                Answers.SHIPPED.answer(Endpoint.INVOKE, "s-1", (finding, line) -> told.add(Answers.told(finding)));
        Answers.feed(left, Answers.bytes("oops\n" + line("e-1") + "no\n"));
        left.left();
        assertThat(left.checked()).isEqualTo(3);
        assertThat(told).containsExactly("not-json 1 ", "not-json 3 ");
    }

    @Test
    void no_more_is_held_than_the_bound() {
        List<String> told = new ArrayList<>();
        AnswerChecker checker =
                Answers.SHIPPED.answer(Endpoint.CLOSE, "s-1", (finding, line) -> told.add(Answers.told(finding)));

        Answers.feed(checker, Answers.bytes("{\n" + (" ".repeat(99) + "1,\n").repeat(50_000)));

        assertThat(checker.checked()).isEqualTo(50_001);
        assertThat(told).containsExactly("not-json 1 ");
    }

    private static long nanos(long millis) {
        return millis < 0 ? AnswerEnd.UNKNOWN : 1_000_000 * millis;
    }

    private static Arguments invoke(String name, String body, String... findings) {
        return arguments(Endpoint.INVOKE, name, body, findings);
    }

    private static Arguments close(String name, String body, String... findings) {
        return arguments(Endpoint.CLOSE, name, body, findings);
    }

    private static Arguments init(String name, String body, String... findings) {
        return arguments(Endpoint.INIT, name, body, findings);
    }

    private static Arguments arguments(Endpoint endpoint, String name, String body, String... findings) {
        return Arguments.of(endpoint, name, body, List.of(findings));
    }
}
