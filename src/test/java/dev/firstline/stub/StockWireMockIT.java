package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recordings, played by WireMock's own program out of WireMock's own jar, with ours beside it. */
final class StockWireMockIT {
    @TempDir
    private Path root;

    @BeforeEach
    void copy() throws IOException {
        StubsCopy.into(root);
    }

    @Test
    void a_conversation_is_played_and_its_session_seen() throws Exception {
        try (StockProcess wireMock = StockProcess.start(root, "-Dfirstline.stub.speed=0")) {
            Customer customer = new Customer(wireMock.baseUrl());
            String session = customer.init();

            assertThat(customer.ask(Endpoint.INVOKE, Customer.says(session, "Oi!"))
                            .body())
                    .contains("greeting-1-1", session);
            assertThat(sessions(customer).get(0).path("session_id").asText()).isEqualTo(session);
            assertThat(customer.ask(Endpoint.CLOSE, Customer.inSession(session)).body())
                    .isEqualTo("{\"result\":{\"response\":{}}}\n");
            assertThat(sessions(customer)).isEmpty();
            assertThat(customer.admin("GET", "", "").path("lines_sent").asInt()).isEqualTo(4);
            assertThat(customer.admin("GET", "", "").path("open_sessions").asInt())
                    .isZero();
        }
    }

    @Test
    void lines_leave_in_their_time_also_to_clients_that_accept_gzip() throws Exception {
        try (StockProcess wireMock = StockProcess.start(root)) {
            Customer customer = new Customer(wireMock.baseUrl());

            RawCall.Reply asRecorded = customer.ask(
                    Endpoint.INVOKE,
                    Customer.says(customer.init(), "I need billing"),
                    "Accept-Encoding",
                    "gzip, deflate");
            RawCall.Reply atOnce = customer.ask(
                    Endpoint.INVOKE, Customer.says(customer.init(), "I need billing"), Order.SPEED.header(), "0");

            assertThat(asRecorded.chunkNanos()).as("three lines and the end").hasSize(4);
            assertThat(asRecorded.head()).doesNotContain("gzip");
            assertThat(atOnce.chunkNanos())
                    .as("three lines together, and the end")
                    .hasSize(2);
            assertThat(atOnce.lines()).hasSameSizeAs(asRecorded.lines());
        }
    }

