package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks over HTTP/1.1 and keeps every line of the answer with the time at which it came. Thread-safe. */
public final class TapingClient {
    /** How long an answer may take before nobody waits for it any longer. */
    public static final Duration ANSWER_MAX = Duration.ofMinutes(10);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    /** How long a stub is told to wait, and so this program is idle, before an answer that measures it. */
    private static final Duration IDLE = Duration.ofMillis(60);

    private static final int MEASURED_ANSWERS = 9;

    private final Clock clock;
    private final HttpClient client = client();
    private volatile long ownNanos;

    public TapingClient(Clock clock) {
        this.clock = clock;
    }

    /**
     * How much of a time that is taped belongs to this program and its machine: what an answer of a stub takes here
     * beyond the wait that the stub was told, in the median of several. From now on this client leaves it out. Without
     * that, a recording of a recording would be later each time.
     *
     * @param stub one that plays without waiting
     * @throws IOException if it does not answer
     */
    public long leaveOutOwn(URI stub) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(stub.resolve(Endpoint.HEALTH.path()))
                .header(Agent.KEY_HEADER, "nobody")
                .header(Orders.Order.FAULT.header(), "late;on=health;ms=" + IDLE.toMillis())
                .POST(HttpRequest.BodyPublishers.ofString("{\"businessId\":\"b\",\"clientKey\":\"c\"}"))
                .build();
        long[] nanos = new long[MEASURED_ANSWERS];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = ask(request).headersNanos() - IDLE.toNanos();
        }
        Arrays.sort(nanos);
        ownNanos = Math.max(0, nanos[nanos.length / 2]);
        return ownNanos;
    }

    /** A client as recording needs it: HTTP/1.1, no redirect followed, nothing unpacked. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_MAX)
                .build();
    }

    /**
     * Asks, and waits for the end of the answer, whatever it is.
     *
     * @return the answer, broken ones too
     * @throws IOException if no answer began
     * @throws Misuse if the answer is one of which no recording can be made
     */
    public Take ask(HttpRequest request) throws IOException, InterruptedException {
        Taping taping = new Taping(clock, ownNanos, Taping.Listener.NOBODY);
        CompletableFuture<HttpResponse<Take>> answer = client.sendAsync(request, taping);
        Take take;
        try {
            take = answer.get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS).body();
        } catch (ExecutionException e) {
            take = taping.broken(e).orElseThrow(() -> new IOException(reason(e), e));
        } catch (TimeoutException e) {
            answer.cancel(true);
            take = taping.silent().orElseThrow(() -> new HttpTimeoutException("no answer within " + ANSWER_MAX));
        }
        if (!taping.unfit().isEmpty()) {
            throw new Misuse(
                    "an answer that can be recorded",
                    taping.unfit(),
                    String.valueOf(request.uri()),
                    "a target that answers in plain lines");
        }
        return take;
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
