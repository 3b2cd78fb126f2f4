package dev.firstline.bench;

import dev.firstline.stats.Clock;
import dev.firstline.stub.network.FaultProxy;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the fault proxy costs without a toxic: bytes a second and the time of a question and its answer, directly and
 * through it in turns, and its CPU time a megabyte. Server, proxy and client are processes of their own.
 */
public final class FaultProxyCost {
    private static final int MEGABYTE = 1_000_000;
    private static final int MEGABYTES = 200;
    private static final int QUESTIONS = 3_000;

    private FaultProxyCost() {}

    /** {@code -Drounds=N}: how often each takes its turn; 7 unless told, of which the first two are for warming up. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0) {
            proxy(args[0]);
            return;
        }
        System.err.println("load average " + Fork.loadAverage());
        Process server = Fork.server(Source.class);
        Process proxy = null;
        try {
            int direct = port(server);
            proxy = Fork.server(FaultProxyCost.class, "127.0.0.1:" + direct);
            measure(direct, port(proxy), proxy.pid());
        } finally {
            server.destroy();
            if (proxy != null) {
                proxy.destroy();
            }
        }
        System.err.println("load average " + Fork.loadAverage());
    }

    private static int port(Process server) throws IOException {
        return Integer.parseInt(server.inputReader(StandardCharsets.US_ASCII).readLine());
    }

    /** The proxy's own process: prints its port, and lives until its standard input ends. */
    private static void proxy(String upstream) throws IOException {
        try (FaultProxy proxy = FaultProxy.start("127.0.0.1", 0, 1, Clock.system())) {
            String listen = proxy.open("bench=0:" + upstream, "127.0.0.1").listen();
            System.out.println(listen.substring(listen.indexOf(':') + 1));
            while (System.in.read() >= 0) {
                // Nothing is said to it; the end is what it waits for.
            }
        }
    }

    private static void measure(int directPort, int proxyPort, long proxy) throws IOException {
        int rounds = Integer.getInteger("rounds", 7);
        List<Double> direct = new ArrayList<>();
        List<Double> proxied = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> asked = new ArrayList<>();
        List<Double> askedThrough = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double directRate = rate(directPort);
            long cpuNanos = CpuTime.nanos(proxy);
            double proxiedRate = rate(proxyPort);
            double cpuMillis = (CpuTime.nanos(proxy) - cpuNanos) / 1e6 / MEGABYTES;
            List<Double> directTimes = micros(directPort);
            List<Double> proxiedTimes = micros(proxyPort);
            if (round > 1) {
                direct.add(directRate);
                proxied.add(proxiedRate);
                cpu.add(cpuMillis);
                asked.addAll(directTimes);
                askedThrough.addAll(proxiedTimes);
            }
        }
        Spread without = new Spread(asked);
        Spread with = new Spread(askedThrough);
        System.err.printf("MB/s directly:          %s%n", new Spread(direct));
        System.err.printf("MB/s through the proxy: %s%n", new Spread(proxied));
        System.err.printf(
                "ratio of the medians: %.2f%n", new Spread(proxied).percentile(50) / new Spread(direct).percentile(50));
        System.err.printf("CPU of the proxy, ms a MB: %s%n", new Spread(cpu));
        System.err.printf("question and answer, us, directly: p50 %.0f p99 %.0f%n", median(without), p99(without));
        System.err.printf("through the proxy:                 p50 %.0f p99 %.0f%n", median(with), p99(with));
        System.err.printf(
                "added: p50 %.0f us, p99 %.0f us%n", median(with) - median(without), p99(with) - p99(without));
    }

    private static double median(Spread spread) {
        return spread.percentile(50);
    }

    private static double p99(Spread spread) {
        return spread.percentile(99);
    }

    /** Megabytes a second of one large answer. */
    private static double rate(int port) throws IOException {
        try (Socket socket = dial(port)) {
            byte[] buffer = new byte[1 << 16];
            long startNanos = Clock.system().nanoTime();
            new DataOutputStream(socket.getOutputStream()).writeInt(MEGABYTES * MEGABYTE);
            for (long left = (long) MEGABYTES * MEGABYTE; left > 0; ) {
                int read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    throw new EOFException();
                }
                left -= read;
            }
            return MEGABYTES / ((Clock.system().nanoTime() - startNanos) / 1e9);
        }
    }

    /** Microseconds of each of many questions with an answer of one byte. */
    private static List<Double> micros(int port) throws IOException {
        List<Double> micros = new ArrayList<>();
        try (Socket socket = dial(port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] question = {0, 0, 0, 1};
            for (int i = 0; i < QUESTIONS; i++) {
                long startNanos = Clock.system().nanoTime();
                out.write(question);
                if (socket.getInputStream().read() < 0) {
                    throw new EOFException();
                }
                micros.add((Clock.system().nanoTime() - startNanos) / 1e3);
            }
        }
        return micros;
    }

    private static Socket dial(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Answers each number with so many bytes. */
    static final class Source {
        private Source() {}

        public static void main(String[] args) throws IOException {
            try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                System.out.println(server.getLocalPort());
                while (true) {
                    try (Socket socket = server.accept()) {
                        socket.setTcpNoDelay(true);
                        answer(socket);
                    } catch (EOFException e) {
                        // This client has asked enough.
                    }
                }
            }
        }

        private static void answer(Socket socket) throws IOException {
            byte[] bytes = new byte[1 << 16];
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                for (int left = in.readInt(); left > 0; ) {
                    int piece = Math.min(left, bytes.length);
                    socket.getOutputStream().write(bytes, 0, piece);
                    left -= piece;
                }
            }
        }
    }
}
