package dev.firstline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How late lines are at the client when thousands of streams are open: 20 lines at uneven times over 5 s, asked for at
 * 2,000 a second. An error is when the client has read a line, less when it sent its request and the recorded offset,
 * so the handling of the request and the client's own dawdling are in it. Beside it WireMock's own chunked dribble
 * delay with the same bytes.
 */
public final class StubPacing {
    private static final int LINES = 20;
    private static final int LINE_BYTES = 190;
    private static final int SECONDS = 5;
    private static final int CONNECTIONS_TO_WARM = 32;
    private static final int STREAMS_TO_WARM = 1_000;
    private static final int ROUNDS = 3;
    /** What WireMock with its default threads bears, and what it does not. */
    private static final int[] DRIBBLING = {10, 100};

    private final Clock clock = Clock.system();
    private final BenchRoot root = new BenchRoot(LINES, LINE_BYTES, SECONDS);
    private final Path scratch = Scratch.folder();

    private StubPacing() {}

    /**
     * {@code -Dstreams=N}: 5,000 unless told. {@code -Dwarm=N}: seconds before anything counts, 20 unless told. Where
     * {@code FIRSTLINE_JDK25} names another Java, it is measured too, with ZGC.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Fork.onClientCore();
        StubPacing bench = new StubPacing();
        try {
            bench.run(Integer.getInteger("streams", 5_000));
        } finally {
            Scratch.remove(bench.scratch);
        }
    }

    private void run(int streams) throws IOException, InterruptedException {
        Path ours = root.stub(Files.createDirectories(scratch.resolve("stub")));
        stub("this Java, serial", System.getProperty("java.home"), false, ours, streams);
        String other = System.getenv("FIRSTLINE_JDK25");
        if (other == null) {
            System.err.println("FIRSTLINE_JDK25 names no other Java: ZGC is not measured");
        } else {
            stub("JDK 25, ZGC", other, true, ours, streams);
        }
        Path dribbling = root.dribbling(Files.createDirectories(scratch.resolve("dribbling")), SECONDS * 1_000);
        try (StubChild plain = StubChild.ofThisJava(scratch, "plain", dribbling.toString(), "0");
                NioClient client = new NioClient()) {
            for (int count : DRIBBLING) {
                StreamRound round = new StreamRound(
                        client,
                        Stream.generate(() -> new StubCustomer(client.connect(plain.port()), ""))
                                .limit(count)
                                .toList(),
                        LINES);
                round.play(() -> {});
                String threads = "; " + plain.threads() + " threads";
                row("WireMock's dribble, to recorded times", count, round.errors(root.offsetsNanos()), threads);
                row("WireMock's dribble, to its own even times", count, round.errors(even()), threads);
            }
        }
    }

    private void stub(String name, String home, boolean zgc, Path ours, int streams)
            throws IOException, InterruptedException {
        try (StubChild stub = new StubChild(Path.of(home), zgc, scratch, "stub", ours.toString(), "1000");
                NioClient client = new NioClient()) {
            List<StubCustomer> first = StubCustomer.open(client, stub.port(), Math.min(streams, STREAMS_TO_WARM));
            warm(client, first.subList(0, Math.min(streams, CONNECTIONS_TO_WARM)));
            measure(name + ", to warm up", stub, client, first);
            List<StubCustomer> customers = StubCustomer.open(client, stub.port(), streams);
            for (int i = 0; i < ROUNDS; i++) {
                measure(name, stub, client, customers);
            }
            weigh(stub, client, customers);
        }
    }

    /** Half of the time without waits, half of it with short ones: these are two ways through the stub. */
    private void warm(NioClient client, List<StubCustomer> customers) {
        warm(client, customers, "0");
        warm(client, customers, "200");
    }

    private void warm(NioClient client, List<StubCustomer> customers, String speed) {
        long untilNanos = clock.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.getInteger("warm", 20)) / 2;
        while (clock.nanoTime() < untilNanos) {
            Answers answers = new Answers(client);
            customers.forEach(customer -> answers.ask(
                    customer.connection(),
                    customer.turn(Endpoint.INVOKE.path(), "X-Firstline-Speed: " + speed + "\r\n")));
            answers.await();
        }
    }

    private void measure(String name, StubChild stub, NioClient client, List<StubCustomer> customers)
            throws IOException {
        StreamRound round = new StreamRound(client, customers, LINES);
        stub.resetLag();
        StubChild.Pauses pausesBefore = stub.pauses();
        long cpuNanos = stub.cpuNanos();
        int[] threads = {0};
        round.play(() -> threads[0] = stub.threads());
        double cpuMicros = (stub.cpuNanos() - cpuNanos) / 1e3 / customers.size() / LINES;
        StubChild.Pauses pauses = stub.pauses().since(pausesBefore);
        JsonNode lag = stub.admin().path("lag");
        row(
                name,
                customers.size(),
                round.errors(root.offsetsNanos()),
                "; the stub's own lag %.2f / %.2f / %.2f; %s; %d threads; %.1f µs CPU a line"
                        .formatted(
                                lag.path("p50_ms").asDouble(),
                                lag.path("p99_ms").asDouble(),
                                lag.path("max_ms").asDouble(),
                                pauses,
                                threads[0],
                                cpuMicros));
    }

    /** A full collection in the midst of it spoils the times, so this is a round of its own. */
    private void weigh(StubChild stub, NioClient client, List<StubCustomer> customers) {
        double[] openMib = {0};
        new StreamRound(client, customers, LINES)
                .play(() -> openMib[0] = stub.figures().heapMib());
        System.err.printf(
                "%-42s %,6d streams, heap after a full collection: %.1f MiB, %.1f when they are over%n",
                "", customers.size(), openMib[0], stub.figures().heapMib());
    }

    private static void row(String name, int streams, double[] errors, String rest) {
        System.err.printf(
                "%-42s %,6d streams, error in ms p50 / p99 / max: %.2f / %.2f / %.2f%s [load %s]%n",
                name,
                streams,
                errors[errors.length / 2],
                errors[(int) (errors.length * 0.99)],
                errors[errors.length - 1],
                rest,
                Fork.loadAverage());
    }

    private static long[] even() {
        long[] nanos = new long[LINES];
        Arrays.setAll(nanos, i -> (i + 1) * (SECONDS * 1_000_000_000L / LINES));
        return nanos;
    }
}
