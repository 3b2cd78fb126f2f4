package dev.firstline.bench;

import dev.firstline.stats.Clock;
import dev.firstline.stub.ProxyOptions;
import dev.firstline.stub.RecordedStubs;
import dev.firstline.stub.RecordingProxy;
import dev.firstline.stub.Redaction;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.LineDecoder;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * What the recording proxy adds to a line: every line says when its server wrote it, on the clock that all processes of
 * a machine share, and half of the clients ask through the proxy.
 *
 * <p>Server, proxy and clients are processes of their own; direct and proxied streams run side by side, so whatever
 * else wants the cores delays both.
 */
public final class ProxyDelay {
    private static final int LINES = 20;
    private static final int GAP_MICROS = 50_000;
    private static final int TURNS_OF_A_SESSION = 10;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(30);

    private final Clock clock = Clock.system();
    private final long measuredFromNanos = clock.nanoTime() + WARM_UP.toNanos();
    private final long untilNanos = measuredFromNanos + MEASURED.toNanos();

    private ProxyDelay() {}

    /** {@code -Dstreams=N}: how many ask directly, and as many through the proxy; 10 unless told. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0) {
            proxy(URI.create(args[0]));
            return;
        }
        int streams = Integer.getInteger("streams", 10);
        System.err.printf(
                "%d streams directly and %d through the proxy, a line each %d ms%nload average %s%n",
                streams, streams, GAP_MICROS / 1_000, Fork.loadAverage());
        Process server = Fork.server(LineServer.class);
        Process proxy = null;
        try {
            int direct = port(server);
            proxy = Fork.server(ProxyDelay.class, "http://127.0.0.1:" + direct);
            new ProxyDelay().run(streams, direct, port(proxy));
        } finally {
            server.destroy();
            if (proxy != null) {
                proxy.destroy();
            }
        }
        System.err.println("load average " + Fork.loadAverage());
    }

    private static int port(Process server) throws IOException {
        BufferedReader out = server.inputReader(StandardCharsets.US_ASCII);
        return Integer.parseInt(out.readLine());
    }

    /** The proxy's own process: prints its port, and lives until its standard input ends. */
    private static void proxy(URI upstream) throws IOException {
        Path folder = Scratch.folder();
        Redaction redaction = Redaction.of(List.of(), List.of());
        ProxyOptions options =
                new ProxyOptions(0, upstream, "bench-key", "bench", 1e6, 1_000_000, Duration.ofHours(1), 0);
        try (RecordingProxy proxy = RecordingProxy.start(
                options, new RecordedStubs(folder, redaction, "bench", Clock.system()), redaction, words -> {})) {
            System.out.println(proxy.baseUrl().getPort());
            while (System.in.read() >= 0) {
                // Nothing is said to it; the end is what it waits for.
            }
        } finally {
            Scratch.remove(folder);
        }
    }

    private void run(int streams, int directPort, int proxyPort) throws InterruptedException {
        Queue<Double> direct = new ConcurrentLinkedQueue<>();
        Queue<Double> proxied = new ConcurrentLinkedQueue<>();
        CountDownLatch running = new CountDownLatch(2 * streams);
        for (int i = 0; i < streams; i++) {
            start(i, directPort, direct, running);
            start(i, proxyPort, proxied, running);
        }
        running.await();
        Spread without = new Spread(direct);
        Spread with = new Spread(proxied);
        print("directly", without);
        print("through the proxy", with);
        System.err.printf(
                "added, in ms: p50 %.3f  p99 %.3f%n",
                with.percentile(50) - without.percentile(50), with.percentile(99) - without.percentile(99));
    }

    private static void print(String what, Spread millis) {
        System.err.printf(
                "%-18s %,6d lines, written to read in ms: p50 %.3f  p99 %.3f  max %.3f%n",
                what, millis.count(), millis.percentile(50), millis.percentile(99), millis.max());
    }

    private void start(int number, int port, Queue<Double> delaysMillis, CountDownLatch running) {
        new Thread(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        socket.setTcpNoDelay(true);
                        InputStream in = new BufferedInputStream(socket.getInputStream());
                        for (int turn = 0; clock.nanoTime() < untilNanos; turn++) {
                            ask(
                                    socket.getOutputStream(),
                                    in,
                                    "bench-%d-%d".formatted(number, turn / TURNS_OF_A_SESSION),
                                    delaysMillis);
                        }
                    } catch (IOException e) {
                        System.err.println(e);
                    } finally {
                        running.countDown();
                    }
                })
                .start();
    }

    private void ask(OutputStream out, InputStream in, String session, Queue<Double> delaysMillis) throws IOException {
        String body = "{\"sessionId\":\"" + session + "\",\"inputEvents\":[{}]}";
        String head =
                "POST %s?/stamped/%d/%d HTTP/1.1\r\nHost: bench\r\nx-api-key: bench-key\r\nContent-Length: %d\r\n\r\n"
                        .formatted(Endpoint.INVOKE.path(), LINES, GAP_MICROS, body.length());
        out.write((head + body).getBytes(StandardCharsets.US_ASCII));
        while (!crlf(in).isEmpty()) {
            // The head of the answer ends with an empty line.
        }
        LineDecoder decoder = new LineDecoder();
        for (int left = chunk(in); left > 0; left = chunk(in)) {
            while (left > 0) {
                // A line may come in several chunks.
                byte[] bytes = new byte[left];
                int read = in.read(bytes);
                long nowNanos = clock.nanoTime();
                if (read < 0) {
                    throw new EOFException();
                }
                decoder.feed(ByteBuffer.wrap(bytes, 0, read), line -> {
                    if (nowNanos > measuredFromNanos) {
                        delaysMillis.add((nowNanos - LineServer.stampOf(line.bytes())) / 1e6);
                    }
                });
                left -= read;
            }
            crlf(in);
        }
        crlf(in);
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(crlf(in), 16);
    }

    private static String crlf(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
