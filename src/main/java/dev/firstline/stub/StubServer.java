package dev.firstline.stub;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.firstline.Misuse;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * A stand-in for the Agent Graph API that replays recordings in their time.
 *
 * <p>It is an ordinary WireMock: mappings in its root that answer a request before the agent does (priority below 8)
 * win. Thread-safe.
 */
public final class StubServer implements AutoCloseable {
    private final WireMockServer wireMock;
    private final StubParts parts;
    private final StubOptions options;
    private final String host;

    private StubServer(WireMockServer wireMock, StubParts parts, StubOptions options, String host) {
        this.wireMock = wireMock;
        this.parts = parts;
        this.options = options;
        this.host = host;
    }

    /**
     * Starts a stub; it serves when this returns.
     *
     * @throws Misuse if the root, a recording or a port is not as it should be
     */
    public static StubServer start(StubOptions options) {
        String host = host(options.bind());
        StubRoot root = new StubRoot(options.root());
        StubParts parts = StubParts.of(root.recordings(), options.playback());
        WireMockConfiguration configuration = root.configure(WireMockConfiguration.wireMockConfig())
                .bindAddress(options.bind())
                .port(options.port())
                // One reset stream must not take its neighbours on the same connection with it.
                .http2PlainDisabled(true)
                .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.BODY_FILE)
                .stubRequestLoggingDisabled(true)
                .notifier(new Slf4jNotifier(false))
                .extensions(parts.extensions(() -> {}).toArray(Extension[]::new));
        if (options.journal() == 0) {
            configuration.disableRequestJournal();
        } else {
            configuration
                    .withStores(new BoundedStores(configuration.filesRoot(), options.journal()))
                    .maxLoggedResponseSize(BoundedJournal.RESPONSE_BYTES_MAX);
        }
        if (options.httpsPort() != StubOptions.NO_HTTPS) {
            configuration.httpsPort(options.httpsPort());
        }
        StubServer server = new StubServer(wireMock(configuration), parts, options, host);
        try {
            server.wireMock.start();
            server.checkMappings(root);
            return server;
        } catch (FatalStartupException e) {
            // What WireMock had started it has stopped, and says so when it is asked to stop again.
            parts.pacer().close();
            throw new Misuse(
                    "an address of this machine with a port that is free",
                    inTheEnd(e),
                    "port " + options.port() + " of " + options.bind(),
                    "take another port, or 0 for any");
        } catch (Misuse e) {
            server.close();
            throw e;
        } catch (RuntimeException e) {
            server.close();
            throw unreadable(e);
        }
    }

    private static WireMockServer wireMock(WireMockConfiguration configuration) {
        try {
            return new WireMockServer(configuration);
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
    }

    /** Whatever else stops WireMock at its start is in the user's own mappings. */
    private static Misuse unreadable(RuntimeException e) {
        return new Misuse(
                "mappings that WireMock can read",
                String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                "the folder mappings of the stubs",
                "mend the file it names");
    }

    /**
     * Where it serves, in clear and without a path: {@code http://127.0.0.1:40001}, also where that is one address of
     * all.
     */
    public URI baseUrl() {
        return URI.create("http://" + host + ":" + wireMock.port());
    }

    /** Where it serves with TLS, HTTP/2 and HTTP/1.1; nothing if no such port was asked for. */
    public Optional<URI> tlsBaseUrl() {
        return wireMock.isHttpsEnabled()
                ? Optional.of(URI.create("https://" + host + ":" + wireMock.httpsPort()))
                : Optional.empty();
    }

    /** How late its lines were since it was started, or since the admin page was told to forget them. */
    public StubLag lag() {
        return parts.pacer().lag();
    }

    /** How many sessions are open. */
    public int openSessions() {
        return parts.sessions().openCount(parts.pacer().clock().nanoTime());
    }

    /**
     * Makes it as it was when it was started: no sessions, an empty journal, the mappings and scenarios of its root,
     * the faults of its options, no lag. Streams that are open go on.
     */
    public void reset() {
        wireMock.resetAll();
        parts.agent().fault(options.playback().faults());
        parts.pacer().reset();
    }

    /** Stops serving; streams that are open break. */
    @Override
    public void close() {
        parts.pacer().close();
        wireMock.stop();
    }

    /** What the first cause says: what WireMock makes of it names classes. */
    private static String inTheEnd(Throwable problem) {
        Throwable cause = problem.getCause();
        return cause == null ? String.valueOf(problem.getMessage()) : inTheEnd(cause);
    }

    /** How this machine calls itself by that address. */
    private static String host(String bind) {
        try {
            InetAddress address = InetAddress.getByName(bind);
            if (address.isAnyLocalAddress()) {
                return StubOptions.BIND;
            }
            return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new Misuse(
                    "an address of this machine", bind, "where to serve", "write 127.0.0.1, or 0.0.0.0 for all");
        }
    }

    private void checkMappings(StubRoot root) {
        List<StubMapping> mappings = wireMock.getStubMappings();
        if (StubParts.answering(mappings) == 0) {
            throw new Misuse(
                    "a mapping with the transformer " + AgentTransformer.NAME,
                    mappings.size() + " mappings without",
                    root + "/mappings",
                    "copy the shipped mappings/agent-graph.json");
        }
    }
}
