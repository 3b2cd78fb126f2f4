package dev.firstline.contract.proof;

import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Finding;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Turn;
import dev.firstline.journey.TurnBody;
import dev.firstline.wire.Choice;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Walks journeys over real sockets and lets the contract check all that is sent and received. */
final class Conversation {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    // HTTP/1.1, where a body that breaks off can be told from one that ends.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final Served served;
    private final Requests requests;

    Conversation(Served served, Collection<Journey> journeys) {
        this.served = served;
        this.requests = Requests.of(served.target(), journeys);
    }

    /** Every call of all journeys, one after the other, and before them the question whether the agent is well. */
    static List<Call> all(Served served, List<Journey> journeys) throws InterruptedException {
        Conversation conversation = new Conversation(served, journeys);
        List<Call> calls = new ArrayList<>(List.of(conversation.health()));
        for (Journey journey : journeys) {
            calls.addAll(conversation.walk(journey, ""));
        }
        return calls;
    }

    /** Is the agent well? */
    Call health() throws InterruptedException {
        return ask("health", Endpoint.HEALTH, "", requests.health("firstline-contract"), "");
    }

    /**
     * From init to close, without the pauses; the close comes whatever the turns did.
     *
     * @param fault what a stub is asked to do wrong in the turns; empty for nothing
     */
    List<Call> walk(Journey journey, String fault) throws InterruptedException {
        String clientKey = "firstline-contract-" + journey.name();
        List<Call> calls = new ArrayList<>();
        Call init = ask(journey.name() + ", init", Endpoint.INIT, "", requests.init(clientKey, journey.spelling()), "");
        calls.add(init);
        String session = init.sessionId();
        if (session.isEmpty()) {
            return calls;
        }
        List<Choice> shown = List.of();
        for (Turn turn : journey.turns()) {
            if (requests.turn(journey, turn, clientKey, session, shown) instanceof TurnBody.Ready ready) {
                String name = journey.name() + ", turn " + turn.number();
                Call call = ask(name, turn.mode().endpoint(), session, ready.bytes(), fault);
                calls.add(call);
                shown = call.events().stream()
                        .flatMap(event -> event.choices().stream())
                        .toList();
            }
        }
        calls.add(ask(
                journey.name() + ", close",
                Endpoint.CLOSE,
                session,
                requests.close(clientKey, session, journey.spelling()),
                ""));
        return calls;
    }

    private Call ask(String name, Endpoint endpoint, String session, byte[] body, String fault)
            throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(served.address().resolve(endpoint.path()))
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .header("x-api-key", served.key().reveal())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!fault.isEmpty()) {
            request.header("X-Firstline-Fault", fault);
        }
        Hearing hearing = new Hearing(endpoint, session);
        boolean whole = true;
        try {
            client.send(request.build(), hearing);
        } catch (IOException e) {
            whole = false;
        }
        hearing.end(whole);
        return new Call(
                name,
                endpoint,
                new String(body, StandardCharsets.UTF_8),
                Proof.contracts().request(endpoint, body),
                hearing.status,
                hearing.lines,
                hearing.found);
    }

    /** Takes an answer in while it comes. */
    private static final class Hearing implements HttpResponse.BodyHandler<Void> {
        private final List<Finding> found = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private final LineDecoder decoder = new LineDecoder();
        private final AnswerChecker checker;
        private final long askedNanos = System.nanoTime();
        private long firstLineNanos;
        private boolean tooLong;
        private int status;

        Hearing(Endpoint endpoint, String session) {
            checker = Proof.contracts().answer(endpoint, session, (finding, line) -> found.add(finding));
        }

        @Override
        public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo head) {
            status = head.statusCode();
            checker.head(status, head.headers().firstValue("content-type").orElse(null));
            return HttpResponse.BodySubscribers.ofByteArrayConsumer(
                    chunk -> chunk.ifPresent(bytes -> bytes(ByteBuffer.wrap(bytes))));
        }

        private void bytes(ByteBuffer bytes) {
            if (!tooLong && !decoder.feed(bytes, this::line)) {
                tooLong = true;
                checker.tooLong(decoder.lines() + 1);
            }
        }

        private void line(Line line) {
            if (lines.isEmpty()) {
                firstLineNanos = System.nanoTime();
            }
            lines.add(line);
            checker.line(line);
        }

        void end(boolean whole) {
            long nowNanos = System.nanoTime();
            if (whole) {
                decoder.end().ifPresent(this::line);
            }
            long lastNanos = lines.isEmpty() ? AnswerEnd.UNKNOWN : Math.max(0, nowNanos - firstLineNanos);
            checker.end(new AnswerEnd(whole, nowNanos - askedNanos, lastNanos));
        }
    }
}
