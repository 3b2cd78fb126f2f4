package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.HttpConfiguration;
import wiremock.org.eclipse.jetty.server.HttpConnectionFactory;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.Server;
import wiremock.org.eclipse.jetty.server.ServerConnector;
import wiremock.org.eclipse.jetty.server.handler.AbstractHandler;

/**
 * A reverse proxy for somebody else's client that records what passes.
 *
 * <p>It passes every byte on as it comes; WireMock's own record-proxy reads an answer to its end first. The client's
 * own key goes with its requests, the target's with those that have none. Thread-safe.
 */
public final class RecordingProxy implements AutoCloseable {
    /** The most requests that are under way at once. */
    static final int REQUESTS_MAX = 1_000;

    /** The longest request. */
    static final int REQUEST_BYTES_MAX = 16 << 20;

    private static final int CLOSE_SECONDS_MAX = 2;

    /** Written by the HTTP client itself, or, as compressed lines cannot be recorded, not at all. */
    private static final Set<String> NOT_PASSED_ON = Set.of("host", "content-length", "expect", "accept-encoding");

    private final Server server;
    private final ServerConnector connector;
    private final Calls calls;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RecordingProxy(Server server, ServerConnector connector, Calls calls) {
        this.server = server;
        this.connector = connector;
        this.calls = calls;
    }

    /**
     * Starts a proxy; it serves when this returns.
     *
     * @param redaction looks out for every key that passes
     * @param says is told what was recorded, in sentences
     * @throws Misuse if the port is taken
     */
    public static RecordingProxy start(
            ProxyOptions options, RecordedStubs stubs, Redaction redaction, Consumer<String> says) {
        redaction.lookOutFor(options.key());
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(options.port());
        server.addConnector(connector);
        Calls calls = new Calls(options, redaction, new SessionRecorder(stubs, options.journey(), says));
        server.setHandler(calls);
        try {
            server.start();
        } catch (IOException e) {
            throw new Misuse(
                    "a port that is free", "" + e.getMessage(), "port " + options.port(), "take another, or 0 for any");
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not start", e);
        }
        return new RecordingProxy(server, connector, calls);
    }

    /** Where it serves: {@code http://127.0.0.1:40001}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    /** Sessions that its clients opened and did not close. */
    public int openSessions() {
        return calls.admission.open();
    }

    /** Stops serving, and writes what is complete; streams that are still open after a moment break. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            Future<Void> unused = connector.shutdown();
            if (!calls.places.tryAcquire(REQUESTS_MAX, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                calls.sessions.say("not recorded: answers that had not ended");
            }
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        } finally {
            calls.sessions.close();
        }
    }

    private static final class Calls extends AbstractHandler {
        private final Clock clock = Clock.system();
        private final HttpClient client = TapingClient.client();
        private final Semaphore places = new Semaphore(REQUESTS_MAX);
        private final ProxyOptions options;
        private final Redaction redaction;
        private final SessionRecorder sessions;
        private final Admission admission;

        Calls(ProxyOptions options, Redaction redaction, SessionRecorder sessions) {
            this.options = options;
            this.redaction = redaction;
            this.sessions = sessions;
            this.admission = new Admission(options, clock.nanoTime());
        }

        @Override
        public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            base.setHandled(true);
            byte[] body = request.getInputStream().readNBytes(REQUEST_BYTES_MAX + 1);
            Optional<Endpoint> endpoint = endpoint(request);
            Optional<HttpRequest> onward = body.length > REQUEST_BYTES_MAX ? Optional.empty() : onward(request, body);
            Optional<Refusal> refused = onward.isEmpty()
                    ? Optional.of(Refusal.invalid("the recording proxy cannot pass this request on"))
                    : refused(endpoint);
            if (refused.isPresent()) {
                ProxiedCall.refuse(response, refused.get());
                return;
            }
            new ProxiedCall(request, response, clock, options.ownNanos())
                    .begin(client, onward.orElseThrow(), (take, unfit) -> {
                        try {
                            endpoint.ifPresent(known -> ended(known, body, take, unfit));
                        } finally {
                            places.release();
                        }
                    });
        }

        private Optional<Refusal> refused(Optional<Endpoint> endpoint) {
            if (!places.tryAcquire()) {
                return Optional.of(new Refusal(GrpcCode.RESOURCE_EXHAUSTED, REQUESTS_MAX + " requests are under way"));
            }
            Optional<Refusal> refused = endpoint.equals(Optional.of(Endpoint.INIT))
                    ? admission.refused(clock.nanoTime())
                    : Optional.empty();
            refused.ifPresent(refusal -> places.release());
            return refused;
        }

        private void ended(Endpoint endpoint, byte[] body, Optional<Take> take, String unfit) {
            String session = AskReader.read(body) instanceof Ask ask ? ask.sessionId() : "";
            if (endpoint == Endpoint.INIT) {
                session = take.map(Conversation::opened).orElse("");
                admission.answered(session);
            }
            if (endpoint == Endpoint.CLOSE && take.isPresent() && take.get().isWhole()) {
                admission.closed(session);
            }
            if (take.isPresent() && unfit.isEmpty()) {
                sessions.add(endpoint, session, body, take.get());
            } else {
                String why = endpoint.wireName() + " is not recorded: "
                        + (take.isEmpty() ? "no answer from " + options.upstream() : unfit);
                if (endpoint.isTurn() && !session.isEmpty()) {
                    sessions.giveUp(session, why);
                } else {
                    sessions.say(why);
                }
            }
        }

        /** The request as the target gets it; empty for one that HTTP knows and a URI does not. */
        private Optional<HttpRequest> onward(HttpServletRequest request, byte[] body) {
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            // Joined, not resolved: "//other.example.com/" is a path here and must not become a host.
            String address = options.upstream().getScheme() + "://"
                    + options.upstream().getRawAuthority() + "/"
                    + request.getRequestURI().replaceFirst("^/", "") + query;
            try {
                HttpRequest.Builder onward = HttpRequest.newBuilder(URI.create(address))
                        .method(
                                request.getMethod(),
                                body.length == 0
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body));
                for (String name : Collections.list(request.getHeaderNames())) {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (!ProxiedCall.OF_THE_CONNECTION.contains(lower) && !NOT_PASSED_ON.contains(lower)) {
                        Collections.list(request.getHeaders(name)).forEach(value -> onward.header(name, value));
                    }
                }
                String key = request.getHeader(Agent.KEY_HEADER);
                if (key != null && !key.isBlank()) {
                    redaction.lookOutFor(key);
                } else if (request.getHeader("Origin") == null) {
                    // A page in somebody's browser could ask here, too, and must not do so in the target's name.
                    onward.setHeader(Agent.KEY_HEADER, options.key());
                }
                return Optional.of(onward.build());
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static Optional<Endpoint> endpoint(HttpServletRequest request) {
            return Arrays.stream(Endpoint.values())
                    .filter(endpoint -> endpoint.path().equals(request.getRequestURI()))
                    .findFirst();
        }
    }
}
