package dev.firstline.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firstline.Misuse;
import dev.firstline.SmallServer;
import dev.firstline.report.LivePage;
import dev.firstline.stats.Clock;
import dev.firstline.stats.LiveFigures;
import dev.firstline.stats.LiveHistory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The live page of a run, for browsers of this machine only: it is bound to the loopback address, and answers nobody
 * who calls it by another name than that (a page elsewhere could have its own name lead here). It lives as long as the
 * run; a page that is open when the run is over is told so first.
 */
final class LiveServer {
    /** How long it takes at most until an open page has asked again. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private static final int PORT_MAX = 65_535;
    private static final Pattern AFTER = Pattern.compile("after=(\\d{1,9}(?:\\.\\d{1,3})?)");

    private final HttpServer server;
    private final Clock clock;
    private final ExecutorService threads = SmallServer.threads("firstline-page");
    private final LiveHistory history = new LiveHistory();
    private final AtomicLong askedNanos = new AtomicLong();
    private final CountDownLatch toldOver = new CountDownLatch(1);
    private volatile String page = "";
    private volatile @Nullable LiveFigures now;
    private volatile LivePage.@Nullable Over over;

    private LiveServer(HttpServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Opens a port, if the settings ask for one.
     *
     * @throws Misuse if it is no port, or taken
     */
    static @Nullable LiveServer open(Settings settings, Clock clock) {
        if (!settings.has("live")) {
            return null;
        }
        int port = port(settings.text("live", ""));
        try {
            HttpServer server = SmallServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new LiveServer(server, clock);
        } catch (IOException e) {
            throw new Misuse(
                    "a free port for the live page",
                    port + ": " + e.getMessage(),
                    "the setting --live (-D" + Settings.PREFIX + "live)",
                    "write --live without a port to take a free one");
        }
    }

    /** Without a value, as Maven says it, it is {@code true} or nothing at all. */
    private static int port(String text) {
        String port = text.isBlank() || text.equals("true") ? "0" : text.strip();
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > PORT_MAX) {
            throw new Misuse(
                    "a port from 0 to " + PORT_MAX,
                    text,
                    "the setting --live (-D" + Settings.PREFIX + "live)",
                    "write --live for a free one, or --live=8081");
        }
        return Integer.parseInt(port);
    }

    /** Begins to answer, for a run that is prepared. */
    void start(Prepared prepared) {
        page = LivePage.html(
                prepared.name(), prepared.simulation(), prepared.target().name());
        server.start();
    }

    URI address() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/");
    }

    void add(LiveFigures figures) {
        now = figures;
        history.add(figures);
    }

    /** Tells an open page what came of the run, and ends. */
    void over(Finished finished) {
        over = new LivePage.Over(
                finished.verdict(),
                finished.folder().resolve("index.html").toAbsolutePath().toString());
        long asked = askedNanos.get();
        try {
            if (asked != 0
                    && clock.nanoTime() - asked < LAST_WORDS.toNanos()
                    && toldOver.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                close(1);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(0);
    }

    /** Ends at once. */
    void close() {
        close(0);
    }

    private void close(int seconds) {
        server.stop(seconds);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isByItsOwnName(exchange)) {
                answer(exchange, 403, "text/plain", "This page answers to its own address only.\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 405, "text/plain", "GET only.\n");
            } else {
                switch (exchange.getRequestURI().getPath()) {
                    case "/" -> answer(exchange, 200, "text/html", page);
                    case "/data" -> data(exchange);
                    default -> answer(exchange, 404, "text/plain", "There is / and /data.\n");
                }
            }
        }
    }

    private void data(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Matcher after = AFTER.matcher(query == null ? "" : query);
        double afterS = after.matches() ? Double.parseDouble(after.group(1)) : 0;
        LivePage.Over told = over;
        answer(exchange, 200, "application/json", LivePage.json(now, history.after(afterS), told));
        askedNanos.set(clock.nanoTime());
        if (told != null) {
            toldOver.countDown();
        }
    }

    private boolean isByItsOwnName(HttpExchange exchange) {
        int port = server.getAddress().getPort();
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host != null
                && Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port)
                        .contains(host);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
