package dev.firstline.bench;

import static dev.firstline.gatling.Firstline.ndjson;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.firstline.gatling.NdjsonActionBuilder;
import dev.firstline.stats.CallResult;
import dev.firstline.wire.Line;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How far our first line lies behind the truth: when we say it came, less when the server says it wrote it, on the one
 * monotonic clock of one machine. Customers arrive at random, and each reads 20 lines over 5 seconds.
 *
 * <p>The kernel, the network stack and whoever else wants the core are in the figure, too: read it beside the load
 * average. Gatling starts it as a simulation, too.
 */
public final class TtflError extends Simulation {
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(30);

    private final double perSecond = Double.parseDouble(System.getProperty("bench.rate"));
    private final Map<Long, Long> writtenNanos = new ConcurrentHashMap<>();
    private final Queue<Double> errorsMillis = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** For Gatling. */
    public TtflError() {
        setUp(customers("warm-up", request("warm-up"), WARM_UP)
                        .andThen(customers(
                                "turns", request("turn").onLine(this::line).onResult(this::ended), MEASURED)))
                .protocols(http.baseUrl(System.getProperty("bench.url")));
    }

    /** {@code -Drate=N}: turns a second, 100 unless told. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String rate = System.getProperty("rate", "100");
        Fork.gatling(rate + " turns a second, 20 lines over 5 s", TtflError.class, Map.of("rate", rate));
    }

    @Override
    public void after() {
        Spread errors = new Spread(errorsMillis);
        System.err.printf(
                "%,d first lines, error in ms: p50 %.3f  p99 %.3f  max %.3f  (%d negative, %d calls failed)%n",
                errors.count(),
                errors.percentile(50),
                errors.percentile(99),
                errors.max(),
                errors.below(0),
                failures.size());
    }

    private PopulationBuilder customers(String name, NdjsonActionBuilder turn, Duration duration) {
        return scenario(name)
                .exec(turn)
                .injectOpen(constantUsersPerSec(perSecond).during(duration).randomized());
    }

    private static NdjsonActionBuilder request(String name) {
        return ndjson(http(name).post("/stamped/20/250000").body(StringBody("{\"inputEvents\":[]}")));
    }

    private Session line(Session session, Line line) {
        if (line.number() == 1) {
            writtenNanos.put(session.userId(), LineServer.stampOf(line.bytes()));
        }
        return session;
    }

    private void ended(CallResult result) {
        Long written = writtenNanos.remove(result.number());
        if (written == null || result.outcome().isKo()) {
            failures.add(result.outcome().label());
        } else {
            errorsMillis.add((result.timing().firstLineNanos() - written) / 1e6);
        }
    }
}
