package dev.firstline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a stub keeps of clients that were killed: a process with thousands of open streams, most of whose lines are
 * still to come, ends by SIGKILL. A minute later there must be no connection and no timer; sessions stay until their
 * time to live is over.
 */
public final class StubKilledClients implements NioClient.Asked {
    private static final int LINES = 20;
    private static final int LINE_BYTES = 190;
    private static final double STREAM_SECONDS = 600;
    private static final int WAIT_SECONDS = 60;

    private int broken;

    private StubKilledClients() {}

    /** {@code -Dstreams=N}: 5,000 unless told. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0) {
            new StubKilledClients().hold(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        } else {
            Path scratch = Scratch.folder();
            try {
                kill(scratch, Integer.getInteger("streams", 5_000));
            } finally {
                Scratch.remove(scratch);
            }
        }
    }

    private static void kill(Path scratch, int streams) throws IOException, InterruptedException {
        System.err.println("load average " + Fork.loadAverage());
        Path root = new BenchRoot(LINES, LINE_BYTES, STREAM_SECONDS).stub(scratch);
        try (StubChild stub = StubChild.ofThisJava(scratch, "stub", root.toString(), "1000")) {
            long socketsBefore = stub.sockets();
            Process client = Fork.client(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    StubKilledClients.class.getName(),
                    String.valueOf(stub.port()),
                    String.valueOf(streams)));
            try (BufferedReader told = client.inputReader(StandardCharsets.US_ASCII)) {
                if (told.readLine() == null) {
                    throw new IllegalStateException("the client has ended by itself");
                }
                while (stub.admin().path("active_streams").asInt() < streams) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                // Those that have just asked how far it is are gone by then.
                TimeUnit.SECONDS.sleep(1);
                print("with its clients", 0, stub, socketsBefore);
                client.destroyForcibly().waitFor();
            }
            long killedNanos = Clock.system().nanoTime();
            boolean left = true;
            while (left && Clock.system().nanoTime() - killedNanos < TimeUnit.SECONDS.toNanos(WAIT_SECONDS)) {
                TimeUnit.MILLISECONDS.sleep(500);
                left = print("after kill -9", (Clock.system().nanoTime() - killedNanos) / 1e9, stub, socketsBefore);
            }
            System.err.println(
                    left ? "NOT GOOD: something is left" : "nothing is left but sessions, until they expire");
            System.err.println("load average " + Fork.loadAverage());
        }
    }

    /** Says what there is, and whether any of it is a connection, a stream or a timer. */
    private static boolean print(String when, double seconds, StubChild stub, long socketsBefore) throws IOException {
        // Before it is asked, which needs a connection itself.
        long connections = stub.sockets() - socketsBefore;
        JsonNode figures = stub.admin();
        int streams = figures.path("active_streams").asInt();
        int timers = figures.path("waiting").asInt();
        System.err.printf(
                "%-18s %5.1f s  connections %,d  active streams %,d  timers %,d  open sessions %,d  threads %d"
                        + "  heap after a full collection %.1f MiB%n",
                when,
                seconds,
                connections,
                streams,
                timers,
                figures.path("open_sessions").asInt(),
                stub.threads(),
                stub.figures().heapMib());
        return connections > 0 || streams > 0 || timers > 0;
    }

    /** The process that will be killed. */
    private void hold(int port, int streams) {
        NioClient client = new NioClient();
        for (int i = 0; i < streams; i++) {
            // One after the other: a stub that is cold must not let go of those who wait to ask.
            StubCustomer customer = StubCustomer.open(client, port, 1).get(0);
            customer.connection().ask(customer.turn(Endpoint.INVOKE.path(), ""), this);
        }
        System.out.println("asked");
        while (broken == 0) {
            client.poll();
        }
        throw new IllegalStateException("a stream ended that was to be killed");
    }

    @Override
    public void line(int number, long nowNanos) {}

    @Override
    public void ended(boolean whole, long nowNanos) {
        broken++;
    }
}
