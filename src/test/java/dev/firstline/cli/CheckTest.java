package dev.firstline.cli;

import static dev.firstline.cli.Checks.EVENT;
import static dev.firstline.cli.Checks.GOOD;
import static dev.firstline.cli.Checks.line;
import static dev.firstline.cli.Checks.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.stats.FakeClock;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.LineDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read, and which line is blamed. That what is said of it is right, the tests of {@code contract} show. */
final class CheckTest {
    private static final Contracts CONTRACTS = Contracts.load(ContractFiles.shipped());
    private static final String GREETING = "stubs/__files/recordings/greeting/turn-1.ndjson";

    private final Checks checks;

    CheckTest(@TempDir Path folder) {
        checks = new Checks(folder);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            invoke      | {'result':{'response':{'sessionId':'s'}}} | 1 ok, 0 drift no-events
            close       | {'result':{'response':{}}} | 1 ok
            init        | {'response':{'sessionId':'s'}} | 1 ok
            init        | {'response':{'sessionId':''}} | 1 violation missing-field /response/sessionId
            health      | {'response':{'healthy':true}} | 1 ok
            health      | {'response':{'healthy':'true'}} | 1 violation wrong-type /response/healthy
            invoke_sync | {'response':{'sessionId':'s','responseEvents':[]}} | 1 ok, 0 drift no-events
            invoke_sync | {'response':{'sessionId':'s','responseEvents':[{'sessionCloseEvent':1}]}} \
            | 1 violation wrong-type /response/responseEvents/0/sessionCloseEvent
            request     | {'businessId':'b','clientKey':'c'} | 1 ok
            request     | {'businessId':'b','clientKey':'c','sessionId':'s'} | 1 ok
            request     | {'businessId':'b','clientKey':'c','mood':1} | 1 violation unknown-request-field /mood
            request     | {'businessId':'b','clientKey':'c','sessionId':''} | 1 violation missing-field /sessionId
            request     | {'businessId':'b','clientKey':'c','session_id':'s','input_events':[]} \
            | 1 violation missing-field /input_events
            request     | | 0 violation not-json
            """)
    void every_endpoint_has_its_own_contract(String endpoint, @Nullable String body, String said) throws Exception {
        checks.write("body", body == null ? "" : body);
        @Nullable
        Endpoint answers = endpoint.equals("request") ? null : Endpoint.valueOf(endpoint.toUpperCase(Locale.ROOT));

        assertThat(check(answers, "", false, "body")).containsExactly(said.split(", "));
        if (!said.contains("no-events") && body != null) {
            checks.write("bodies", body + "\n\n" + body);
            assertThat(check(answers, "", true, "bodies")).containsExactly(said, "2 ok", said.replaceFirst("1", "3"));
        }
    }

    @Test
    void a_body_of_several_lines_is_judged_at_its_first_one() throws Exception {
        checks.write("init", "\n{'response':\n  {'sessionId':7}\n}\n");
        checks.write("request", "\n{'businessId':'b',\n 'clientKey':7}\n");
        checks.write("close", "\n{'result':\n{'response':{}}}\n");

        assertThat(check(Endpoint.INIT, "", false, "init"))
                .containsExactly("1 ok", "2 violation wrong-type /response/sessionId", "3 ok", "4 ok");
        assertThat(check(null, "", false, "request"))
                .containsExactly("1 ok", "2 violation wrong-type /clientKey", "3 ok");
        assertThat(check(Endpoint.CLOSE, "", false, "close"))
                .containsExactly("1 ok", "2 ok", "3 ok", "0 drift pretty-printed");
    }

    @Test
    void line_by_line_nobody_asks_what_came_before() throws Exception {
        String error = "{'error':{'code':14,'message':'gone','details':[]}}\n".replace('\'', '"');
        checks.write("many", GOOD + error + GOOD + line("s-2", "") + line("s-3", "{'holidayEvent':{}}"));

        assertThat(check(Endpoint.INVOKE, "", true, "many"))
                .containsExactly("1 ok", "2 ok", "3 ok", "4 ok", "5 drift unknown-event " + EVENT + "/holidayEvent");
        assertThat(check(Endpoint.INVOKE, "", false, "many").toString())
                .contains("after-error", "foreign-session", "repeated-event-id");
    }

    @Test
    void the_session_that_was_asked_can_be_named() throws Exception {
        checks.write("answer", GOOD);

        assertThat(check(Endpoint.INVOKE, "s-1", false, "answer")).containsExactly("1 ok");
        assertThat(check(Endpoint.INVOKE, "s-2", false, "answer"))
                .containsExactly("1 violation foreign-session /result/response/sessionId");
    }

    @Test
    void a_recording_is_judged_as_it_would_be_sent() throws Exception {
        String recording = Files.readString(Path.of(GREETING));
        checks.write("good", recording);
        checks.write("mistyped", recording.replaceFirst("\\{\"text\":\"Oi, [^\"]*\"}", "{\"text\":7}"));
        checks.write("other-session", recording.replaceFirst("(?s)(.*)\\{\\{sessionId}}", "$1s-2"));
        checks.write("reset", recording.replaceFirst("\"at\":688,", "\"at\":688,\"fault\":\"reset\","));
        checks.write("page", recording.replaceFirst("application/json", "text/html"));
        checks.write("init", Files.readString(Path.of("stubs/__files/recordings/init.ndjson")));

        assertThat(check(Endpoint.CLOSE, "", false, "good", "mistyped", "other-session", "reset", "page", "init"))
                .contains(
                        "good 3 ok",
                        "mistyped 1 ok",
                        "mistyped 2 violation wrong-type " + EVENT + "/messageEvent/content/textContent/text",
                        "mistyped 3 ok",
                        "other-session 3 violation foreign-session /result/response/sessionId",
                        "reset 3 ok",
                        "reset 0 violation truncated",
                        "page 0 violation wrong-media-type",
                        "init 2 ok");
        assertThat(check(Endpoint.CLOSE, "", true, "mistyped", "reset", "init"))
                .contains("mistyped 2 violation wrong-type " + EVENT + "/messageEvent/content/textContent/text")
                .contains("reset 2 ok", "reset 3 ok", "init 2 ok")
                .hasSize(8);
    }

    @Test
    void bytes_are_taken_as_they_come() throws Exception {
        byte[] notUtf8 = GOOD.getBytes(UTF_8);
        notUtf8[GOOD.indexOf("e-1")] = (byte) 0xC3;
        Files.write(checks.file("not-utf8"), notUtf8);
        checks.write("crlf", (GOOD + "\n" + GOOD.replace("e-1", "e-2")).replace("\n", "\r\n"));
        checks.write("no-line-feed", GOOD.strip());
        checks.write("half-a-line", GOOD + "{'result':{'resp");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(checks.file("packed.gz")))) {
            packed.write(GOOD.getBytes(UTF_8));
        }

        assertThat(check(Endpoint.INVOKE, "", false, "not-utf8", "crlf", "no-line-feed", "packed.gz", "half-a-line"))
                .containsSequence("not-utf8 1 violation not-utf8", "crlf 1 ok", "crlf 2 ok", "crlf 3 ok")
                .containsSequence("no-line-feed 1 ok", "packed.gz 1 ok", "half-a-line 1 ok")
                .last()
                .asString()
                .startsWith("half-a-line ")
                .contains(" violation truncated");
    }

    @Test
    void a_line_that_is_too_long_is_passed_over() throws Exception {
        String tooLong = "{'result':'" + "x".repeat(LineDecoder.LINE_BYTES_MAX) + "'}\n";
        checks.write("answer", GOOD + tooLong + line("s-2", "{'sessionCloseEvent':{}}"));
        checks.write("request", tooLong);

        assertThat(check(Endpoint.INVOKE, "", false, "answer"))
                .containsExactly(
                        "1 ok", "2 violation line-too-long", "3 violation foreign-session /result/response/sessionId");
        assertThat(check(null, "", false, "request")).contains("1 violation line-too-long");
    }

    private List<String> check(@Nullable Endpoint endpoint, String session, boolean eachLine, String... files)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        FindingsOutput output = new JsonFindings(out, files.length > 1);
        Check check = new Check(CONTRACTS, endpoint, session, eachLine, output, new Findings(output));
        for (String file : files) {
            try (CheckInput input = CheckInput.open(checks.file(file).toString())) {
                check.read(input, new Progress(new PrintStream(progress, true, UTF_8), () -> true, new FakeClock()));
            }
        }
        output.flush();
        assertThat(progress.size()).isZero();
        return told(out.toString(UTF_8).replace(checks.file("").toString() + "/", ""));
    }
}
