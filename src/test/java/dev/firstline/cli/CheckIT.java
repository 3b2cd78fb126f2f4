package dev.firstline.cli;

import static dev.firstline.cli.Checks.EVENT;
import static dev.firstline.cli.Checks.GOOD;
import static dev.firstline.cli.Checks.line;
import static dev.firstline.cli.Checks.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code firstline check} from the jar, as a user meets it. */
final class CheckIT {
    private final Checks checks;

    CheckIT(@TempDir Path folder) {
        checks = new Checks(folder);
    }

    /** The six that the project is judged by, in one call. */
    @Test
    void each_break_has_its_rule_at_its_place() throws Exception {
        checks.write("boolean", GOOD + line("s-1", "{'agentHandoverEvent':{'triggerHandover':'yes'}}"));
        checks.write("kinds", GOOD + line("s-1", "{'locationQueryHandoverEvent':{'triggerHandover':true}," + close()));
        checks.write("spellings", GOOD + line("s-1", "{'messageEvent':" + text() + ",'message_event':" + text() + "}"));
        checks.write("session", GOOD + line("s-2", "{" + close()));
        checks.write("field", GOOD + line("s-1", "{'storeHandoverEvent':{'storeId':'7','floor':2}}"));
        checks.write("event", GOOD + line("s-1", "{'holidayEvent':{'name':'Natal'}}"));

        Jar.Ended ended = checks.check("--format json boolean kinds spellings session field event");

        assertThat(told(ended.out()))
                .containsExactly(
                        "boolean 1 ok",
                        "boolean 2 violation wrong-type " + EVENT + "/agentHandoverEvent/triggerHandover",
                        "kinds 1 ok",
                        "kinds 2 violation two-kinds " + EVENT,
                        "spellings 1 ok",
                        "spellings 2 violation both-spellings " + EVENT + "/message_event",
                        "session 1 ok",
                        "session 2 violation foreign-session /result/response/sessionId",
                        "field 1 ok",
                        "field 2 drift unknown-field " + EVENT + "/storeHandoverEvent/floor",
                        "event 1 ok",
                        "event 2 drift unknown-event " + EVENT + "/holidayEvent");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void people_are_told_in_words() throws Exception {
        checks.write("answer.ndjson", GOOD + "\n" + line("s-1", "{'agentHandoverEvent':{'triggerHandover':'yes'}}"));

        Jar.Ended ended = checks.check("answer.ndjson");

        assertThat(ended.out())
                .startsWith(
                        "answer.ndjson:3  violation  wrong-type  " + EVENT + "/agentHandoverEvent/triggerHandover\n")
                .containsPattern("(?m)^    promised  .*true or false")
                .containsPattern("(?m)^    saw       .*\"yes\"")
                .contains("\"agentHandoverEvent\":{\"triggerHandover\":\"yes\"}")
                .containsPattern("(?m)^    see       events/agent-handover-event.schema.json#/.*")
                .endsWith("\nFAIL  2 lines, 1 violation (wrong-type 1), 0 drifts\n");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void a_hundred_findings_are_shown_and_all_are_counted() throws Exception {
        checks.write("answer", line("s-1", "{'holidayEvent':{}}").repeat(1_234));

        Jar.Ended ended = checks.check("answer");

        assertThat(ended.out().lines().filter(line -> line.startsWith("answer:")))
                .hasSize(100);
        assertThat(ended.out())
                .contains("and 1,134 more findings; --format json tells all of them\n")
                .endsWith("PASS  1,234 lines, 0 violations, 1,234 drifts (unknown-event 1,234)\n");
        assertThat(ended.code()).isZero();
    }

    @Test
    void every_recording_of_the_stub_passes() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--strict"));
        try (Stream<Path> files = Files.walk(Path.of("stubs"))) {
            files.filter(file -> file.toString().endsWith(".ndjson"))
                    .map(file -> file.toAbsolutePath().toString())
                    .forEach(arguments::add);
        }

        Jar.Ended ended = checks.check(String.join(" ", arguments));

        assertThat(arguments).hasSizeGreaterThan(18);
        assertThat(ended.out()).startsWith("PASS  " + (arguments.size() - 1) + " files, ");
        assertThat(ended.code()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            drift               | 0 | PASS
            --strict drift      | 1 | FAIL
            violation           | 1 | FAIL
            drift violation     | 1 | FAIL  2 files
            empty               | 0 | no-events
            --strict empty      | 1 | no-events
            --lines empty       | 3 | NO VERDICT
            --lines many        | 0 | PASS  3 lines
            many                | 1 | after-error
            --session s-1 many  | 1 | foreign-session
            --endpoint close empty | 0 | PASS
            """)
    void the_exit_code_is_the_verdict(String arguments, int code, String said) throws Exception {
        checks.write("drift", line("s-1", "{'holidayEvent':{}}"));
        checks.write("violation", line("s-1", "{'agentHandoverEvent':{'triggerHandover':1}}"));
        checks.write("empty", "");
        checks.write(
                "many", GOOD + "{'error':{'code':14,'message':'gone','details':[]}}\n" + GOOD.replace("s-1", "s-2"));

        Jar.Ended ended = checks.check(arguments);

        assertThat(ended.out()).contains(said);
        assertThat(ended.code()).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --lines                            | FILE
            no-such-file                       | no-such-file
            good no-such-file                  | no-such-file
            .                                  | a folder
            --endpoint frobnicate good         | frobnicate
            --format xml good                  | xml
            --contracts no-such-folder good    | no-such-folder
            --lines --session s-1 good         | --session
            --endpoint request --session s good | --session
            --no-such-option good              | --no-such-option
            broken-recording                   | broken-recording:2
            not-packed.gz                      | not-packed.gz
            """)
    void a_misuse_is_told_in_words(String arguments, String said) throws Exception {
        checks.write("good", GOOD);
        checks.write(
                "broken-recording",
                Files.readString(Path.of("stubs/__files/recordings/close.ndjson"))
                        .replace("\"line\"", "\"lime\""));
        checks.write("not-packed.gz", GOOD);

        Jar.Ended ended = checks.check(arguments);

        assertThat(ended.err()).contains(said).doesNotContain("\tat ", "Exception");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void standard_input_is_read_too() throws Exception {
        checks.write("answer", GOOD);

        Jar.Ended ended = checks.end(checks.process(checks.command(List.of(), List.of("-")))
                .redirectInput(checks.file("answer").toFile()));

        assertThat(ended.out()).isEqualTo("PASS  1 line, 0 violations, 0 drifts\n");
    }

    @Test
    void what_a_server_sends_commands_no_terminal_and_floods_no_log() throws Exception {
        String evil = "\\u001b[2J\\u202e";
        checks.write("evil", line("s-1", "{'agentHandoverEvent':{'" + evil + "x".repeat(40_000) + "':1}}"));

        for (String format : List.of("text", "json")) {
            Jar.Ended ended = checks.check("--format " + format + " evil");

            assertThat(ended.out()).containsIgnoringCase("\\u001b").hasSizeBetween(100, 10_000);
            assertThat(ended.out().replace("\n", "").chars().filter(Character::isISOControl))
                    .isEmpty();
            assertThat(ended.out()).doesNotContain("\u202e");
        }
    }

    @Test
    void it_ends_quietly_when_its_reader_goes() throws Exception {
        checks.write("many", GOOD.repeat(100_000));
        String command = String.join(" ", checks.command(List.of(), List.of("--lines", "--format", "json", "many")));

        Jar.Ended ended =
                checks.end(checks.process(List.of("sh", "-c", "{ " + command + "; echo $? > code; } | head -1")));

        assertThat(ended.out()).isEqualTo("{\"line\":1,\"result\":\"ok\",\"findings\":[]}\n");
        assertThat(ended.err()).isEmpty();
        assertThat(Jar.text(checks.file("code")).strip()).isEqualTo("141");
    }

    /** Each line is another session's, so that nothing but the reading itself could grow. */
    @Test
    void two_hundred_megabytes_fit_through_a_small_heap() throws Exception {
        int lines = 200_000;
        Process check = checks.process(checks.command(List.of("-Xmx64m"), List.of("--lines", "-")))
                .start();
        try (OutputStream input = check.getOutputStream()) {
            String padding = "x".repeat(900);
            for (int i = 0; i < lines; i++) {
                input.write(line("s-" + i, "{'storeHandoverEvent':{'storeId':'" + padding + "'}}")
                        .getBytes(UTF_8));
            }
        }
        Jar.Ended ended = checks.end(check);

        assertThat(ended.out()).isEqualTo("PASS  200,000 lines, 0 violations, 0 drifts\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void a_line_that_needs_more_memory_than_there_is_is_told_in_words() throws Exception {
        checks.write("flat", line("s-1", "{},".repeat(2_000_000) + "{}"));

        Jar.Ended ended = checks.end(checks.process(checks.command(List.of("-Xmx64m"), List.of("flat"))));

        assertThat(ended.err()).contains("flat", "64 MiB", "-Xmx2g").doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(2);
    }

    private static String text() {
        return "{'role':'ASSISTANT','content':{'textContent':{'text':'Oi'}}}";
    }

    /** The end of an event that closes the session. */
    private static String close() {
        return "'sessionCloseEvent':{}}";
    }
}
