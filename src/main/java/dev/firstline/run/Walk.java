package dev.firstline.run;

import dev.firstline.journey.Expectation;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Mode;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Turn;
import dev.firstline.journey.TurnBody;
import dev.firstline.stub.Conversation;
import dev.firstline.stub.Take;
import dev.firstline.stub.TapingClient;
import dev.firstline.wire.Choice;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One customer's way through a journey, call after call, each answer taped. Whoever walks away in it stays here. */
final class Walk {
    private final TapingClient client;
    private final URI baseUrl;
    private final Secret key;
    private final Requests requests;
    private final Journey journey;
    private final Ledger ledger;
    private final List<String> said = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();

    Walk(TapingClient client, URI baseUrl, Secret key, Requests requests, Journey journey, Ledger ledger) {
        this.client = client;
        this.baseUrl = baseUrl;
        this.key = key;
        this.requests = requests;
        this.journey = journey;
        this.ledger = ledger;
    }

    Journey journey() {
        return journey;
    }

    /** What came of the last take, in words. */
    String summary() {
        return String.join("; ", said);
    }

    /** What in the last take was not as the journey expects it; empty if all was. */
    String flaws() {
        return String.join("; ", flaws);
    }

    /**
     * Walks the journey once: health, init, the turns, close.
     *
     * @param conversation gets every answer
     * @param healths how often health is asked first, so that the connection is there; the last answer counts
     * @return why there is nothing to record; empty if there is
     */
    String take(Conversation conversation, String clientKey, int healths) throws InterruptedException {
        said.clear();
        flaws.clear();
        try {
            byte[] health = requests.health(clientKey);
            for (int i = 1; i <= healths; i++) {
                Take take = ask(Endpoint.HEALTH, health);
                if (i == healths) {
                    conversation.add(Endpoint.HEALTH, health, take);
                }
            }
            byte[] init = requests.init(clientKey, journey.spelling());
            ledger.intended(clientKey);
            Take opened = ask(Endpoint.INIT, init);
            String sessionId = sessionId(opened);
            if (sessionId.isEmpty()) {
                ledger.refused(clientKey);
                return "init answered " + opened.status() + " and no session";
            }
            ledger.opened(sessionId, clientKey);
            conversation.add(Endpoint.INIT, init, opened);
            return inSession(conversation, clientKey, sessionId);
        } catch (IOException e) {
            return "no answer from " + baseUrl + " (" + e.getMessage() + ")";
        }
    }

    /** Closes what is still open, as nobody else will. */
    void closeSessions() {
        try {
            if (!ledger.open().isEmpty()) {
                new Service(baseUrl, key).close(ledger.open(), requests, ledger);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String inSession(Conversation conversation, String clientKey, String sessionId)
            throws IOException, InterruptedException {
        String failure = "";
        List<Choice> shown = List.of();
        for (Turn turn : journey.turns()) {
            TurnBody body = requests.turn(journey, turn, clientKey, sessionId, shown);
            if (!(body instanceof TurnBody.Ready ready)) {
                failure = "turn " + turn.number() + " has nothing to send: " + ((TurnBody.Unpickable) body).why();
                break;
            }
            TimeUnit.NANOSECONDS.sleep(turn.think().toNanos());
            Endpoint endpoint = turn.mode() == Mode.SYNC ? Endpoint.INVOKE_SYNC : Endpoint.INVOKE;
            Take take = ask(endpoint, ready.bytes());
            conversation.add(endpoint, ready.bytes(), take);
            List<Event> events = events(take, endpoint);
            shown = events.stream().flatMap(event -> event.choices().stream()).toList();
            say(turn, take, events);
            weigh(turn, take, endpoint, events);
            if (!take.isWhole()) {
                break;
            }
        }
        byte[] close = requests.close(clientKey, sessionId, journey.spelling());
        Take closed = ask(Endpoint.CLOSE, close);
        conversation.add(Endpoint.CLOSE, close, closed);
        if (closed.isWhole()) {
            ledger.closed(sessionId);
        } else {
            flaws.add("close answered " + closed.breach().orElse("status " + closed.status()));
        }
        return failure;
    }

    private void weigh(Turn turn, Take take, Endpoint endpoint, List<Event> events) {
        Set<Expectation> unmet = turn.unmet(events);
        if (!take.isWhole()) {
            flaws.add("turn " + turn.number() + " answered " + take.breach().orElse("status " + take.status()));
        } else if (!take.envelopes(endpoint).stream().allMatch(Envelope.Answer.class::isInstance)) {
            flaws.add("turn " + turn.number() + " answered an error, or what cannot be read");
        } else if (!unmet.isEmpty()) {
            flaws.add("turn " + turn.number() + " answered without " + unmet);
        }
    }

    private void say(Turn turn, Take take, List<Event> events) {
        Set<Expectation> unmet = turn.unmet(events);
        String broken = take.isWhole() ? "" : ", " + take.breach().orElse("status " + take.status());
        String missing = unmet.isEmpty() ? "" : ", without " + unmet;
        said.add(String.format(
                Locale.ROOT,
                "turn %d first line after %.1f ms, %d lines%s%s",
                turn.number(),
                take.firstLineNanos() / 1e6,
                take.arrivals().size(),
                broken,
                missing));
    }

    private Take ask(Endpoint endpoint, byte[] body) throws IOException, InterruptedException {
        return client.ask(HttpRequest.newBuilder(baseUrl.resolve(endpoint.path()))
                .header("content-type", "application/json")
                .header("x-api-key", key.reveal())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private static String sessionId(Take init) {
        for (Envelope envelope : init.envelopes(Endpoint.INIT)) {
            if (envelope instanceof Envelope.Answer answer && answer.sessionId() != null) {
                return answer.sessionId();
            }
        }
        return "";
    }

    private static List<Event> events(Take take, Endpoint endpoint) {
        return take.envelopes(endpoint).stream()
                .filter(Envelope.Answer.class::isInstance)
                .flatMap(envelope -> ((Envelope.Answer) envelope).events().stream())
                .toList();
    }
}
