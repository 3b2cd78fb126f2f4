package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stub.Orders.Order;
import dev.firstline.stub.RawCall.Ending;
import dev.firstline.stub.RawCall.Reply;
import dev.firstline.wire.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What networks, proxies and gateways do to a stream, as it arrives. The turn that is spoilt has three lines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StubStreamFaultsTest {
    private static final String ASKED = "I need billing";

    private StubServer stub;
    private Customer customer;
    private String whole;

    @BeforeAll
    void start() throws IOException {
        stub = StubServer.start(StubOptions.defaults().withSpeed(0));
        customer = new Customer(stub.baseUrl());
        whole = unnamed(invoke(""));
    }

    @AfterAll
    void stop() {
        stub.close();
    }

    @Test
    void a_split_line_comes_byte_by_byte_and_is_whole() throws IOException {
        Reply reply = invoke("split;at=1");

        assertThat(unnamed(reply)).isEqualTo(whole);
        assertThat(reply.chunkNanos()).as("a chunk a byte, and the last").hasSize(bytes(reply.body()) + 1);
    }

    @Test
    void pieces_are_as_large_as_one_says_from_that_line_on() throws IOException {
        Reply reply = invoke("split;at=2;bytes=100");
        int pieces = reply.lines().stream()
                .skip(1)
                .mapToInt(line -> (bytes(line) + 99) / 100)
                .sum();

        assertThat(unnamed(reply)).isEqualTo(whole);
        assertThat(reply.chunkNanos())
                .as("the first line may share the first piece's chunk")
                .hasSizeBetween(pieces + 1, pieces + 2);
    }

    @Test
    void a_drip_takes_its_time_between_pieces() throws IOException {
        Reply reply = invoke("drip;at=3;bytes=50;ms=40");
        int pieces = (bytes(reply.lines().get(2)) + 49) / 50;

        assertThat(unnamed(reply)).isEqualTo(whole);
        assertThat(reply.chunkNanos().get(reply.chunkNanos().size() - 1))
                .isGreaterThanOrEqualTo(Duration.ofMillis(40L * (pieces - 1)).toNanos());
    }

    @Test
    void joined_lines_share_a_chunk() throws IOException {
        Reply apart = invoke("stall;at=2;ms=200 | stall;at=3;ms=200");
        Reply joined = invoke("stall;at=2;ms=200 | stall;at=3;ms=200 | join;at=1");

        assertThat(apart.chunkNanos()).hasSize(4);
        assertThat(joined.chunkNanos()).hasSize(3);
        assertThat(unnamed(joined)).isEqualTo(whole);
    }

    @Test
    void a_buffering_proxy_sends_nothing_before_the_end_and_then_everything() throws IOException {
        try (RawCall call = begin("stall;at=3;ms=600 | buffer")) {
            assertThat(call.isSilentFor(Duration.ofMillis(200))).isTrue();
            Reply reply = call.read();
            assertThat(reply.head()).contains("Content-Length: ");
            assertThat(unnamed(reply)).isEqualTo(whole);
        }
    }

    @Test
    void a_compressed_stream_comes_line_by_line_and_is_whole() throws Exception {
        Reply reply = invoke("stall;at=2;ms=200 | stall;at=3;ms=200 | gzip");
        assertThat(reply.head()).contains("Content-Encoding: gzip");
        assertThat(reply.chunkNanos())
                .as("three lines, the trailer, and the last")
                .hasSizeBetween(4, 5);

        HttpRequest request = HttpRequest.newBuilder(stub.baseUrl().resolve(Endpoint.INVOKE.path()))
                .header("x-api-key", "test")
                .header(Order.FAULT.header(), "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(Customer.says(customer.init(), ASKED)))
                .build();
        byte[] compressed = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
        String plain = new String(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes(), UTF_8);
        assertThat(unnamed(plain)).isEqualTo(whole);
    }

    @Test
    void carriage_returns_stand_before_every_line_feed() throws IOException {
        assertThat(unnamed(invoke("crlf"))).isEqualTo(whole.replace("\n", "\r\n"));
    }

    @Test
    void the_last_line_can_lack_its_line_feed() throws IOException {
        assertThat(unnamed(invoke("no-newline"))).isEqualTo(whole.stripTrailing());
        assertThat(invoke("error;at=2 | no-newline").body()).endsWith("\"details\":[]}}");
    }

    @Test
    void blank_lines_are_spread_over_the_wait() throws IOException {
        Reply reply = invoke("blank;at=2;lines=3;ms=400");

        assertThat(reply.lines()).hasSize(6).startsWith(reply.lines().get(0), "\n", "\n", "\n");
        assertThat(unnamed(reply).replace("\n\n\n\n", "\n")).isEqualTo(whole);
        assertThat(reply.chunkNanos()).hasSizeBetween(4, 6);
    }

    @Test
    void data_follows_an_error() throws IOException {
        Reply reply = invoke("data-after-error;at=2;code=8;message=slow down");

        assertThat(reply.lines()).hasSize(4);
        assertThat(reply.lines().get(1))
                .isEqualTo("{\"error\":{\"code\":8,\"message\":\"slow down\",\"details\":[]}}\n");
        assertThat(reply.ending()).isEqualTo(Ending.CLEAN);
    }

    @Test
    void a_line_of_another_session_is_otherwise_the_same() throws IOException {
        Reply reply = invoke("foreign-session;at=2");
        List<String> lines = reply.lines();

        assertThat(session(lines.get(1))).isNotEqualTo(session(lines.get(0))).hasSameSizeAs(session(lines.get(0)));
        assertThat(session(lines.get(2))).isEqualTo(session(lines.get(0)));
        assertThat(unnamed(reply)).isEqualTo(whole);
    }

    @Test
    void a_repeated_line_has_its_event_ids_twice() throws IOException {
        List<String> lines = invoke("repeat;at=2").lines();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(2)).isEqualTo(lines.get(1)).contains("bot-switch-1-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content-type;type=text/plain        | Content-Type: text/plain",
                "content-type;type=application/jsonl | Content-Type: application/jsonl",
            })
    void the_content_type_is_another(String fault, String header) throws IOException {
        Reply reply = invoke(fault);

        assertThat(reply.head()).contains(header).doesNotContain("Content-Type: application/json\n");
        assertThat(unnamed(reply)).isEqualTo(whole);
    }

    @Test
    void the_content_type_can_be_missing() throws IOException {
        assertThat(invoke("content-type;type=").head()).doesNotContain("\nContent-Type:");
    }

    @ParameterizedTest
    @CsvSource({"page, 502", "page;http=200, 200", "page;http=503, 503"})
    void a_proxy_answers_with_a_page(String fault, int status) throws IOException {
        Reply reply = invoke(fault);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.head()).contains("Content-Type: text/html");
        assertThat(reply.body()).startsWith("<html>");
    }

    @ParameterizedTest
    @CsvSource({"reset;at=0, RESET", "close;at=0, CLOSED", "hang;at=0;ms=200, CLOSED"})
    void nothing_comes_at_all(String fault, Ending ending) throws IOException {
        Reply reply = invoke(fault);

        assertThat(reply.head()).isEmpty();
        assertThat(reply.ending()).isEqualTo(ending);
    }

    @ParameterizedTest
    @CsvSource({"hang;at=0", "hang;at=1", "stall;at=2;ms=600000", "blank;at=1;lines=1;ms=600000"})
    void a_client_that_leaves_a_silence_frees_its_timer(String fault) throws IOException {
        try (RawCall call = begin(fault)) {
            await("waiting", 1);
            assertThat(call.isSilentFor(Duration.ofMillis(1))).isIn(true, false);
        }
        await("active_streams", 0);
        await("waiting", 0);
    }

    @Test
    void faults_strike_one_after_the_other() throws IOException {
        Reply reply = invoke("malformed;at=1 | repeat;at=1 | truncate-clean;at=4");

        assertThat(reply.lines()).hasSize(4);
        assertThat(reply.lines().get(1)).isEqualTo(reply.lines().get(0)).doesNotContain("eventId");
        assertThat(reply.lines().get(3)).doesNotContain("\n");
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void every_fault_has_a_row_in_the_table(FaultKind kind) throws IOException {
        assertThat(Files.readAllLines(Path.of("stubs/faults.md")))
                .anyMatch(line -> line.matches("\\| .*`" + kind.spelling() + "[;`].*"));
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void every_fault_bears_an_answer_without_lines_and_one_that_never_comes(FaultKind kind) {
        Fault fault = FaultAt.parse(kind.spelling(), "here").fault();
        Plan empty = Plan.atOnce(200, Map.of(), "", true).withSteps(List.of(), 5);
        Plan never = empty.endedAt(Plan.HEADERS, 5, Plan.Ending.RESET);

        for (Plan plan : List.of(empty, never)) {
            Plan spoilt = fault.spoil(plan, 0);
            assertThat(spoilt.endNanos()).isNotNegative();
            assertThat(spoilt.steps()).allMatch(step -> step.dueNanos() >= 0);
        }
    }

    private Reply invoke(String fault) throws IOException {
        try (RawCall call = begin(fault)) {
            return call.read();
        }
    }

    private RawCall begin(String fault) throws IOException {
        return customer.begin(Endpoint.INVOKE, Customer.says(customer.init(), ASKED), Order.FAULT.header(), fault);
    }

    private void await(String figure, int expected) throws IOException {
        long startNanos = System.nanoTime();
        while (customer.admin("GET", "", "").path(figure).asInt() != expected) {
            assertThat(System.nanoTime() - startNanos)
                    .as("waiting for %s = %d", figure, expected)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
        }
    }

    private static String session(String line) {
        return Customer.json(line).at("/result/response/sessionId").asText();
    }

    private static String unnamed(Reply reply) {
        return unnamed(reply.body());
    }

    /** The body without what differs from call to call. */
    private static String unnamed(String body) {
        return body.replaceAll("(\"(?:sessionId|createdAt)\":\")[^\"]*", "$1");
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
