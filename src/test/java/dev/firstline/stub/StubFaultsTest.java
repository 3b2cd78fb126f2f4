package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.stub.Orders.Order;
import dev.firstline.stub.RawCall.Ending;
import dev.firstline.stub.RawCall.Reply;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault's bytes, as they arrive. The turn that is spoilt has three lines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StubFaultsTest {
    private StubServer stub;
    private Customer customer;

    @BeforeAll
    void start() {
        stub = StubServer.start(StubOptions.defaults().withSpeed(0));
        customer = new Customer(stub.baseUrl());
    }

    @AfterEach
    void heal() throws IOException {
        customer.admin("PUT", "/fault", "");
    }

    @AfterAll
    void stop() {
        stub.close();
    }

    @Test
    void without_a_fault_three_lines_end_cleanly() throws IOException {
        assertThat(invoke("").lines()).hasSize(3);
    }

    @Test
    void a_stall_holds_back_a_line_and_all_that_follow() throws IOException {
        Reply reply = invoke("stall;at=2;ms=300");

        assertThat(reply.lines()).hasSize(3);
        assertThat(reply.chunkNanos()).hasSize(3);
        assertThat(reply.chunkNanos().get(0)).isLessThan(reply.chunkNanos().get(1));
        assertThat(reply.chunkNanos().get(1))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
        assertThat(reply.ending()).isEqualTo(Ending.CLEAN);
    }

    @Test
    void a_late_answer_holds_back_its_headers_too() throws IOException {
        try (RawCall call = begin("late;ms=600")) {
            assertThat(call.isSilentFor(Duration.ofMillis(200))).isTrue();
            assertThat(call.read().lines()).hasSize(3);
        }
    }

    @Test
    void a_hang_is_silence_until_its_bound() throws IOException {
        Reply reply = invoke("hang;at=2;ms=300");

        assertThat(reply.lines()).hasSize(1);
        assertThat(reply.ending()).isEqualTo(Ending.CLOSED);
    }

    @Test
    void a_client_that_leaves_a_hang_frees_its_timer() throws IOException {
        try (RawCall call = begin("hang;at=1")) {
            await("active_streams", 1);
            assertThat(call.isSilentFor(Duration.ofMillis(50))).isFalse();
        }
        await("active_streams", 0);
        await("waiting", 0);
    }

    @Test
    void truncation_leaves_half_a_line_and_no_end() throws IOException {
        Reply reply = invoke("truncate;at=2");

        assertThat(reply.ending()).isEqualTo(Ending.CLOSED);
        assertThat(reply.lines()).hasSize(2);
        assertThat(reply.lines().get(1)).startsWith("{\"result\":").doesNotContain("\n", "eventId");
    }

    @Test
    void a_clean_truncation_ends_as_if_nothing_were_wrong() throws IOException {
        Reply reply = invoke("truncate-clean;at=3");

        assertThat(reply.ending()).isEqualTo(Ending.CLEAN);
        assertThat(reply.lines()).hasSize(3);
        assertThat(reply.lines().get(2)).startsWith("{\"result\":").doesNotContain("\n");
    }

    @Test
    void a_malformed_line_is_followed_by_good_ones() throws IOException {
        Reply reply = invoke("malformed;at=2");

        assertThat(reply.ending()).isEqualTo(Ending.CLEAN);
        assertThat(reply.lines()).hasSize(3).allMatch(line -> line.endsWith("\n"));
        assertThatThrownBy(() -> Customer.json(reply.lines().get(1))).isInstanceOf(AssertionError.class);
        assertThat(Customer.json(reply.lines().get(2)).has("result")).isTrue();
    }

    @Test
    void an_error_line_ends_a_stream_that_is_a_200() throws IOException {
        Reply reply = invoke("error;at=3;code=13;message=boom \"x\"");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.ending()).isEqualTo(Ending.CLEAN);
        assertThat(reply.lines()).hasSize(3);
        assertThat(reply.lines().get(2))
                .isEqualTo("{\"error\":{\"code\":13,\"message\":\"boom \\\"x\\\"\",\"details\":[]}}\n");
    }

    @ParameterizedTest
    @CsvSource({"reset;at=1, RESET, 0", "reset;at=9, RESET, 3", "close;at=1, CLOSED, 0", "close;at=3, CLOSED, 2"})
    void a_connection_breaks_in_the_place_of_a_line(String fault, Ending ending, int lines) throws IOException {
        Reply reply = invoke(fault);

        assertThat(reply.ending()).isEqualTo(ending);
        // What a reset overtakes on its way is lost with it.
        if (ending == Ending.CLOSED) {
            assertThat(reply.body().lines().count()).isEqualTo(lines);
        }
    }

    @ParameterizedTest
    @CsvSource({"503, 14", "429, 8", "404, 5", "500, 13", "418, 2"})
    void a_status_stands_in_the_place_of_the_answer(int http, int code) throws IOException {
        Reply reply = invoke("status;http=" + http);

        assertThat(reply.status()).isEqualTo(http);
        assertThat(Customer.json(reply.body()).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void a_whole_server_is_told_a_fault_that_spoils_invoke_only() throws IOException {
        customer.admin("PUT", "/fault", "reset;at=1");
        String session = customer.init();

        assertThat(customer.ask(Endpoint.INVOKE, Customer.says(session, "I need billing"))
                        .ending())
                .isEqualTo(Ending.RESET);
        assertThat(customer.ask(Endpoint.CLOSE, Customer.inSession(session)).ending())
                .isEqualTo(Ending.CLEAN);

        customer.admin("PUT", "/fault", "");
        assertThat(invoke("").ending()).isEqualTo(Ending.CLEAN);
    }

    @Test
    void a_whole_server_is_told_which_endpoint_a_fault_spoils() throws IOException {
        customer.admin("PUT", "/fault", "status;http=503;on=init");
        int before = customer.admin("GET", "", "").path("open_sessions").asInt();

        assertThat(customer.ask(Endpoint.INIT, "{\"businessId\":\"b\",\"clientKey\":\"c\"}")
                        .status())
                .isEqualTo(503);
        assertThat(customer.admin("GET", "", "").path("open_sessions").asInt())
                .as("a gateway that refuses opens no session")
                .isEqualTo(before);
    }

    @Test
    void a_server_can_be_started_with_a_fault() throws IOException {
        try (StubServer other = StubServer.start(StubOptions.defaults().withFault("truncate;on=init"))) {
            assertThat(new Customer(other.baseUrl())
                            .ask(Endpoint.INIT, "{\"businessId\":\"b\",\"clientKey\":\"c\"}")
                            .ending())
                    .isEqualTo(Ending.CLOSED);
        }
    }

    @Test
    void a_broken_connection_leaves_its_neighbours_alone() throws IOException {
        try (RawCall neighbour = begin("stall;at=2;ms=300")) {
            assertThat(invoke("reset;at=1").ending()).isEqualTo(Ending.RESET);
            assertThat(neighbour.read().lines()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explode",
                "stall;ms=-1",
                "stall;ms=600001",
                "error;code=0",
                "error;code=17",
                "malformed;at=0",
                "gzip;at=1",
                "reset;rate=0",
                "reset;rate=1.5",
                "reset |",
                "reset;when=3",
                "reset;at",
                "status;http=200",
                "reset;on=everything"
            })
    void what_is_no_fault_is_refused_with_what_is(String text) throws IOException {
        assertThatThrownBy(() -> StubOptions.defaults().withFault(text)).isInstanceOf(Misuse.class);
        assertThat(invoke(text).status()).isEqualTo(400);
        assertThat(customer.admin("PUT", "/fault", text).path("error").asText()).contains("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "-1", "NaN", "Infinity"})
    void what_is_no_speed_is_refused(String speed) throws IOException {
        assertThat(customer.ask(Endpoint.HEALTH, "{}", Order.SPEED.header(), speed)
                        .status())
                .isEqualTo(400);
    }

    private Reply invoke(String fault) throws IOException {
        try (RawCall call = begin(fault)) {
            return call.read();
        }
    }

    private RawCall begin(String fault) throws IOException {
        String session = customer.init();
        return customer.begin(Endpoint.INVOKE, Customer.says(session, "I need billing"), Order.FAULT.header(), fault);
    }

    /** Asks the admin page until a figure is as expected; every question is a round trip, so this needs no sleep. */
    private void await(String figure, int expected) throws IOException {
        long startNanos = System.nanoTime();
        while (customer.admin("GET", "", "").path(figure).asInt() != expected) {
            assertThat(System.nanoTime() - startNanos)
                    .as("waiting for %s = %d", figure, expected)
                    .isLessThan(Duration.ofSeconds(10).toNanos());
        }
    }
}
