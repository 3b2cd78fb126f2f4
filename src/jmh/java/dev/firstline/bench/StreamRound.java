package dev.firstline.bench;

import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Some streams, asked for at 2,000 a second, and when each of their lines was read after its request was sent. */
final class StreamRound {
    private static final int PER_SECOND = 2_000;

    private final Clock clock = Clock.system();
    private final NioClient client;
    private final List<StubCustomer> customers;
    private final int lines;
    private final long[][] linesNanos;
    private int ended;

    StreamRound(NioClient client, List<StubCustomer> customers, int lines) {
        this.lines = lines;
        this.client = client;
        this.customers = customers;
        linesNanos = new long[customers.size()][lines];
    }

    /** @param midway told when all are open */
    void play(Runnable midway) {
        long beginNanos = clock.nanoTime();
        int sent = 0;
        while (ended < customers.size()) {
            long due = Math.min(
                    customers.size(), (clock.nanoTime() - beginNanos) * PER_SECOND / TimeUnit.SECONDS.toNanos(1) + 1);
            for (; sent < due; sent++) {
                ask(sent);
                if (sent == customers.size() - 1) {
                    midway.run();
                }
            }
            client.poll();
        }
    }

    private void ask(int stream) {
        StubCustomer customer = customers.get(stream);
        byte[] request = customer.turn(Endpoint.INVOKE.path(), "");
        long sentNanos = clock.nanoTime();
        customer.connection().ask(request, new NioClient.Asked() {
            private String text = "";

            @Override
            public void body(byte[] bytes, int from, int length) {
                text = new String(bytes, from, length, StandardCharsets.UTF_8);
            }

            @Override
            public void line(int number, long nowNanos) {
                linesNanos[stream][number] = nowNanos - sentNanos;
            }

            @Override
            public void ended(boolean whole, long nowNanos) {
                if (!whole || linesNanos[stream][lines - 1] == 0) {
                    throw new IllegalStateException("a stream broke: " + text);
                }
                ended++;
            }
        });
    }

    /** In milliseconds, in order; too early is as wrong as too late. */
    double[] errors(long[] offsetsNanos) {
        double[] errors = new double[customers.size() * lines];
        Arrays.setAll(errors, i -> Math.abs(linesNanos[i / lines][i % lines] - offsetsNanos[i % lines]) / 1e6);
        Arrays.sort(errors);
        return errors;
    }
}
