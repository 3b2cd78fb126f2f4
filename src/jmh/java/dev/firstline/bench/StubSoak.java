package dev.firstline.bench;

import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * What stays in a stub under load: 200 customers open a session, ask three turns (two without waits, one of half a
 * second), close it and begin anew; one of a hundred leaves in the middle of a stream and never closes its session. The
 * heap after a full collection every 15 seconds, and its slope. The journal is on; what has a bound is full before
 * anything counts. What a session costs is weighed at the end, because those that were left stay half an hour.
 */
public final class StubSoak {
    private static final int CUSTOMERS = 200;
    private static final int JOURNAL = 1_000;
    /** More than the sessions whose end the stub remembers. */
    private static final int CONVERSATIONS_BEFORE = 12_000;

    private static final int SAMPLE_SECONDS = 15;
    private static final int ABANDONED_ONE_IN = 100;
    private static final int WEIGHED = 10_000;

    private final Clock clock = Clock.system();
    private final StubChild stub;
    private NioClient client = new NioClient();
    private long conversations;
    private long abandoned;
    private long answers;
    private long lines;

    private StubSoak(StubChild stub) {
        this.stub = stub;
    }

    /** {@code -Dminutes=N}: 4 unless told, of which the first is not counted. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Fork.onClientCore();
        Path scratch = Scratch.folder();
        Path root = new BenchRoot(10, 200, 5).stub(scratch);
        try (StubChild stub = StubChild.ofThisJava(scratch, "stub", root.toString(), "" + JOURNAL)) {
            new StubSoak(stub).run(Integer.getInteger("minutes", 4));
        } finally {
            Scratch.remove(scratch);
        }
    }

    private void run(int minutes) {
        List<Customer> customers =
                IntStream.range(0, CUSTOMERS).mapToObj(i -> new Customer()).toList();
        customers.forEach(Customer::begin);
        long beginNanos = clock.nanoTime();
        while (conversations < CONVERSATIONS_BEFORE || seconds(beginNanos) < 60) {
            client.poll();
        }
        System.err.printf("warm after %.0f s and %,d conversations%n", seconds(beginNanos), conversations);
        SimpleRegression heap = new SimpleRegression();
        long firstAbandoned = abandoned;
        long measuredNanos = clock.nanoTime();
        int samples = Math.max(4, (minutes - 1) * 60 / SAMPLE_SECONDS + 1);
        for (int i = 0; i < samples; i++) {
            while (seconds(measuredNanos) < i * SAMPLE_SECONDS) {
                client.poll();
            }
            StubChild.Figures figures = stub.figures();
            heap.addData(seconds(measuredNanos) / 3_600, figures.heapMib());
            System.err.printf(
                    "%4.0f s  heap %.2f MiB  threads %d  open files %d  open sessions %,d  %,d conversations, %,d "
                            + "answers, %,d lines, %,d left for good  [load %s]%n",
                    seconds(measuredNanos),
                    figures.heapMib(),
                    stub.threads(),
                    figures.openFiles(),
                    stub.admin().path("open_sessions").asInt(),
                    conversations,
                    answers,
                    lines,
                    abandoned,
                    Fork.loadAverage());
        }
        double hours = seconds(measuredNanos) / 3_600;
        double perHour = (abandoned - firstAbandoned) / hours;
        client.close();
        client = new NioClient();
        double kib = weighSession();
        System.err.printf(
                "heap %+.2f MiB/h, 95 %% interval %+.2f to %+.2f; of that %+.2f are sessions that were left: "
                        + "%.0f an hour, %.2f KiB each, for half an hour, never more than 100,000 (%.0f MiB)%n",
                heap.getSlope(),
                heap.getSlope() - heap.getSlopeConfidenceInterval(),
                heap.getSlope() + heap.getSlopeConfidenceInterval(),
                perHour * kib / 1024,
                perHour,
                kib,
                100_000 * kib / 1024);
    }

    private double weighSession() {
        double before = stub.figures().heapMib();
        NioConnection connection = client.connect(stub.port());
        for (int i = 0; i < WEIGHED; i++) {
            Answers opened = new Answers(client);
            opened.ask(connection, StubCustomer.init());
            opened.await();
        }
        return (stub.figures().heapMib() - before) * 1024 / WEIGHED;
    }

    private double seconds(long sinceNanos) {
        return (clock.nanoTime() - sinceNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** One conversation after the other. */
    private final class Customer implements NioClient.Asked {
        private static final int TURNS = 3;

        private StubCustomer now = new StubCustomer(client.connect(stub.port()), "");
        private final StringBuilder body = new StringBuilder();
        private int step;
        private boolean leaves;

        void begin() {
            step = 0;
            body.setLength(0);
            leaves = ++conversations % ABANDONED_ONE_IN == 0;
            now.connection().ask(StubCustomer.init(), this);
        }

        @Override
        public void body(byte[] bytes, int from, int length) {
            if (step == 0) {
                body.append(new String(bytes, from, length, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void line(int number, long nowNanos) {
            lines++;
            if (leaves && step == TURNS && number == 2) {
                abandoned++;
                now.connection().leave();
                now = new StubCustomer(client.connect(stub.port()), "");
                begin();
            }
        }

        @Override
        public void ended(boolean whole, long nowNanos) {
            if (!whole) {
                throw new IllegalStateException("an answer that is none, at step " + step);
            }
            answers++;
            if (step == 0) {
                now = new StubCustomer(now.connection(), StubCustomer.sessionOf(body.toString()));
            }
            step++;
            if (step <= TURNS) {
                String speed = "X-Firstline-Speed: " + (step == TURNS ? "10" : "0") + "\r\n";
                now.connection().ask(now.turn(Endpoint.INVOKE.path(), speed), this);
            } else if (step == TURNS + 1) {
                now.connection().ask(now.close(), this);
            } else {
                begin();
            }
        }
    }
}
