package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stub with one worker, which somebody's turn holds for a minute. */
final class StubWorkersTest {
    private final StubServer stub = StubServer.start(
            StubOptions.defaults().withPlayback(Playback.recorded().withSpeed(0).withWorkers(1)));
    private final Customer customer = new Customer(stub.baseUrl());

    @BeforeEach
    void holdTheWorker() throws IOException {
        try (RawCall held = turn(customer.init(), "hang;at=2;ms=60000")) {
            assertThat(held.readChunk()).contains("\"result\"");
        }
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void another_turn_waits_and_is_counted() throws IOException {
        try (RawCall waiting = turn(customer.init(), "")) {
            assertThat(waiting.isSilentFor(Duration.ofMillis(300))).isTrue();
            JsonNode workers = customer.admin("GET", "", "").path("workers");

            assertThat(workers.path("count").asInt()).isEqualTo(1);
            assertThat(workers.path("busy").asInt()).isEqualTo(1);
            assertThat(workers.path("waiting").asInt()).isEqualTo(1);
        }
    }

    @Test
    void init_and_close_need_no_worker() throws IOException {
        String session = customer.init();

        assertThat(customer.ask(Endpoint.CLOSE, Customer.inSession(session)).status())
                .isEqualTo(200);
    }

    @Test
    void an_answer_that_is_refused_needs_none_either() throws IOException {
        assertThat(customer.ask(Endpoint.INVOKE, Customer.says("nobody", "Oi!")).status())
                .isEqualTo(404);
        assertThat(customer.ask(
                                Endpoint.INVOKE,
                                Customer.says(customer.init(), "Oi!"),
                                Order.FAULT.header(),
                                "status;code=14")
                        .status())
                .isEqualTo(503);
    }

    @Test
    void a_reset_frees_them() throws IOException {
        customer.admin("POST", "/reset", "");

        assertThat(customer.ask(Endpoint.INVOKE, Customer.says(customer.init(), "Oi!"))
                        .lines())
                .hasSizeGreaterThan(1);
    }

    private RawCall turn(String session, String fault) throws IOException {
        return customer.begin(Endpoint.INVOKE, Customer.says(session, "Oi!"), Order.FAULT.header(), fault);
    }
}
