package dev.firstline.gatling;

import static dev.firstline.gatling.Firstline.ndjson;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.firstline.stats.CallResult;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One virtual user for each case of the matrix and each protocol, all at once. */
public final class StreamSimulation extends Simulation {
    static final Map<String, Queue<CallResult>> RESULTS = new ConcurrentHashMap<>();

    /** For Gatling. */
    public StreamSimulation() {
        ScriptedServer server = StreamOutcomesTest.server();
        HttpProtocolBuilder http1 = http.baseUrl(server.http1());
        HttpProtocolBuilder http2 = http.baseUrl(server.http2()).enableHttp2();
        List<PopulationBuilder> users = new ArrayList<>();
        for (StreamCases one : StreamCases.all()) {
            users.add(user("h1", one, users.size()).protocols(http1));
            users.add(user("h2", one, users.size()).protocols(http2));
        }
        // The first calls of a process load a thousand classes, and the cases have limits to keep.
        ChainBuilder often = repeat(20)
                .on(exec(ndjson(http("warm-up").post(StreamCases.PLAIN).body(StringBody("{}")))));
        PopulationBuilder warmUp =
                scenario("warm-up h1").exec(often).injectOpen(atOnceUsers(2)).protocols(http1);
        PopulationBuilder warmUpToo =
                scenario("warm-up h2").exec(often).injectOpen(atOnceUsers(2)).protocols(http2);
        setUp(warmUp.andThen(warmUpToo.andThen(users)));
    }

    private static PopulationBuilder user(String protocol, StreamCases one, int place) {
        String name = protocol + " " + one.name();
        NdjsonActionBuilder call = one.client()
                .apply(ndjson(http(name).post(one.path()).body(StringBody("{}")))
                        .timeouts(StreamCases.TIMEOUTS))
                .onResult(result -> RESULTS.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>())
                        .add(result));
        return scenario(name).exec(call).injectOpen(nothingFor(Duration.ofMillis(20L * place)), atOnceUsers(1));
    }
}
