package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.firstline.SmallServer;
import dev.firstline.stats.Clock;
import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Between a client of our own making and a real stub, or a server that says what it was asked. */
final class RecordingProxyTest {
    private static final String TARGETS_KEY = "the-key-of-the-target";
    private static final String FIRST = Recordings.FOLDER + "/shop/turn-1.ndjson";

    @TempDir
    private Path root;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    @Test
    void a_conversation_passes_unchanged_and_replays_as_it_was() throws Exception {
        StubServer target = stub(StubOptions.defaults().withSpeed(10));
        RecordingProxy proxy = proxy(target.baseUrl());
        Customer direct = new Customer(target.baseUrl());
        Customer proxied = new Customer(proxy.baseUrl());

        assertThat(plain(talk(proxied))).isEqualTo(plain(talk(direct)));
        proxy.close();
        assertThat(said).hasSize(4).allMatch(line -> line.startsWith("recorded "));
        assertThat(said.get(1)).startsWith("recorded invoke as turn 1 of shop: 3 lines, the first after ");
        assertThat(proxy.openSessions()).isZero();

        Customer replayed = new Customer(
                stub(StubOptions.defaults().withRoot(root).withSpeed(10)).baseUrl());
        assertThat(plain(talk(replayed))).isEqualTo(plain(talk(direct)));
        assertThat(Files.readString(root.resolve(FIRST)))
                .contains("\"text\":\"Where is my order 1001?\"", "{{sessionId}}", "\"source\":\"there\"");
    }

    @Test
    void a_line_is_passed_on_before_the_next_one_is_there() throws Exception {
        StubServer target = stub(StubOptions.defaults().withSpeed(0).withFault("hang;at=2"));
        RecordingProxy proxy = proxy(target.baseUrl());
        String session = new Customer(proxy.baseUrl()).init();
        HttpRequest ask = HttpRequest.newBuilder(proxy.baseUrl().resolve(Endpoint.INVOKE.path()))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(Customer.says(session, "Oi!")))
                .build();

