package dev.firstline.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firstline.Misuse;
import dev.firstline.SmallServer;
import dev.firstline.stats.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * A {@link Barrier} that others reach over HTTP, for as long as injector 0 runs. What it tells is no secret: when the
 * load begins and what load it is.
 */
final class BarrierServer implements AutoCloseable {
    static final String CLOCK = "/firstline/clock";
    static final String BARRIER = "/firstline/barrier";

    /** The longest question; one is some hundred bytes. */
    private static final int QUESTION_BYTES_MAX = 1 << 16;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final HttpServer server;
    private final Barrier barrier;
    private final Clock clock;
    private final ExecutorService threads = SmallServer.threads("firstline-barrier");

    /** What a clock says: the monotonic one, and the time of day in microseconds since 1970. */
    record Time(long nanos, long dayMicros) {
        static Time of(Clock clock) {
            long nanos = clock.nanoTime();
            return new Time(nanos, ChronoUnit.MICROS.between(Instant.EPOCH, clock.now()));
        }
    }

    private BarrierServer(HttpServer server, Barrier barrier, Clock clock) {
        this.server = server;
        this.barrier = barrier;
        this.clock = clock;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Opens the port: on all addresses, as the others are elsewhere, unless they meet at this machine's own.
     *
     * @throws Misuse if the port is taken
     */
    static BarrierServer open(Sharing.Address meeting, Barrier barrier, Clock clock) {
        try {
            InetSocketAddress named = new InetSocketAddress(meeting.host(), meeting.port());
            InetAddress address = named.getAddress();
            boolean here = address != null && address.isLoopbackAddress();
            return new BarrierServer(
                    SmallServer.open(here ? named : new InetSocketAddress(meeting.port())), barrier, clock);
        } catch (IOException e) {
            throw new Misuse(
                    "a free port, where the other injectors come to",
                    meeting + ": " + e.getMessage(),
                    "the setting --barrier (-D" + Settings.PREFIX + "barrier)",
                    "another port, for all of them");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(CLOCK)) {
                answer(exchange, OK, Time.of(clock));
            } else if (path.equals(BARRIER)) {
                ask(exchange);
            } else {
                answer(exchange, NOT_FOUND, new Barrier.Answer(List.of(), null, null, "nothing is here"));
            }
        }
    }

    private void ask(HttpExchange exchange) throws IOException {
        byte[] question = exchange.getRequestBody().readNBytes(QUESTION_BYTES_MAX);
        Barrier.Answer answer;
        try {
            answer = barrier.ask(JSON.readValue(question, Barrier.Arrival.class));
        } catch (IOException | RuntimeException e) {
            answer(exchange, BAD_REQUEST, new Barrier.Answer(List.of(), null, null, "no arrival: " + e));
            return;
        }
        answer(exchange, answer.refused() == null ? OK : CONFLICT, answer);
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
