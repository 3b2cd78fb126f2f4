package dev.firstline.gatling;

import static dev.firstline.gatling.Firstline.ndjson;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RuleHit;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The cases of {@link CallEdgesTest}. */
public final class EdgeSimulation extends Simulation {
    static final Map<String, Queue<CallResult>> RESULTS = new ConcurrentHashMap<>();
    static final Queue<String> SAVED = new ConcurrentLinkedQueue<>();
    static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<PopulationBuilder> users = new ArrayList<>();

    /** For Gatling. */
    public EdgeSimulation() {
        ScriptedServer server = CallEdgesTest.server();
        HttpProtocolBuilder http1 = http.baseUrl(server.http1()).maxRedirects(3);
        user(http1, call("redirect", "/redirect"));
        user(http1, call("redirect for ever", "/redirect-for-ever"));
        user(http1, call("pooled", "/plain").exec(call("pooled", "/hangs-up-once")));
        user(http.baseUrl("http://127.0.0.1:" + deadPort()), call("refused", "/"));
        user(
                http.baseUrl("http://127.0.0.1:" + fullPort()),
                call("no accept", "/", one -> one.firstLineTimeout(Duration.ofMillis(500))));
        user(
                http1,
                exec(ndjson(post("no such attribute", "/plain").body(StringBody("#{nothing}")))
                                .onResult(result -> keep("no such attribute", result)))
                        .exec(call("after no such attribute", "/plain")));
        user(
                http1,
                exec(ndjson(post("checked", "/plain").check(bodyString().is("other")))
                        .onResult(result -> keep("checked", result))));
        user(
                http1,
                call("saved", "/plain", one -> one.onLine((session, line) -> session.set("line", line.text())))
                        .exec(session -> {
                            SAVED.add(Objects.requireNonNull(session.getString("line")));
                            return session;
                        }));
        user(
                http1,
                call(
                        "starved",
                        "/slowly",
                        one -> one.stallTimeout(Duration.ofMillis(400)).onLine((session, line) -> {
                            if (line.number() == 1) {
                                keepTheLoopFor(TimeUnit.MILLISECONDS.toNanos(700));
                            }
                            return session;
                        })));
        user(
                http1,
                call(
                        "contract",
                        "/plain",
                        one -> one.check(answer -> CompletableFuture.supplyAsync(
                                () -> new AnswerCheck.Checked(
                                        answer.lines().size(), List.of(new RuleHit("foreign-session", true, 1))),
                                CompletableFuture.delayedExecutor(CHECK_NANOS, TimeUnit.NANOSECONDS)))));
        user(
                http1,
                call(
                        "contract that throws",
                        "/plain",
                        one -> one.check(answer -> {
                            throw new IllegalStateException("no schema");
                        })));
        user(
                http1,
                call(
                        "due long ago",
                        "/plain",
                        one -> one.due(session -> Clock.system().nanoTime() - TimeUnit.MILLISECONDS.toNanos(700))));
        user(
                http.baseUrl(server.http2()).enableHttp2(),
                call("h2 left", "/slowly?h2", one -> one.cancelAfterLines(1)).exec(call("h2 next", "/plain?h2")));
        user(
                http1,
                call("h1 left", "/slowly?h1", one -> one.cancelAfterLines(1)).exec(call("h1 next", "/plain?h1")));
        users.add(scenario("shared")
                .exec(repeat(4).on(call("shared", "/plain")))
                .injectOpen(atOnceUsers(10))
                .protocols(http.baseUrl(server.http2()).enableHttp2().shareConnections()));
        ChainBuilder warmUp = repeat(20).on(exec(ndjson(post("warm-up", "/plain"))));
        setUp(scenario("warm-up")
                .exec(warmUp)
                .injectOpen(atOnceUsers(2))
                .protocols(http1)
                .andThen(users));
    }

    private void user(HttpProtocolBuilder protocol, ChainBuilder chain) {
        users.add(scenario("edge " + users.size())
                .exec(chain)
                .injectOpen(atOnceUsers(1))
                .protocols(protocol));
    }

    private static ChainBuilder call(String name, String path) {
        return call(name, path, one -> one);
    }

    private static ChainBuilder call(String name, String path, UnaryOperator<NdjsonActionBuilder> how) {
        return exec(how.apply(ndjson(post(name, path)).onResult(result -> keep(name, result))));
    }

    private static HttpRequestActionBuilder post(String name, String path) {
        return http(name).post(path).body(StringBody("{}"));
    }

    private static void keep(String name, CallResult result) {
        RESULTS.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>()).add(result);
    }

    /** What no scenario may do, done on purpose. */
    private static void keepTheLoopFor(long nanos) {
        long untilNanos = Clock.system().nanoTime() + nanos;
        while (Clock.system().nanoTime() < untilNanos) {
            Thread.onSpinWait();
        }
    }

    private static int deadPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port whose queue of connections is full and stays so: the next one waits for ever. */
    @SuppressWarnings({"resource", "StreamResourceLeak"}) // They must outlive this method, and end with the process.
    private static int fullPort() {
        try {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            FULL.add(socket);
            for (int i = 0; i < 4; i++) {
                SocketChannel waiting = SocketChannel.open();
                waiting.configureBlocking(false);
                waiting.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
                FULL.add(waiting);
            }
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final Queue<AutoCloseable> FULL = new ConcurrentLinkedQueue<>();
}
