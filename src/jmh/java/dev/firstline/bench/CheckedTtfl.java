package dev.firstline.bench;

import static dev.firstline.gatling.Firstline.ndjson;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.gatling.NdjsonActionBuilder;
import dev.firstline.run.ContractCheck;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What checking every line does to TTFL: 200 customers a second, each of whom reads 20 lines (texts of 280 bytes, every
 * fifth line ten products, 3 KB) in 100 ms. Ten pairs of measurements with and without the check take turns in one
 * process, so whoever else wants the machine hits both alike; which comes first in a pair alternates. TTFL counts from
 * when a customer was planned to arrive.
 *
 * <p>Gatling starts it as a simulation, too.
 */
public final class CheckedTtfl extends Simulation {
    private static final int PAIRS = 10;

    /** Student's t for a two-sided interval of 95 % from ten pairs. */
    private static final double T_OF_PAIRS = 2.262;

    private static final int PAIRS_UNHEARD = 1;
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private enum Way {
        UNCHECKED,
        CHECKED
    }

    private final Clock clock = Clock.system();
    private final Duration measured = Duration.ofSeconds(Long.getLong("bench.seconds"));
    private final double perSecond = Double.parseDouble(System.getProperty("bench.rate"));
    private final Map<Integer, Queue<Double>> ttflMillis = new ConcurrentHashMap<>();
    private final Queue<Double> waitsMillis = new ConcurrentLinkedQueue<>();
    private final ContractCheck check = ContractCheck.forgetful(
            Contracts.load(ContractFiles.shipped()), waited -> waitsMillis.add(waited / 1e6), clock);
    private final LongAdder failed = new LongAdder();
    private final Set<String> findings = ConcurrentHashMap.newKeySet();
    private final LongAdder unchecked = new LongAdder();
    private final AtomicLong arrivals = new AtomicLong();
    private volatile long epochNanos;

    /** For Gatling. */
    public CheckedTtfl() {
        setUp(scenario("turns")
                        .exec(session -> session.set("due", due()))
                        .exec(doSwitch(session -> way(window(session.getLong("due"))))
                                .on(
                                        onCase(Way.UNCHECKED).then(exec(turn("unchecked"))),
                                        onCase(Way.CHECKED)
                                                .then(exec(turn("checked").check(check)))))
                        .injectOpen(constantUsersPerSec(perSecond)
                                .during(measured.multipliedBy(2L * (PAIRS + PAIRS_UNHEARD)))))
                .protocols(http.baseUrl(System.getProperty("bench.url")));
    }

    /** {@code -Drate=N}: turns a second, 200 unless told; {@code -Dseconds=N} a measurement, 12 unless told. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String rate = System.getProperty("rate", "200");
        Fork.gatling(
                rate + " turns a second, 20 lines over 100 ms, checked and unchecked in turns",
                CheckedTtfl.class,
                Map.of("rate", rate, "seconds", System.getProperty("seconds", "12")));
    }

    @Override
    public void after() {
        check.close();
        List<Double> medians = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        for (int pair = PAIRS_UNHEARD; pair < PAIRS_UNHEARD + PAIRS; pair++) {
            Spread without = spread(pair, Way.UNCHECKED);
            Spread with = spread(pair, Way.CHECKED);
            medians.add(with.percentile(50) - without.percentile(50));
            tails.add(with.percentile(99) - without.percentile(99));
            System.err.printf(
                    "pair %2d  TTFL ms  unchecked p50 %.2f p99 %.2f (%d)  checked p50 %.2f p99 %.2f (%d)%n",
                    pair,
                    without.percentile(50),
                    without.percentile(99),
                    without.count(),
                    with.percentile(50),
                    with.percentile(99),
                    with.count());
        }
        System.err.println("checked less unchecked, mean of the pairs with its 95 % interval (Student's t):");
        System.err.println("  TTFL p50  " + interval(medians));
        System.err.println("  TTFL p99  " + interval(tails));
        Spread waits = new Spread(waitsMillis);
        System.err.printf(
                "an ended answer waited for its check, ms: p50 %.2f  p99 %.2f  max %.2f%n",
                waits.percentile(50), waits.percentile(99), waits.max());
        System.err.printf("%d calls failed, %d lines unchecked, found: %s%n", failed.sum(), unchecked.sum(), findings);
    }

    private NdjsonActionBuilder turn(String name) {
        return ndjson(http(name).post("/long/20/5000").body(StringBody("{\"inputEvents\":[]}")))
                .due(session -> session.getLong("due"))
                .onResult(this::ended);
    }

    /** Customers are planned to come evenly, from when the first one came. */
    private synchronized long due() {
        long number = arrivals.getAndIncrement();
        if (number == 0) {
            epochNanos = clock.nanoTime();
        }
        return epochNanos + (long) (number * 1e9 / perSecond);
    }

    private int window(long dueNanos) {
        return (int) ((dueNanos - epochNanos) / measured.toNanos());
    }

    private static Way way(int window) {
        boolean first = window % 2 == 0;
        boolean checkedFirst = window / 2 % 2 == 1;
        return first == checkedFirst ? Way.CHECKED : Way.UNCHECKED;
    }

    private void ended(CallResult result) {
        if (result.outcome().isKo()) {
            failed.increment();
            return;
        }
        result.findings().forEach(hit -> findings.add(hit.rule()));
        unchecked.add(result.linesUnchecked());
        long sinceNanos = result.timing().dueNanos() - epochNanos;
        if (sinceNanos % measured.toNanos() >= SETTLING.toNanos()) {
            ttflMillis
                    .computeIfAbsent(window(result.timing().dueNanos()), window -> new ConcurrentLinkedQueue<>())
                    .add(result.timing().ttflNanos() / 1e6);
        }
    }

    private Spread spread(int pair, Way way) {
        int first = 2 * pair;
        return new Spread(
                ttflMillis.getOrDefault(way(first) == way ? first : first + 1, new ConcurrentLinkedQueue<>()));
    }

    private static String interval(List<Double> differences) {
        double mean =
                differences.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares =
                differences.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
        double half = T_OF_PAIRS * Math.sqrt(squares / (PAIRS - 1) / PAIRS);
        return "%+.3f ms, %+.3f to %+.3f".formatted(mean, mean - half, mean + half);
    }
}
