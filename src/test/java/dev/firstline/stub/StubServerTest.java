package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StubServerTest {
    private static final String BARE = "\\{\"code\":%d,\"message\":\".*\",\"details\":\\[]}";
    private static final String ENVELOPED = "\\{\"error\":" + BARE + "}\n";
    private static final String WELCOME =
            "{\"messageEvent\":{\"role\":\"ASSISTANT\",\"content\":{\"textContent\":{\"text\":\"Welcome!\"}}}}";
    private static final String[] AT_ONCE = {Order.SPEED.header(), "0"};

    private StubServer stub;
    private Customer customer;

    @BeforeAll
    void start() {
        stub = StubServer.start(StubOptions.defaults());
        customer = new Customer(stub.baseUrl());
    }

    @AfterAll
    void stop() {
        stub.close();
    }

    @Test
    void lines_arrive_one_by_one_in_order_and_not_before_they_are_due() throws IOException {
        RawCall.Reply reply = customer.ask(Endpoint.INVOKE, Customer.says(customer.init(), "I need billing"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.head()).contains("Content-Type: application/json", "Transfer-Encoding: chunked");
        assertThat(reply.lines()).hasSize(3).allMatch(line -> line.endsWith("\n"));
        assertThat(reply.ending()).isEqualTo(RawCall.Ending.CLEAN);
        long[] dueMicros = {463_000, 655_500, 1_021_000, 1_029_400};
        assertThat(reply.chunkNanos()).hasSize(dueMicros.length);
        for (int i = 0; i < dueMicros.length; i++) {
            assertThat(reply.chunkNanos().get(i) / 1_000).isBetween(dueMicros[i], dueMicros[i] + 5_000_000);
        }
    }

    @Test
    void a_client_that_accepts_gzip_still_gets_lines_as_they_fall_due() throws IOException {
        RawCall.Reply reply = customer.ask(
                Endpoint.INVOKE, Customer.says(customer.init(), "Oi!"), "Accept-Encoding", "gzip, deflate");

        assertThat(reply.head()).doesNotContain("gzip");
        assertThat(reply.lines()).hasSize(2);
        assertThat(reply.chunkNanos()).hasSize(3);
        assertThat(reply.body()).contains("Oi, Zoë! 👋 Que bom");
    }

    @Test
    void lines_that_are_due_together_share_a_flush() throws IOException {
        RawCall.Reply reply = customer.ask(Endpoint.INVOKE, Customer.says(customer.init(), "I need billing"), AT_ONCE);

        assertThat(reply.lines()).hasSize(3);
        assertThat(reply.chunkNanos()).as("one with three lines, and the last").hasSize(2);
    }

    @Test
    void unary_answers_have_their_length_and_no_newline() throws IOException {
        RawCall.Reply reply =
                customer.ask(Endpoint.HEALTH, "{\"business_id\":\"b\",\"client_key\":\"c\",\"sessionId\":null}");

        assertThat(reply.body()).isEqualTo("{\"response\":{\"healthy\":true}}");
        assertThat(reply.head()).contains("Content-Length: 29");
    }

    @Test
    void a_conversation_is_played_turn_by_turn_to_its_close() throws IOException {
        String session = customer.init();
        String first = customer.ask(Endpoint.INVOKE, Customer.says(session, "where is my order 1001? "), AT_ONCE)
                .body();
        RawCall.Reply second = customer.ask(Endpoint.INVOKE_SYNC, Customer.says(session, "Thanks, bye"), AT_ONCE);
        RawCall.Reply close = customer.ask(Endpoint.CLOSE, Customer.inSession(session));
        RawCall.Reply after = customer.ask(Endpoint.INVOKE, Customer.says(session, "Oi!"));

        assertThat(first).contains("orderStatusHandoverEvent").contains("\"sessionId\":\"" + session + "\"");
        assertThat(second.body())
                .startsWith("{\"response\":{\"sessionId\":\"" + session)
                .endsWith("}");
        assertThat(second.head()).contains("Content-Length: ");
        assertThat(close.body()).isEqualTo("{\"result\":{\"response\":{}}}\n");
        assertThat(after.status()).isEqualTo(400);
        assertThat(after.body()).matches(ENVELOPED.formatted(9));
    }

    @Test
    void snake_case_requests_are_understood() throws IOException {
        String body = """
                {"business_id":"b","client_key":"c","session_id":"%s","input_events":[%s,\
                {"message_event":{"role":"USER",\
                "content":{"text_content":{"text":"Oi!"}}}}]} trailing""".formatted(customer.init(), WELCOME);

        assertThat(customer.ask(Endpoint.INVOKE, body, AT_ONCE).body()).contains("greeting-1-1");
    }

    @Test
    void a_header_binds_a_session_to_a_journey_whatever_is_said() throws IOException {
        String session = customer.init();

        assertThat(customer.ask(
                                Endpoint.INVOKE,
                                Customer.says(session, "anything"),
                                Order.JOURNEY.header(),
                                "sofia",
                                Order.SPEED.header(),
                                "0")
                        .body())
                .contains("sofia-1-1");
        assertThat(customer.ask(Endpoint.INVOKE, Customer.says(session, "and more"), AT_ONCE)
                        .body())
                .contains("sofia-2-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Show me a festive dress|A festive dress for my wife, under $100?\\\" (product-search)",
                "xyz|close: ",
            })
    void an_input_that_nothing_answers_is_told_what_was_close(String text, String close) throws IOException {
        RawCall.Reply reply = customer.ask(Endpoint.INVOKE, Customer.says(customer.init(), text));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).matches(BARE.formatted(5)).contains(close);
    }

    @Test
    void a_turn_too_many_is_told_which_there_are() throws IOException {
        String session = customer.init();
        customer.ask(Endpoint.INVOKE, Customer.says(session, "Where is my order 1001?"), AT_ONCE);

        assertThat(customer.ask(Endpoint.INVOKE, Customer.says(session, "Thanks, bye"))
                        .body())
                .matches(BARE.formatted(5))
                .contains("turn 2 of order-status; close: turn 1 (invoke), turn 2 (invoke_sync)");
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void without_a_key_nothing_is_answered(Endpoint endpoint) throws IOException {
        RawCall.Reply reply = customer.ask(endpoint, "{}", "x-api-key", "");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.head()).contains("WWW-Authenticate: ");
        assertThat(reply.body()).matches((endpoint.streamed() ? ENVELOPED : BARE).formatted(16));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "init        | 3 | {}",
                "init        | 3 | {\"businessId\":\"b\",\"clientKey\":\"\"}",
                "init        | 3 | {\"businessId\":\"b\",\"clientKey\":null}",
                "health      | 3 | ''",
                "invoke      | 3 | {\"businessId\":\"b\",\"clientKey\":\"c\",\"inputEvents\":[{}]}",
                "invoke      | 3 | {\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"s\",\"inputEvents\":[]}",
                "invoke      | 3 | {\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"s\",\"inputEvents\":null}",
                "invoke      | 5 | {\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"s\",\"inputEvents\":[{}]}",
                "invoke_sync | 5 | {\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"s\",\"inputEvents\":[{}]}",
                "close       | 3 | {\"businessId\":\"b\",\"clientKey\":\"c\"}",
                "close       | 5 | {\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"s\"}",
            })
    void the_service_refuses_in_the_shape_of_its_endpoint(String name, int code, String body) throws IOException {
        Endpoint endpoint = Endpoint.valueOf(name.toUpperCase(Locale.ROOT));
        RawCall.Reply reply = customer.ask(endpoint, body);

        assertThat(reply.status()).isEqualTo(GrpcCode.http(code));
        assertThat(reply.body()).matches((endpoint.streamed() ? ENVELOPED : BARE).formatted(code));
        assertThat(reply.head().contains("chunked")).isEqualTo(endpoint.streamed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"businessId\":",
                "[]",
                "{\"businessId\":12}",
                "{\"businessId\":\"b\",\"business_id\":\"b\"}",
                "{\"businessId\":\"b\",\"businessId\":\"b\"}",
                "{\"inputEvents\":{}}",
                "{\"inputEvents\":[null]}",
                "{\"inputEvents\":[{\"storeEvent\":{},\"messageEvent\":{}}]}",
                "{\"inputEvents\":[{\"messageEvent\":{\"content\":{\"textContent\":\"plain\"}}}]}",
            })
    void the_gateway_refuses_what_is_not_the_message_before_any_service_is_asked(String body) throws IOException {
        for (Endpoint endpoint : List.of(Endpoint.INIT, Endpoint.INVOKE)) {
            RawCall.Reply reply = customer.ask(endpoint, body);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).matches(BARE.formatted(3));
        }
    }

    @Test
    void a_null_sibling_of_an_event_is_no_event() throws IOException {
        String body = Customer.says(customer.init(), "Oi!")
                .replace("{\"messageEvent\"", "{\"storeEvent\":null,\"messageEvent\"");

        assertThat(customer.ask(Endpoint.INVOKE, body, AT_ONCE).status()).isEqualTo(200);
    }

    @Test
    void another_clients_session_is_not_ones_own() throws IOException {
        String body = Customer.says(customer.init(), "Oi!").replace("\"c\"", "\"d\"");
        RawCall.Reply reply = customer.ask(Endpoint.INVOKE, body);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).matches(ENVELOPED.formatted(7));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /external/v1/ai/agent_graph/invoke, 501, 12",
        "GET, /, 404, 5",
        "POST, /external/v1/ai/agent_graph/invoke/, 404, 5",
        "POST, /external/v1/ai/agent_graph/invokes, 404, 5",
    })
    void the_gateway_routes_as_it_does(String method, String path, int status, int code) throws IOException {
        try (RawCall call = new RawCall(stub.baseUrl())) {
            RawCall.Reply reply = call.request(method, path, "", Map.of()).read();

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).matches(BARE.formatted(code));
            assertThat(reply.head()).contains("Content-Length: ");
        }
    }

    @Test
    void two_hundred_streams_are_open_at_once_on_few_threads() throws IOException {
        List<RawCall> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(customer.begin(
                    Endpoint.INVOKE, Customer.says(customer.init(), "I need billing"), Order.SPEED.header(), "0.4"));
        }
        long threads = Thread.getAllStackTraces().size();
        int open = customer.admin("GET", "", "").path("active_streams").asInt();
        for (RawCall call : calls) {
            try (call) {
                RawCall.Reply reply = call.read();
                assertThat(reply.lines()).hasSize(3);
                assertThat(reply.ending()).isEqualTo(RawCall.Ending.CLEAN);
            }
        }

        assertThat(open).isGreaterThan(100);
        assertThat(threads).isLessThan(80);
    }

    @Test
    void the_admin_page_lists_open_sessions_and_resets_them() throws IOException {
        try (StubServer other = StubServer.start(StubOptions.defaults().withSpeed(0))) {
            Customer one = new Customer(other.baseUrl());
            String session = one.init();
            one.ask(Endpoint.INVOKE, Customer.says(session, "Oi!"));

            JsonNode listed = one.admin("GET", "/sessions", "").path("sessions");
            assertThat(listed).hasSize(1);
            assertThat(listed.get(0).path("session_id").asText()).isEqualTo(session);
            assertThat(listed.get(0).path("business_id").asText()).isEqualTo("b");
            assertThat(listed.get(0).path("client_key").asText()).isEqualTo("c");
            assertThat(listed.get(0).path("journey").asText()).isEqualTo("greeting");
            assertThat(listed.get(0).path("turn").asInt()).isEqualTo(1);
            assertThat(one.admin("GET", "", "").path("lines_sent").asInt()).isEqualTo(3);
            assertThat(other.lag().lines()).isEqualTo(3);

            assertThat(one.admin("POST", "/lag/reset", "").path("open_sessions").asInt())
                    .isEqualTo(1);
            assertThat(other.lag()).isEqualTo(new StubLag(0, 0, 0, 0));
            assertThat(one.admin("POST", "/reset", "").path("open_sessions").asInt())
                    .isZero();

            one.ask(Endpoint.INVOKE, Customer.says(one.init(), "Oi!"));
            try (RawCall call = new RawCall(other.baseUrl())) {
                assertThat(call.post("/__admin/reset", "", Map.of()).read().status())
                        .isEqualTo(200);
            }
            assertThat(one.admin("GET", "", "").path("open_sessions").asInt()).isZero();
            assertThat(one.admin("GET", "", "").path("lines_sent").asInt()).isZero();
        }
    }

    @Test
    void a_folder_of_the_users_own_is_an_ordinary_wiremock_root(@TempDir Path root) throws IOException {
        StubsCopy.into(root);
        Files.writeString(root.resolve("mappings/mine.json"), """
                {"request":{"method":"POST","urlPath":"/external/v1/ai/agent_graph/health"},
                 "response":{"status":200,"jsonBody":{"response":{"healthy":false}}}}
                """);
        try (StubServer other = StubServer.start(StubOptions.defaults().withRoot(root))) {
            Customer one = new Customer(other.baseUrl());

            assertThat(one.ask(Endpoint.HEALTH, "{}").body()).contains("false");
            assertThat(one.init()).isNotEmpty();
        }
    }

    @Test
    void a_bad_recording_is_named_before_anything_is_served(@TempDir Path root) throws IOException {
        StubsCopy.into(root);
        Path bad = root.resolve(Recordings.FOLDER).resolve("greeting/turn-2.ndjson");
        Files.writeString(bad, Files.readString(bad) + "{\"at\":1}\n");

        assertThatThrownBy(() -> StubServer.start(StubOptions.defaults().withRoot(root)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("greeting/turn-2.ndjson:5");
    }

    @Test
    void files_that_are_not_what_they_should_be_are_named(@TempDir Path root) throws IOException {
        StubsCopy.into(root);
        Path mapping = Files.writeString(root.resolve("mappings/mine.json"), "{");
        assertThatThrownBy(() -> StubServer.start(StubOptions.defaults().withRoot(root)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("mine.json");
        Files.delete(mapping);
        Files.write(
                root.resolve(Recordings.FOLDER).resolve("greeting/turn-2.ndjson"), new byte[] {'{', (byte) 0xC3, '('});

        assertThatThrownBy(() -> StubServer.start(StubOptions.defaults().withRoot(root)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("UTF-8")
                .hasMessageContaining("greeting/turn-2.ndjson");
    }

    @Test
    void two_recordings_of_one_request_are_refused(@TempDir Path root) throws IOException {
        StubsCopy.into(root);
        Path folder = root.resolve(Recordings.FOLDER);
        Files.copy(folder.resolve("greeting/turn-1.ndjson"), folder.resolve("greeting/turn-1b.ndjson"));

        assertThatThrownBy(() -> StubServer.start(StubOptions.defaults().withRoot(root)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("turn-1b.ndjson")
                .hasMessageContaining("one recording for a request");
    }

    @ParameterizedTest
    @CsvSource({"mappings, a mapping with the transformer", "__files, a folder __files/recordings"})
    void a_root_that_lacks_a_part_is_refused(String part, String expected, @TempDir Path root) throws IOException {
        StubsCopy.into(root);
        Files.move(root.resolve(part), root.resolve("elsewhere"));

        assertThatThrownBy(() -> StubServer.start(StubOptions.defaults().withRoot(root)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(expected);
    }

    @Test
    void a_port_in_use_is_misuse() {
        assertThatThrownBy(() -> StubServer.start(
                        StubOptions.defaults().withPort(stub.baseUrl().getPort())))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("a port that is free");
    }
}
