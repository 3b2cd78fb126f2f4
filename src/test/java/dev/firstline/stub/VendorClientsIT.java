package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python programs of the vendor's documents, with nothing replaced but what a reader of them must replace. */
@RequiresClient(Client.PYTHON)
@FirstlineStub(speed = 0)
final class VendorClientsIT {
    private static final Path PROGRAMS = Path.of("src/test/clients");
    private static final String VENDOR = "https://api.connectly.ai";

    @TempDir
    private static Path folder;

    private static StubServer stub;

    @BeforeAll
    static void serves(StubServer server) {
        stub = server;
    }

    @Test
    void the_sofia_example_opens_asks_prints_and_closes() throws Exception {
        Ran ran = run("sofia.py", Map.of(VENDOR, stub.baseUrl().toString(), "YOUR_SOFIA_API_KEY", "a-key"));

        assertThat(ran.exitCode()).as(ran.said()).isZero();
        assertThat(ran.lines()).hasSize(3);
        assertThat(ran.lines().get(0))
                .startsWith("{'result': {'response': {'sessionId': '")
                .contains("'textContent': {'text': 'These two run light and stay under $100:'}");
        assertThat(ran.lines().get(1)).contains("'title': 'Trail 52 – água'", "'price': 89.5");
        assertThat(ran.lines().get(2)).contains("'chatSuggestionEvent'");
        assertThat(asked()).containsExactly("init", "invoke", "close");
        assertThat(stub.openSessions()).isZero();
    }

    /** Its session comes from nowhere, so as printed it can only be told so. It does not look at the status. */
    @Test
    void the_invoke_example_as_printed_prints_that_its_session_is_unknown() throws Exception {
        Ran ran = run("invoke-stream.py", Map.of(VENDOR, stub.baseUrl().toString(), "YOUR_API_KEY", "a-key"));

        assertThat(ran.exitCode()).as(ran.said()).isZero();
        assertThat(ran.said()).isEqualTo("{'error': {'code': 5, 'message': 'session not found', 'details': []}}\n");
        assertThat(asked()).containsExactly("invoke");
    }

    @Test
    void the_invoke_example_in_an_open_session_prints_the_answer() throws Exception {
        String session = initAs("your-business-id", "customer-123");
        Ran ran = run(
                "invoke-stream.py",
                Map.of(VENDOR, stub.baseUrl().toString(), "YOUR_API_KEY", "a-key", "your-session-id", session));

        assertThat(ran.exitCode()).as(ran.said()).isZero();
        assertThat(ran.lines()).hasSize(2);
        assertThat(ran.lines().get(0)).contains("'Of course. What is it about?'", "'sessionId': '" + session + "'");
        assertThat(stub.openSessions()).as("it closes nothing").isEqualTo(1);
    }

    /** It reads lines, so it prints what had come before it says what happened. */
    @Test
    void the_sofia_example_sees_a_broken_stream_break() throws Exception {
        new Customer(stub.baseUrl()).admin("PUT", "/fault", "stall;at=2;ms=300 | close;at=2");
        Ran ran = run("sofia.py", Map.of(VENDOR, stub.baseUrl().toString(), "YOUR_SOFIA_API_KEY", "a-key"));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.said()).contains("These two run light", "ChunkedEncodingError");
        assertThat(stub.openSessions()).as("it never came to closing").isEqualTo(1);
    }

    private record Ran(int exitCode, String said) {
        List<String> lines() {
            return said.lines().toList();
        }
    }

    /** @param replaced what stands in the program as the vendor printed it, and what stands there instead */
    private static Ran run(String program, Map<String, String> replaced) throws Exception {
        String text = Files.readString(PROGRAMS.resolve(program));
        for (Map.Entry<String, String> one : replaced.entrySet()) {
            assertThat(text).contains(one.getKey());
            text = text.replace(one.getKey(), one.getValue());
        }
        Process python = Client.PYTHON.start(
                Files.writeString(folder.resolve(program), text).toString());
        String said = new String(python.getInputStream().readAllBytes(), UTF_8);
        return new Ran(python.waitFor(), said);
    }

    private static String initAs(String business, String client) throws IOException {
        String body = "{\"businessId\":\"%s\",\"clientKey\":\"%s\"}".formatted(business, client);
        RawCall.Reply reply = new Customer(stub.baseUrl()).ask(Endpoint.INIT, body);
        return Customer.json(reply.body()).at("/response/sessionId").asText();
    }

    /** What the stub was asked in this test, the first first. */
    private static List<String> asked() throws IOException {
        List<String> asked = new ArrayList<>();
        for (JsonNode request : new Customer(stub.baseUrl()).journal().path("requests")) {
            String url = request.at("/request/url").asText();
            asked.add(url.substring(url.lastIndexOf('/') + 1));
        }
        Collections.reverse(asked);
        return asked;
    }
}
