package dev.firstline.bench;

import static dev.firstline.gatling.Firstline.ndjson;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.firstline.gatling.Tracker;
import dev.firstline.stats.CallResult;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What 5,000 open streams cost one generator: as many customers, each on a connection of their own, ask again as soon
 * as their answer of 20 lines over 5 seconds has ended.
 *
 * <p>Gatling starts it as a simulation, too.
 */
public final class OpenStreams extends Simulation {
    private static final int LINES = 20;
    private static final int SAMPLES = 5;
    private static final Duration RAMP = Duration.ofSeconds(10);
    /** Until every stream is at least its customer's second. */
    private static final Duration SETTLE = RAMP.plusSeconds(6);

    private final int streams = Integer.getInteger("bench.streams");
    private final Tracker tracker = new Tracker();
    private final LongAdder answers = new LongAdder();
    private final LongAdder lines = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile boolean over;

    /** For Gatling. */
    public OpenStreams() {
        setUp(scenario("customers")
                        .exec(asLongAs(session -> !over)
                                .on(exec(ndjson(http("invoke")
                                                .post("/paced/" + LINES + "/250000")
                                                .body(StringBody("{\"inputEvents\":[]}")))
                                        .tracker(tracker)
                                        .onResult(this::ended))))
                        .injectOpen(rampUsers(streams).during(RAMP)))
                .protocols(http.baseUrl(System.getProperty("bench.url")));
    }

    /** {@code -Dstreams=N}: 5,000 unless told. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int streams = Integer.getInteger("streams", 5_000);
        long needed = streams + 500L;
        long allowed = openFilesMax();
        if (allowed < needed) {
            System.err.printf(
                    "This needs %d open files, and `ulimit -n` allows %d: try `ulimit -n %d`.%n",
                    needed, allowed, needed);
            System.exit(2);
        }
        System.err.printf("`ulimit -n` allows %d open files, %d are needed%n", allowed, needed);
        Fork.gatling(
                streams + " open streams of " + LINES + " lines over 5 s",
                OpenStreams.class,
                Map.of("streams", "" + streams));
    }

    @Override
    public void before() {
        Thread watch = new Thread(this::watch);
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public void after() {
        System.err.printf(
                "%,d answers, %,d lines (%,d expected), %d KO, %d left open%n",
                answers.sum(), lines.sum(), answers.sum() * LINES, failures.sum(), tracker.inFlight());
    }

    private void ended(CallResult result) {
        answers.increment();
        lines.add(result.timing().lines().count());
        if (result.outcome().isKo()) {
            failures.increment();
        }
    }

    private void watch() {
        try {
            TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
            for (int i = 0; i < SAMPLES; i++) {
                System.gc();
                System.err.printf(
                        "%,d open  heap after a full collection %.1f MiB  peak RSS %s  threads %s%n",
                        tracker.inFlight(),
                        heapAfterCollectionMib(),
                        Fork.processStatus("VmHWM"),
                        Fork.processStatus("Threads"));
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
    }

    private static double heapAfterCollectionMib() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                        .sum()
                / (double) (1 << 20);
    }

    private static long openFilesMax() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