        HttpResponse<InputStream> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(ask, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
            assertThat(lines.readLine()).contains("greeting-1-1");
            assertThat(new Customer(target.baseUrl())
                            .admin("GET", "", "")
                            .path("active_streams")
                            .asInt())
                    .as("the target has not ended")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reset;at=2, RESET, '\"fault\":\"reset\"'",
        "close;at=2, CLOSED, '\"fault\":\"close\"'",
        "truncate;at=2, CLOSED, '\"newline\":false'",
        "truncate-clean;at=2, CLEAN, '\"newline\":false'",
    })
    void what_breaks_at_the_target_breaks_at_the_client(String fault, RawCall.Ending ending, String row)
            throws Exception {
        StubServer target = stub(StubOptions.defaults().withSpeed(10).withFault(fault));
        RecordingProxy proxy = proxy(target.baseUrl());
        Customer customer = new Customer(proxy.baseUrl());

        RawCall.Reply reply = customer.ask(Endpoint.INVOKE, Customer.says(customer.init(), "Oi!"));
        proxy.close();

        assertThat(reply.ending()).isEqualTo(ending);
        assertThat(Files.readString(root.resolve(FIRST))).contains(row);
    }

    @Test
    void a_target_that_is_not_there_is_the_gateways_error_and_no_recording() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        RecordingProxy proxy = proxy(URI.create("http://127.0.0.1:" + nobody));

        RawCall.Reply reply = new Customer(proxy.baseUrl()).ask(Endpoint.INVOKE, Customer.says("s", "Oi!"));
        proxy.close();

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).contains("\"code\":14");
        assertThat(said).singleElement().asString().contains("invoke is not recorded: no answer");
        assertThat(root).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"the-clients-own-key, the-clients-own-key", "'', " + TARGETS_KEY})
    void the_clients_key_goes_with_its_requests_or_else_the_targets(String sent, String seen) throws Exception {
        RecordingProxy proxy = proxy(echo(headers -> "\"" + headers.getFirst("x-api-key") + "\""));

        RawCall.Reply reply = new Customer(proxy.baseUrl())
                .ask(Endpoint.INVOKE, Customer.says("session-1", "Oi!"), "x-api-key", sent);
        proxy.close();

        assertThat(reply.body()).contains(seen);
        assertThat(Files.readString(root.resolve(FIRST)))
                .contains("\"endpoint\":\"invoke\"")
                .doesNotContain(seen);
    }

    @Test
    void a_page_in_a_browser_does_not_get_the_targets_key() throws Exception {
        RecordingProxy proxy = proxy(echo(headers -> "\"" + headers.getFirst("x-api-key") + "\""));

        assertThat(new Customer(proxy.baseUrl())
                        .ask(Endpoint.HEALTH, "{}", "x-api-key", "", "Origin", "https://contracts.invalid")
                        .body())
                .isEqualTo("{\"echo\":\"null\"}\n");
    }

    @Test
    void a_recording_that_still_holds_the_clients_key_is_refused() throws Exception {
        RecordingProxy proxy = proxy(echo(headers -> "\""
                + Base64.getEncoder().encodeToString(("me:" + headers.getFirst("x-api-key")).getBytes(UTF_8))
                + "\""));

        new Customer(proxy.baseUrl())
                .ask(Endpoint.INVOKE, Customer.says("session-1", "Oi!"), "x-api-key", "the-clients-own-key");
        proxy.close();

        assertThat(said).singleElement().asString().contains("not recorded", "the key, in base64");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void requests_arrive_as_they_were_but_for_what_is_the_connections() throws Exception {
        RecordingProxy proxy =
                proxy(echo(headers -> "\"" + headers.keySet().stream().sorted().toList() + "\""));

        RawCall.Reply reply = new Customer(proxy.baseUrl())
                .ask(
                        Endpoint.INVOKE,
                        Customer.says("session-1", "Oi!"),
                        "X-Trace",
                        "1",
                        "Accept-Encoding",
                        "gzip",
                        "Proxy-Authorization",
                        "mine");

        assertThat(reply.body()).contains("X-trace", "X-api-key").doesNotContain("Accept-encoding", "Proxy-");
    }

    @ParameterizedTest
    @CsvSource({
        "//contracts.invalid/x, 400",
        "/x|y?a=[b], 400",
        // Whatever the Host header says: RawCall's says "stub", which is the name in the next one.
        "http://contracts.invalid/x, 400",
        "http://stub/x, 200",
    })
    void whatever_is_asked_for_no_other_host_is_asked(String path, int status) throws Exception {
        RecordingProxy proxy = proxy(echo(headers -> "\"" + headers.getFirst("Host") + "\""));

        try (RawCall call = new RawCall(proxy.baseUrl())) {
            RawCall.Reply reply = call.request("GET", path, "", Map.of()).read();
            assertThat(reply.status()).isEqualTo(status);
            if (status == 200) {
                assertThat(reply.body()).contains("127.0.0.1:");
            }
        }
    }

    @Test
    void compressed_answers_pass_but_are_not_recorded() throws Exception {
        HttpServer server = server();
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write(new byte[] {1, 2, 3});
            exchange.close();
        });
        RecordingProxy proxy = proxy(address(server));

        RawCall.Reply reply = new Customer(proxy.baseUrl()).ask(Endpoint.INVOKE, Customer.says("session-1", "Oi!"));
        proxy.close();

        assertThat(reply.body()).isEqualTo("\u0001\u0002\u0003");
        assertThat(said).singleElement().asString().contains("compressed (gzip)");
    }

    @Test
    void the_targets_caps_hold_for_whoever_comes_through() throws Exception {
        StubServer target = stub(StubOptions.defaults().withSpeed(0));
        RecordingProxy proxy = proxy(target.baseUrl(), 1_000_000, 1);
        Customer customer = new Customer(proxy.baseUrl());
        String init = "{\"businessId\":\"b\",\"clientKey\":\"c\"}";
        String session = customer.init();

        assertThat(customer.ask(Endpoint.INIT, init).status()).isEqualTo(429);
        customer.ask(Endpoint.CLOSE, Customer.inSession(session));
        assertThat(customer.ask(Endpoint.INIT, init).status()).isEqualTo(200);

        Customer other = new Customer(proxy(target.baseUrl(), 0.001, 100).baseUrl());
        assertThat(other.ask(Endpoint.INIT, init).status()).isEqualTo(200);
        assertThat(other.ask(Endpoint.INIT, init).body()).contains("\"code\":8", "more than 0.001 times a second");
    }

    /**
     * By its length the end would be seen before it is passed on, and the next request be recorded before this answer.
     */
    @Test
    void no_answer_tells_its_length_before_it_is_recorded() throws Exception {
        StubServer target = stub(StubOptions.defaults().withSpeed(0));
        String init = "{\"businessId\":\"b\",\"clientKey\":\"c\"}";
        RawCall.Reply direct = new Customer(target.baseUrl()).ask(Endpoint.INIT, init);
        RawCall.Reply proxied = new Customer(proxy(target.baseUrl()).baseUrl()).ask(Endpoint.INIT, init);

        assertThat(direct.head()).contains("Content-Length");
        assertThat(proxied.head()).doesNotContainIgnoringCase("content-length");
        assertThat(proxied.ending()).isEqualTo(RawCall.Ending.CLEAN);
    }

    @Test
    void sessions_that_begin_alike_can_all_be_served() throws Exception {
        StubServer target = stub(StubOptions.defaults().withSpeed(0));
        RecordingProxy proxy = proxy(target.baseUrl());
        Customer customer = new Customer(proxy.baseUrl());
        talk(customer);
        talk(customer);
        proxy.close();

        Customer replayed = new Customer(
                stub(StubOptions.defaults().withRoot(root).withSpeed(0)).baseUrl());
        assertThat(plain(talk(replayed))).isEqualTo(plain(talk(new Customer(target.baseUrl()))));
        assertThat(replayed.ask(
                                Endpoint.INVOKE,
                                Customer.says(replayed.init(), "whatever"),
                                Order.JOURNEY.header(),
                                "shop-2")
                        .body())
                .contains("order-status-1-1");
    }

    @Test
    void after_a_turn_that_is_not_recorded_no_other_takes_its_place() throws Exception {
        StubServer target = stub(StubOptions.defaults().withSpeed(0));
        RecordingProxy proxy = proxy(target.baseUrl());
        Customer customer = new Customer(proxy.baseUrl());
        String session = customer.init();
        String says = Customer.says(session, "Oi!");
        customer.ask(Endpoint.INVOKE, says, Order.RECORDING.header(), "greeting/turn-1");
        customer.ask(Endpoint.INVOKE, says, Order.RECORDING.header(), "greeting/turn-2", Order.FAULT.header(), "gzip");
        customer.ask(Endpoint.INVOKE, says, Order.RECORDING.header(), "greeting/turn-2");
        proxy.close();

        assertThat(said).last().asString().contains("not recorded from here on: shop", "compressed");
        assertThat(root.resolve("__files/recordings/shop")).isDirectoryContaining("glob:**/turn-1.ndjson");
        assertThat(root.resolve("__files/recordings/shop")).isDirectoryNotContaining("glob:**/turn-2.ndjson");
    }

    @Test
    void a_client_that_leaves_in_silence_is_let_go_at_the_target_too() throws Exception {
        StubServer target = stub(StubOptions.defaults().withSpeed(0));
        Customer customer = new Customer(proxy(target.baseUrl()).baseUrl());
        RawCall call = customer.begin(
                Endpoint.INVOKE, Customer.says(customer.init(), "Oi!"), Order.FAULT.header(), "hang;at=2;ms=600000");
        assertThat(call.readChunk()).contains("greeting-1-1");
        call.close();

        Customer direct = new Customer(target.baseUrl());
        long startNanos = System.nanoTime();
        while (direct.admin("GET", "", "").path("active_streams").asInt() > 0) {
            assertThat(System.nanoTime() - startNanos)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
        }
    }

    private static List<String> talk(Customer customer) throws IOException {
        List<String> bodies = new ArrayList<>();
        String session = customer.init();
        bodies.add(customer.ask(Endpoint.INVOKE, Customer.says(session, "Where is my order 1001?"))
                .body());
        bodies.add(customer.ask(Endpoint.INVOKE_SYNC, Customer.says(session, "Thanks, bye"))
                .body());
        bodies.add(customer.ask(Endpoint.CLOSE, Customer.inSession(session)).body());
        return bodies;
    }

    private static List<String> plain(List<String> bodies) {
        return bodies.stream()
                .map(body -> body.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{{sessionId}}")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "{{now}}"))
                .toList();
    }

    /** A server that answers every request with a line made of its headers. */
    private URI echo(Function<Headers, String> answer) throws IOException {
        HttpServer server = server();
        server.createContext("/", exchange -> {
            byte[] body = ("{\"echo\":" + answer.apply(exchange.getRequestHeaders()) + "}\n").getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return address(server);
    }

    private HttpServer server() throws IOException {
        HttpServer server = SmallServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.start();
        opened.add(() -> server.stop(0));
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private StubServer stub(StubOptions options) {
        StubServer stub = StubServer.start(options);
        opened.add(stub);
        return stub;
    }

    private RecordingProxy proxy(URI upstream) {
        return proxy(upstream, 1_000_000, 1_000);
    }

    private RecordingProxy proxy(URI upstream, double perSecond, int openSessions) {
        Redaction redaction = Redaction.of(List.of(), List.of());
        RecordedStubs stubs = new RecordedStubs(root, redaction, "there", Clock.system());
        RecordingProxy proxy = RecordingProxy.start(
                new ProxyOptions(0, upstream, TARGETS_KEY, "shop", perSecond, openSessions, Duration.ofHours(1), 0),
                stubs,
                redaction,
                said::add);
        opened.add(proxy);
        return proxy;
    }
}
