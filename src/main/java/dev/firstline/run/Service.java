package dev.firstline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Secret;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.EnvelopeReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service outside of any load: is it well, and please close these sessions. */
final class Service {
    private static final Logger log = LoggerFactory.getLogger(Service.class);

    /** How long one answer may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** How many sessions are closed at once. */
    static final int CLOSES_AT_ONCE = 50;

    private static final String FAILED_PRECONDITION = "9";
    private static final int HEALTH_ATTEMPTS = 3;
    private static final Duration HEALTH_PAUSE = Duration.ofSeconds(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI baseUrl;
    private final Secret key;
    // HTTP/1.1: the upgrade to h2c that java.net.http offers is one more thing to go wrong before a run.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    Service(URI baseUrl, Secret key) {
        this.baseUrl = baseUrl;
        this.key = key;
    }

    /**
     * Asks for health, up to three times: false or absent means to ask again after a short delay.
     *
     * @return empty if the service says that it is well, else what it said instead
     */
    String whyUnwell(Requests requests) throws InterruptedException {
        String why = "";
        for (int attempt = 1; attempt <= HEALTH_ATTEMPTS; attempt++) {
            why = askHealth(requests);
            if (why.isEmpty()) {
                return "";
            }
            if (attempt < HEALTH_ATTEMPTS) {
                TimeUnit.NANOSECONDS.sleep(HEALTH_PAUSE.toNanos());
            }
        }
        return why + ", " + HEALTH_ATTEMPTS + " times";
    }

    /**
     * Closes sessions and tells the ledger of those that are closed.
     *
     * @return how many the service would not close
     */
    int close(List<Ledger.OpenSession> sessions, Requests requests, Ledger ledger) throws InterruptedException {
        int refused = 0;
        for (int from = 0; from < sessions.size(); from += CLOSES_AT_ONCE) {
            List<CompletableFuture<Boolean>> closes = new ArrayList<>();
            for (Ledger.OpenSession session :
                    sessions.subList(from, Math.min(sessions.size(), from + CLOSES_AT_ONCE))) {
                closes.add(close(session, requests, ledger));
            }
            for (CompletableFuture<Boolean> close : closes) {
                refused += closed(close) ? 0 : 1;
            }
        }
        return refused;
    }

    private CompletableFuture<Boolean> close(Ledger.OpenSession session, Requests requests, Ledger ledger) {
        byte[] body = requests.close(session.clientKey(), session.sessionId());
        return client.sendAsync(request(Endpoint.CLOSE, body), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(answer -> {
                    boolean gone = isGone(answer);
                    if (gone) {
                        ledger.closed(session.sessionId());
                    } else {
                        log.warn("event=close_refused status={}", answer.statusCode());
                    }
                    return gone;
                });
    }

    /** What the service no longer knows (404), or has closed itself (failed precondition), is not open either. */
    private static boolean isGone(HttpResponse<byte[]> answer) {
        Envelope envelope = EnvelopeReader.read(answer.body());
        if (envelope instanceof Envelope.Failure failure) {
            return answer.statusCode() == 404 || failure.error().code().equals(FAILED_PRECONDITION);
        }
        return answer.statusCode() == 200;
    }

    private static boolean closed(CompletableFuture<Boolean> close) throws InterruptedException {
        try {
            return close.get(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn("event=close_failed because={}", e.toString());
            return false;
        }
    }

    private String askHealth(Requests requests) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = client.send(
                    request(Endpoint.HEALTH, requests.health("firstline-health")),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                return "health answered " + answer.statusCode();
            }
            JsonNode healthy = JSON.readTree(answer.body()).path("response").path("healthy");
            return healthy.asBoolean(false) ? "" : "health answered healthy: " + healthy.asText("absent");
        } catch (IOException e) {
            return "health could not be asked: " + reason(e);
        }
    }

    private HttpRequest request(Endpoint endpoint, byte[] body) {
        return HttpRequest.newBuilder(baseUrl.resolve(endpoint.path()))
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .header("x-api-key", key.reveal())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
