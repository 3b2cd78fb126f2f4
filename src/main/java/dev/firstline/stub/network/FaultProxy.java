package dev.firstline.stub.network;

import com.sun.net.httpserver.HttpServer;
import dev.firstline.Misuse;
import dev.firstline.SmallServer;
import dev.firstline.stats.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP proxy that spoils the network between a client and a server, told what to do by Toxiproxy's control API: its
 * clients, Testcontainers' module among them, drive it unchanged.
 *
 * <p>It stands in the middle of two connections. So it delays, slows down, slices, loses and cuts off what they carry,
 * and it resets them; but it does not touch the handshake, which its own port answers at once, and it cannot lose,
 * repeat or reorder packets. That takes the kernel (netem).
 *
 * <p>Where it differs from Toxiproxy: a client that has said its last word may go on listening (half-close), a reset
 * also resets connections that were there before the toxic, a changed toxic keeps what it holds back instead of letting
 * it go, the timeout of a {@code timeout} toxic counts from when the toxic began, and a toxicity lies from 0 to 1.
 * Chance is seeded: connection n of a proxy has the same luck in every process.
 */
public final class FaultProxy implements AutoCloseable {
    /** Where the control API is if nobody says. */
    public static final int PORT = 8474;

    /** How many clients are connected at most, to all proxies together; more are reset at once. */
    public static final int CONNECTIONS_MAX = 1_000;

    private static final Pattern LINE = Pattern.compile("([^=]+)=(\\d{1,5}):(.+)");

    private final Loop loop;
    private final Proxies proxies;
    private final HttpServer server;
    private final ExecutorService apiThreads = SmallServer.threads("firstline-proxy-api");
    private final ExecutorService resolver = SmallServer.threads("firstline-proxy-names");

    private FaultProxy(Loop loop, HttpServer server, long seed) {
        this.loop = loop;
        this.server = server;
        this.proxies = new Proxies(loop, resolver, seed);
        server.setExecutor(apiThreads);
        server.createContext("/", new ToxiproxyApi(loop, proxies));
    }

    /**
     * Opens the control API, and nothing else yet.
     *
     * @param bind the address of this machine to answer on: whoever reaches it decides where connections lead
     * @param port the port there, or 0 for a free one
     * @param seed decides what chance decides: which connections a toxicity is about, jitter, sizes of slices
     * @throws Misuse if nobody can listen there
     */
    public static FaultProxy start(String bind, int port, long seed, Clock clock) {
        try {
            HttpServer server = SmallServer.open(new InetSocketAddress(InetAddress.getByName(bind), port));
            FaultProxy proxy = new FaultProxy(Loop.start(clock), server, seed);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new Misuse(
                    "an address of this machine with a port that is free",
                    String.valueOf(e.getMessage()),
                    "port " + port + " of " + bind,
                    "take another --port, or 0 for any; --bind 127.0.0.1, or 0.0.0.0 for all");
        }
    }

    /** A proxy that was asked for: its name, and where it listens and leads to as {@code HOST:PORT}. */
    public record Line(String name, String listen, String upstream) {}

    /**
     * Opens a proxy without the API.
     *
     * @param line {@code NAME=PORT:HOST:PORT}, such as {@code stub=8666:127.0.0.1:8080}; port 0 takes a free one
     * @param bind the address of this machine to listen on
     * @return where it listens and leads to
     * @throws Misuse if that is none, or nobody can listen there
     */
    public Line open(String line, String bind) {
        Matcher form = LINE.matcher(line);
        try {
            if (!form.matches()) {
                throw new IllegalArgumentException(line);
            }
            Proxies.Wish wish = new Proxies.Wish(
                    ApiJson.named(form.group(1)),
                    Place.of(new HostPort(bind, Integer.parseInt(form.group(2)))),
                    HostPort.of(form.group(3)),
                    true);
            NamedProxy opened = loop.call(() -> proxies.create(wish));
            return new Line(
                    opened.name(),
                    opened.listen().written().toString(),
                    opened.upstream().toString());
        } catch (IllegalArgumentException | ApiError e) {
            throw new Misuse(
                    "NAME=PORT:HOST:PORT, with a name and a port that are free",
                    String.valueOf(e.getMessage()),
                    "--listen " + line,
                    "write --listen stub=8666:127.0.0.1:8080");
        }
    }

    /** Where the control API answers. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Done when it has ended: exceptionally if it was not closed but failed, and leads nobody anywhere any more. */
    public CompletableFuture<Void> ended() {
        return loop.ended().copy();
    }

    /** How many clients are connected. */
    public int connections() {
        return loop.call(proxies::connections);
    }

    /** How many bytes are on their way, and what else it takes to keep them. */
    long heldBytes() {
        return loop.call(loop::heldBytes);
    }

    @Override
    public void close() {
        server.stop(0);
        apiThreads.shutdownNow();
        try {
            if (!loop.ended().isDone()) {
                loop.call(() -> {
                    proxies.stop();
                    return true;
                });
            }
        } finally {
            // Only now, since clients come until the ports are closed.
            resolver.shutdownNow();
            loop.close();
        }
    }
}
