package dev.firstline.bench;

import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What streaming costs the stub beside WireMock serving the same bytes as a static body: 5 lines of 200 bytes, nothing
 * to wait for, 32 connections that ask again at once. The ways take turns, two seconds each, so that a neighbour who
 * takes the machine away hits all alike. The client and the servers have a core each; a server has it all to itself
 * while it is asked.
 */
public final class StubThroughput {
    private static final int CONNECTIONS = 32;
    private static final int LINES = 5;
    private static final int LINE_BYTES = 200;
    private static final int JOURNAL = 1_000;
    private static final String UNPACED = "X-Firstline-Speed: 0\r\n";

    private StubThroughput() {}

    /**
     * {@code -Drounds=N}: 12 unless told. {@code -Dwarm=N}: rounds before, 8 unless told. Each is two seconds a way.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Fork.onClientCore();
        Path scratch = Scratch.folder();
        BenchRoot root = new BenchRoot(LINES, LINE_BYTES, 1);
        String ours =
                root.stub(Files.createDirectories(scratch.resolve("stub"))).toString();
        String theirs =
                root.plain(Files.createDirectories(scratch.resolve("plain"))).toString();
        try {
            try (StubChild stub = StubChild.ofThisJava(scratch, "stub", ours, "0");
                    StubChild plain = StubChild.ofThisJava(scratch, "plain", theirs, "0")) {
                compare(
                        Way.inSessions("stub, streamed, no journal", stub, Endpoint.INVOKE.path()),
                        Way.unasked("plain WireMock, static body, no journal", plain));
            }
            try (StubChild stub = StubChild.ofThisJava(scratch, "stub", ours, "" + JOURNAL);
                    StubChild plain = StubChild.ofThisJava(scratch, "plain", theirs, "" + JOURNAL)) {
                compare(
                        Way.inSessions("stub, streamed, its journal", stub, Endpoint.INVOKE.path()),
                        Way.unasked("plain WireMock, static body, its journal", plain));
            }
            System.err.println("load average " + Fork.loadAverage());
        } finally {
            Scratch.remove(scratch);
        }
    }

    /** Two ways take turns, and no other server is on their core. */
    private static void compare(Way way, Way other) {
        int warm = Integer.getInteger("warm", 8);
        int rounds = Integer.getInteger("rounds", 12);
        for (int round = 0; round < warm + rounds; round++) {
            if (round == warm) {
                way.seen.clear();
                other.seen.clear();
            }
            way.window(TimeUnit.SECONDS.toNanos(2));
            other.window(TimeUnit.SECONDS.toNanos(2));
        }
        way.print();
        other.print();
        ratio(way, other);
    }

    private static void ratio(Way way, Way other) {
        List<Double> rates = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        for (int i = 0; i < way.seen.size(); i++) {
            rates.add(way.seen.get(i).perSecond() / other.seen.get(i).perSecond());
            costs.add(other.seen.get(i).cpuMicros() / way.seen.get(i).cpuMicros());
        }
        System.err.printf(
                "%-42s requests/s: %s;  requests a CPU second: %s%n",
                "the first over the second", new Spread(rates), new Spread(costs));
    }

    /** A second of one way. */
    private record Window(double perSecond, double cpuMicros) {}

    /** A server, and what it is asked. */
    private static final class Way {
        private final String name;
        private final StubChild server;
        private final NioClient client;
        private final List<Asker> askers;
        private final List<Window> seen = new ArrayList<>();

        private Way(String name, StubChild server, NioClient client, Stream<Asker> askers) {
            this.name = name;
            this.server = server;
            this.client = client;
            this.askers = askers.toList();
        }

        static Way inSessions(String name, StubChild server, String path) {
            NioClient client = new NioClient();
            return new Way(
                    name,
                    server,
                    client,
                    StubCustomer.open(client, server.port(), CONNECTIONS).stream()
                            .map(customer -> new Asker(customer.connection(), customer.turn(path, UNPACED))));
        }

        /** The same request, although nobody looks at it. */
        static Way unasked(String name, StubChild server) {
            NioClient client = new NioClient();
            String session = "b6bed81c-5fda-486d-b96c-1ff3af36219a";
            return new Way(
                    name,
                    server,
                    client,
                    Stream.generate(() -> new StubCustomer(client.connect(server.port()), session))
                            .limit(CONNECTIONS)
                            .map(customer ->
                                    new Asker(customer.connection(), customer.turn(Endpoint.INVOKE.path(), UNPACED))));
        }

        void window(long nanos) {
            Clock clock = Clock.system();
            long beginNanos = clock.nanoTime();
            long cpuNanos = server.cpuNanos();
            long answersBefore = answers();
            askers.forEach(asker -> asker.begin(beginNanos + nanos));
            while (askers.stream().anyMatch(asker -> asker.asking)) {
                client.poll();
            }
            long answers = answers() - answersBefore;
            double seconds = (clock.nanoTime() - beginNanos) / 1e9;
            seen.add(new Window(answers / seconds, (server.cpuNanos() - cpuNanos) / 1e3 / answers));
        }

        private long answers() {
            return askers.stream().mapToLong(asker -> asker.answers).sum();
        }

        void print() {
            System.err.printf(
                    "%-42s requests/s: %s;  CPU µs a request: %s%n",
                    name,
                    new Spread(seen.stream().map(Window::perSecond).toList()),
                    new Spread(seen.stream().map(Window::cpuMicros).toList()));
        }
    }

    /** Asks the same again and again. */
    private static final class Asker implements NioClient.Asked {
        private final NioConnection connection;
        private final byte[] request;
        private long untilNanos;
        private boolean asking;
        private long answers;
        private int lines;

        Asker(NioConnection connection, byte[] request) {
            this.connection = connection;
            this.request = request;
        }

        void begin(long newUntilNanos) {
            untilNanos = newUntilNanos;
            asking = true;
            ask();
        }

        private void ask() {
            lines = 0;
            connection.ask(request, this);
        }

        @Override
        public void line(int number, long nowNanos) {
            lines++;
        }

        @Override
        public void ended(boolean whole, long nowNanos) {
            if (!whole || lines != LINES) {
                throw new IllegalStateException("not the answer that was to be: " + lines + " lines");
            }
            answers++;
            asking = nowNanos < untilNanos;
            if (asking) {
                ask();
            }
        }
    }
}
