package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class StubScaleTest {
    private static final int STREAMS = 200;
    private static final int STREAM_BYTES_MAX = 48 << 10;

    private StubServer server;
    private Customer customer;

    @BeforeEach
    void start() {
        server = StubServer.start(StubOptions.defaults().withSpeed(0));
        customer = new Customer(server.baseUrl());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void clients_that_are_killed_leave_no_stream_and_no_timer_but_their_sessions() throws Exception {
        Process clients = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyClients.class.getName(),
                        server.baseUrl().toString(),
                        String.valueOf(STREAMS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            await("active_streams", STREAMS);
            await("waiting", STREAMS);
        } finally {
            clients.destroyForcibly().waitFor();
        }

        await("active_streams", 0);
        await("waiting", 0);
        JsonNode figures = customer.admin("GET", "", "");
        assertThat(figures.path("clients_left").asInt()).isEqualTo(STREAMS);
        assertThat(figures.path("open_sessions").asInt()).isEqualTo(STREAMS);
    }

    @Test
    void an_open_stream_costs_little_memory() throws IOException {
        ManyClients.begin(server.baseUrl(), 1).get(0).close();
        await("active_streams", 0);
        long before = heapAfterCollection();
        List<RawCall> calls = ManyClients.begin(server.baseUrl(), STREAMS);
        await("waiting", STREAMS);
        long perStream = (heapAfterCollection() - before) / STREAMS;
        for (RawCall call : calls) {
            call.close();
        }

        assertThat(perStream).isLessThan(STREAM_BYTES_MAX);
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void await(String figure, int expected) throws IOException {
        long startNanos = System.nanoTime();
        while (customer.admin("GET", "", "").path(figure).asInt() != expected) {
            assertThat(System.nanoTime() - startNanos)
                    .as("waiting for %s = %d", figure, expected)
                    .isLessThan(Duration.ofSeconds(30).toNanos());
        }
    }
}
