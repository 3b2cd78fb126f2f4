package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.Nearest;
import dev.firstline.stats.Clock;
import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service that the stub stands in for: a request comes in, a plan of the answer goes out.
 *
 * <p>Knows the API's rules, the sessions and the recordings; knows nothing of HTTP servers.
 */
final class Agent {
    static final String KEY_HEADER = "x-api-key";

    /** What a fault of the server's own spoils where it does not say: conversations can then still begin. */
    private static final Endpoint SPOILT_BY_DEFAULT = Endpoint.INVOKE;

    private final Recordings recordings;
    private final Sessions sessions;
    private final Clock clock;
    private final double speed;
    private final SeededChance chance;
    private final Unanswered unanswered = new Unanswered();
    private final Timings timings;
    private final Workers workers;
    private volatile Faults serversFaults;

    Agent(Recordings recordings, Sessions sessions, Clock clock, Playback playback) {
        this.recordings = recordings;
        this.sessions = sessions;
        this.clock = clock;
        this.speed = playback.speed();
        this.chance = new SeededChance(playback.seed());
        this.timings = new Timings(playback.timingAs(), playback.seed(), recordings.takes());
        this.workers = new Workers(playback.workers());
        this.serversFaults = playback.faults().meantFor(SPOILT_BY_DEFAULT);
    }

    /** From now on this goes wrong in every answer for which neither request nor mapping asks for faults. */
    void fault(Faults faults) {
        serversFaults = faults.meantFor(SPOILT_BY_DEFAULT);
    }

    Unanswered unanswered() {
        return unanswered;
    }

    Workers workers() {
        return workers;
    }

    /** Forgets all sessions, waiting turns and unanswered requests; chance begins anew. The server's faults stay. */
    void reset() {
        workers.reset();
        sessions.reset();
        unanswered.reset();
        chance.reset();
    }

    /** Answers a request. */
    Plan answer(Endpoint endpoint, Orders orders, byte[] body) {
        try {
            Faults told = orders.faults();
            Faults striking = (told.isEmpty() ? serversFaults : told).striking(endpoint, chance);
            Optional<Plan> instead = striking.instead();
            if (instead.isPresent()) {
                return instead.get();
            }
            Plan plan = unspoilt(new Request(endpoint, orders, orders.speed()), AskReader.read(body));
            if (plan.status() != 200) {
                return plan;
            }
            Plan spoilt = striking.spoil(plan);
            return endpoint.isTurn() ? workers.queued(spoilt, clock.nanoTime()) : spoilt;
        } catch (Misuse e) {
            return Refusal.invalid(String.valueOf(e.getMessage())).bare();
        }
    }

    /** Answers a request for a path that the gateway does not know. */
    Plan nowhere(String method, String path) {
        List<String> paths =
                Arrays.stream(Endpoint.values()).map(Endpoint::path).toList();
        List<String> close =
                Nearest.to(path, paths).stream().map(near -> "POST " + near).toList();
        unanswered.add(new Unanswered.Entry(clock.now(), method + " " + path, "", new Missed("no such path", close)));
        return new Refusal(GrpcCode.NOT_FOUND, "Not Found").bare();
    }

    /** @param speed as the request is told, or null */
    private record Request(
            Endpoint endpoint, Orders orders, @Nullable Double speed) {}

    private Plan unspoilt(Request request, AskReader.Asked asked) {
        if (asked instanceof Refusal malformed) {
            return malformed.bare();
        }
        Ask ask = (Ask) asked;
        Endpoint endpoint = request.endpoint();
        if (request.orders().headers().apply(KEY_HEADER).isBlank()) {
            return new Refusal(GrpcCode.UNAUTHENTICATED, "missing " + KEY_HEADER).of(endpoint);
        }
        String missing = missing(endpoint, ask);
        if (missing != null) {
            return Refusal.invalid(missing + " is required").of(endpoint);
        }
        if (endpoint == Endpoint.HEALTH) {
            return play(request, recordings.single(endpoint), values(ask, ask.sessionId(), 0));
        }
        Sessions.Found found = endpoint == Endpoint.INIT
                ? sessions.open(ask.businessId(), ask.clientKey(), clock.nanoTime())
                : sessions.find(ask, clock.nanoTime());
        if (found instanceof Refusal refusal) {
            return refusal.of(endpoint);
        }
        return inSession(request, ask, (Session) found);
    }

    private Plan inSession(Request request, Ask ask, Session session) {
        Endpoint endpoint = request.endpoint();
        if (endpoint.isTurn()) {
            return turn(request, ask, session);
        }
        if (endpoint == Endpoint.CLOSE) {
            sessions.close(session);
        }
        return play(request, recordings.single(endpoint), values(ask, session.id(), session.turns()));
    }

    private Plan turn(Request request, Ask ask, Session session) {
        Endpoint endpoint = request.endpoint();
        if (workers.full(clock.nanoTime())) {
            return new Refusal(GrpcCode.RESOURCE_EXHAUSTED, Workers.WAITING_MAX + " turns wait for a worker")
                    .of(endpoint);
        }
        Orders orders = request.orders();
        String bound = session.journey() == null ? begun(orders) : session.journey();
        TurnAsked asked = new TurnAsked(endpoint, bound, session.turns() + 1, ask);
        String named = orders.told(Order.RECORDING);
        Recording recording = named.isEmpty() ? recordings.turn(asked) : recordings.named(named, endpoint);
        if (recording == null) {
            Missed missed = named.isEmpty() ? recordings.missed(asked) : recordings.missed(named, endpoint);
            unanswered.add(new Unanswered.Entry(clock.now(), "POST " + endpoint.path(), session.id(), missed));
            return new Refusal(GrpcCode.NOT_FOUND, missed.message()).bare();
        }
        session.answeredBy(recording);
        return play(
                request,
                recording,
                values(ask, session.id(), recording.answers().turn()));
    }

    private String begun(Orders orders) {
        String told = orders.told(Order.JOURNEY);
        String walked = orders.told(Order.WALKS);
        return told.isEmpty() && recordings.hasJourney(walked) ? walked : told;
    }

    private Placeholder.Values values(Ask ask, String sessionId, int turn) {
        return new Placeholder.Values(ask.businessId(), ask.clientKey(), sessionId, ask.lastText(), turn, clock.now());
    }

    /** The nearest speed is heard: the request's, else the recording's own, else the stub's. */
    private Plan play(Request request, Recording recording, Placeholder.Values values) {
        double otherwise = Objects.requireNonNullElse(recording.speed(), speed);
        double played = Objects.requireNonNullElse(request.speed(), otherwise);
        return timings.of(recording, request.orders().timing()).plan(values, played, chance);
    }

    private static @Nullable String missing(Endpoint endpoint, Ask ask) {
        boolean inSession = endpoint != Endpoint.INIT && endpoint != Endpoint.HEALTH;
        if (ask.businessId().isEmpty()) {
            return "businessId";
        }
        if (ask.clientKey().isEmpty()) {
            return "clientKey";
        }
        if (inSession && ask.sessionId().isEmpty()) {
            return "sessionId";
        }
        return endpoint.isTurn() && ask.inputs().isEmpty() ? "inputEvents" : null;
    }
}
