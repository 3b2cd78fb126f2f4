package dev.firstline.stub.network;

import dev.firstline.stats.Clock;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client and a server with the proxy between them, and Toxiproxy's own client to tell it what to do. */
final class Peers implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Clock clock = Clock.system();
    final FaultProxy faults;
    final ToxiproxyClient api;
    final Proxy proxy;
    private final ServerSocket listener;

    Peers() throws IOException {
        this(1);
    }

    Peers(long seed) throws IOException {
        faults = FaultProxy.start("127.0.0.1", 0, seed, clock);
        api = new ToxiproxyClient("127.0.0.1", faults.port());
        listener = new ServerSocket(0, FaultProxy.CONNECTIONS_MAX, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(PATIENCE_MILLIS);
        proxy = api.createProxy("link", "127.0.0.1:0", "127.0.0.1:" + listener.getLocalPort());
    }

    /** A connection through the proxy, from both of its ends. */
    record Pair(Socket client, Socket server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    Pair connect() throws IOException {
        Socket client = dial();
        Socket server = listener.accept();
        server.setTcpNoDelay(true);
        server.setSoTimeout(PATIENCE_MILLIS);
        return new Pair(client, server);
    }

    Socket dial() throws IOException {
        Socket client = new Socket();
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(proxy)), PATIENCE_MILLIS);
        client.setTcpNoDelay(true);
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    /** Where a proxy listens, as it says. */
    static int port(Proxy proxy) {
        return Integer.parseInt(proxy.getListen().replaceAll(".*:", ""));
    }

    ServerSocket listener() {
        return listener;
    }

    long nowNanos() {
        return clock.nanoTime();
    }

    long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - nanos);
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Writes on a thread of its own, since nobody may be reading yet, and says no more. */
    static CompletableFuture<Void> say(Socket socket, byte[] bytes) {
        return CompletableFuture.runAsync(() -> {
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Whatever comes until the end. */
    static CompletableFuture<byte[]> heard(Socket socket) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** How reading a connection ends: {@code end} or {@code reset}. */
    static String ending(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // What comes before the end is not asked for.
            }
            return "end";
        } catch (SocketException e) {
            return "reset";
        }
    }

    /** Whether nothing comes for so long. */
    static boolean quiet(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        faults.close();
        listener.close();
    }
}