    @Test
    void a_line_is_there_while_the_next_never_comes() throws Exception {
        try (StockProcess wireMock =
                StockProcess.start(root, "-Dfirstline.stub.speed=0", "-Dfirstline.stub.fault=hang;at=2")) {
            Customer customer = new Customer(wireMock.baseUrl());
            HttpRequest request = HttpRequest.newBuilder(wireMock.baseUrl().resolve(Endpoint.INVOKE.path()))
                    .header("x-api-key", "test")
                    .POST(HttpRequest.BodyPublishers.ofString(Customer.says(customer.init(), "Oi!")))
                    .build();

            HttpResponse<InputStream> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
                assertThat(lines.readLine()).contains("greeting-1-1");
                assertThat(customer.admin("GET", "", "").path("active_streams").asInt())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void a_connection_is_reset_in_mid_stream_which_wiremock_itself_cannot() throws Exception {
        try (StockProcess wireMock = StockProcess.start(root, "-Dfirstline.stub.speed=0")) {
            Customer customer = new Customer(wireMock.baseUrl());

            RawCall.Reply reply = customer.ask(
                    Endpoint.INVOKE,
                    Customer.says(customer.init(), "I need billing"),
                    Order.FAULT.header(),
                    "stall;at=2;ms=200 | reset;at=2");

            assertThat(reply.lines()).hasSize(1);
            assertThat(reply.ending()).isEqualTo(RawCall.Ending.RESET);
        }
    }

    @Test
    void wiremocks_own_resets_forget_sessions() throws Exception {
        try (StockProcess wireMock = StockProcess.start(root)) {
            Customer customer = new Customer(wireMock.baseUrl());
            for (String reset : new String[] {"/__admin/mappings/reset", "/__admin/reset"}) {
                customer.init();
                assertThat(sessions(customer)).hasSize(1);

                post(wireMock, reset);

                assertThat(sessions(customer)).as(reset).isEmpty();
            }
            assertThat(customer.init()).as("it still serves").isNotEmpty();
        }
    }

    @Test
    void a_users_own_mapping_wins_beside_ours() throws Exception {
        Files.writeString(root.resolve("mappings/mine.json"), """
                {"request":{"method":"POST","urlPath":"/external/v1/ai/agent_graph/health"},
                 "response":{"status":200,"jsonBody":{"response":{"healthy":false}}}}
                """);
        try (StockProcess wireMock = StockProcess.start(root)) {
            Customer customer = new Customer(wireMock.baseUrl());

            assertThat(customer.ask(Endpoint.HEALTH, "{}").body()).contains("false");
            assertThat(customer.init()).isNotEmpty();
        }
    }

    @Test
    void its_journal_answers_wiremocks_questions_and_does_not_grow_without_end() throws Exception {
        try (StockProcess wireMock = StockProcess.start(root)) {
            Customer customer = new Customer(wireMock.baseUrl());
            for (int i = 0; i < StubOptions.JOURNAL + 2 * JournalTrim.EVERY; i++) {
                customer.ask(Endpoint.HEALTH, "{\"businessId\":\"b\",\"clientKey\":\"c-%d\"}".formatted(i));
            }

            JsonNode requests = customer.journal().path("requests");

            assertThat(requests).hasSizeBetween(StubOptions.JOURNAL, StubOptions.JOURNAL + JournalTrim.EVERY);
            assertThat(requests.get(0).at("/request/body").asText()).contains("c-1399");
        }
    }

    @Test
    void a_root_without_recordings_stays_an_ordinary_wiremocks_and_that_is_said(@TempDir Path ordinary)
            throws Exception {
        Files.createDirectories(ordinary.resolve("__files/recordings"));
        Files.writeString(ordinary.resolve("__files/recordings/not-ours.ndjson"), "{\"a\":1}\n");
        Files.createDirectories(ordinary.resolve("mappings"));
        Files.writeString(
                ordinary.resolve("mappings/mine.json"),
                "{\"request\":{\"url\":\"/mine\"},\"response\":{\"body\":\"mine\"}}");
        try (StockProcess wireMock = StockProcess.start(ordinary, "-Dfirstline.stub.speed=nonsense")) {
            assertThat(post(wireMock, "/mine").body()).isEqualTo("mine");
            assertThat(post(wireMock, AdminPages.PATH + "/reset").status()).isEqualTo(404);
            assertThat(wireMock.said())
                    .contains("Firstline is on the class path but stays out of this")
                    .doesNotContain("paced-server");
        }
    }

    @Test
    void what_is_wrong_ends_its_start_with_a_message_and_no_stack_trace() throws Exception {
        assertThat(StockProcess.ended(root, "-Dfirstline.stub.speedd=2"))
                .contains("firstline.stub.speedd", "try write -Dfirstline.stub.speed")
                .doesNotContain("\tat ");
        assertThat(StockProcess.ended(root, "-Dfirstline.stub.fault=trunkate"))
                .contains("trunkate")
                .doesNotContain("\tat ");

        StubsCopy.tell(root, "\"speed\":\"quick\"");
        assertThat(StockProcess.ended(root)).contains("quick").doesNotContain("\tat ");

        Path bad = root.resolve(Recordings.FOLDER).resolve("greeting/turn-2.ndjson");
        Files.writeString(bad, Files.readString(bad) + "{\"at\":1}\n");
        assertThat(StockProcess.ended(root))
                .contains("greeting/turn-2.ndjson:5")
                .doesNotContain("\tat ");
    }

    @Test
    void junit_is_not_among_the_libraries_beside_the_jar() throws Exception {
        try (Stream<Path> libraries = Files.list(StockProcess.ourJar().resolveSibling("lib"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("wiremock-standalone"))
                    .noneMatch(name -> name.contains("junit"));
        }
    }

    private static JsonNode sessions(Customer customer) throws IOException {
        return customer.admin("GET", "/sessions", "").path("sessions");
    }

    private static RawCall.Reply post(StockProcess wireMock, String path) throws IOException {
        try (RawCall call = new RawCall(wireMock.baseUrl())) {
            return call.post(path, "", Map.of()).read();
        }
    }
}
