package dev.firstline.stub;

import dev.firstline.stats.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import wiremock.jakarta.servlet.AsyncContext;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.server.HttpOutput;
import wiremock.org.eclipse.jetty.server.Request;

/**
 * One request on its way through the proxy: what comes back goes to the client as it comes, piece by piece, and breaks
 * as it broke.
 */
final class ProxiedCall implements Taping.Listener {
    /** What belongs to one connection and not to the message, RFC 9110 §7.6.1; java.net.http writes its own. */
    static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** By its length a client would see the end of an answer, and go on, before that answer is recorded. */
    private static final String TELLS_THE_END = "content-length";

    private final AsyncContext async;
    private final HttpServletResponse response;
    private final HttpOutput out;
    private final ClientConnection connection;
    private final Taping taping;
    private volatile boolean clientLeft;

    /** To be made on the thread of the request, once its body was read. */
    ProxiedCall(HttpServletRequest request, HttpServletResponse response, Clock clock, long ownNanos) {
        this.async = request.startAsync();
        async.setTimeout(0);
        this.response = response;
        this.out = Request.getBaseRequest(request).getResponse().getHttpOutput();
        this.connection = new ClientConnection(request, this, this::left);
        this.taping = new Taping(clock, ownNanos, this);
    }

    /** In silence nothing is written, and so nothing fails: who leaves then is heard by the connection. */
    private synchronized void left() {
        clientLeft = true;
        taping.cancel();
        taping.broken(new IOException("the client left"));
    }

    /** Asks. {@code ended} is told the take, if an answer began, and why it is unfit to be recorded, if it is. */
    void begin(HttpClient client, HttpRequest request, BiConsumer<Optional<Take>, String> ended) {
        synchronized (this) {
            connection.watch(TapingClient.ANSWER_MAX.toNanos());
        }
        CompletableFuture<HttpResponse<Take>> answer = client.sendAsync(request, taping);
        CompletableFuture<Void> unused = answer.copy()
                .orTimeout(TapingClient.ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
                .handle((whole, problem) -> {
                    Optional<Take> take = problem == null ? Optional.of(whole.body()) : broken(problem);
                    try {
                        // First, so that who has read an answer to its end can count on its being recorded.
                        ended.accept(take, clientLeft ? "the client left" : taping.unfit());
                    } finally {
                        end(take);
                    }
                    return null;
                });
    }

    private Optional<Take> broken(Throwable problem) {
        taping.cancel();
        return problem instanceof TimeoutException ? taping.silent() : taping.broken(problem);
    }

    @Override
    public void headers(HttpResponse.ResponseInfo answer) {
        response.setStatus(answer.statusCode());
        answer.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(lower) && !lower.equals(TELLS_THE_END)) {
                values.forEach(value -> response.addHeader(name, value));
            }
        });
        pass(response::flushBuffer);
    }

    @Override
    public void body(List<ByteBuffer> chunks) {
        pass(() -> {
            for (ByteBuffer chunk : chunks) {
                out.write(chunk.duplicate());
            }
            out.flush();
        });
    }

    private interface Passing {
        void pass() throws IOException;
    }

    private void pass(Passing passing) {
        try {
            if (!clientLeft) {
                passing.pass();
            }
        } catch (IOException e) {
            clientLeft = true;
            taping.cancel();
            // Nothing else may end a call whose answer nobody reads.
            taping.broken(e);
        }
    }

    private synchronized void end(Optional<Take> take) {
        connection.unwatch();
        if (take.isEmpty()) {
            refuse(new Refusal(GrpcCode.UNAVAILABLE, "the target of the proxy does not answer"));
        } else if (take.get().breach().isPresent()) {
            connection.abort(take.get().breach().get().equals("reset"));
        }
        async.complete();
    }

    private void refuse(Refusal refusal) {
        try {
            refuse(response, refusal);
        } catch (UncheckedIOException e) {
            clientLeft = true;
        }
    }

    /** Answers as the gateway itself would. */
    static void refuse(HttpServletResponse response, Refusal refusal) {
        Plan plan = refusal.bare();
        response.setStatus(plan.status());
        plan.headers().forEach(response::setHeader);
        try {
            response.getOutputStream().write(refusal.bareBody().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
