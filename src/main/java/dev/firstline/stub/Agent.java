package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The service that the stub stands in for: a request comes in, a plan of the answer goes out.
 *
 * <p>Knows the API's rules, the sessions and the recordings; knows nothing of HTTP servers.
 */
final class Agent {
    static final String KEY_HEADER = "x-api-key";
    static final String FAULT_HEADER = "X-Firstline-Fault";
    static final String SPEED_HEADER = "X-Firstline-Speed";
    static final String TIMING_HEADER = "X-Firstline-Timing";
    static final String JOURNEY_HEADER = "X-Firstline-Journey";

    private final Recordings recordings;
    private final Sessions sessions;
    private final Clock clock;
    private final double speed;
    private final Timings timings;
    private volatile Optional<FaultAt> serversFault;

    Agent(Recordings recordings, Sessions sessions, Clock clock, StubOptions options) {
        this.recordings = recordings;
        this.sessions = sessions;
        this.clock = clock;
        this.speed = options.speed();
        this.timings = new Timings(options.timingAs(), options.seed(), recordings.takes());
        this.serversFault = options.faultAt();
    }

    /** From now on this goes wrong in every answer that no request asks another fault for. */
    void fault(Optional<FaultAt> fault) {
        serversFault = fault;
    }

    /**
     * Answers a request.
     *
     * @param headers the request's header by its name, "" where it is absent
     */
    Plan answer(Endpoint endpoint, UnaryOperator<String> headers, byte[] body) {
        try {
            Optional<FaultAt> fault = FaultAt.parse(headers.apply(FAULT_HEADER), FAULT_HEADER)
                    .or(() -> serversFault.filter(f -> f.spoils(endpoint)));
            if (fault.isPresent() && fault.get().fault() instanceof Fault.Status status) {
                return status.answer();
            }
            String asked = headers.apply(SPEED_HEADER);
            double played = asked.isEmpty() ? speed : Speed.parse(asked, SPEED_HEADER);
            Plan plan = unspoilt(new Request(endpoint, headers, played), AskReader.read(body));
            return fault.isPresent() && plan.status() == 200 ? fault.get().spoil(plan) : plan;
        } catch (Misuse e) {
            return Refusal.invalid(String.valueOf(e.getMessage())).bare();
        }
    }

    private record Request(Endpoint endpoint, UnaryOperator<String> headers, double speed) {
        Plan refused(Refusal refusal) {
            return endpoint.streamed() ? refusal.enveloped() : refusal.bare();
        }
    }

    private Plan unspoilt(Request request, AskReader.Asked asked) {
        if (asked instanceof Refusal malformed) {
            return malformed.bare();
        }
        Ask ask = (Ask) asked;
        Endpoint endpoint = request.endpoint();
        if (request.headers().apply(KEY_HEADER).isBlank()) {
            return request.refused(new Refusal(GrpcCode.UNAUTHENTICATED, "missing " + KEY_HEADER));
        }
        String missing = missing(endpoint, ask);
        if (missing != null) {
            return request.refused(Refusal.invalid(missing + " is required"));
        }
        if (endpoint == Endpoint.HEALTH) {
            return play(request, recordings.single(endpoint), values(ask, ask.sessionId(), 0));
        }
        Sessions.Found found = endpoint == Endpoint.INIT
                ? sessions.open(ask.businessId(), ask.clientKey(), clock.nanoTime())
                : sessions.find(ask, clock.nanoTime());
        if (found instanceof Refusal refusal) {
            return request.refused(refusal);
        }
        return inSession(request, ask, (Session) found);
    }

    private Plan inSession(Request request, Ask ask, Session session) {
        Endpoint endpoint = request.endpoint();
        if (endpoint == Endpoint.INVOKE || endpoint == Endpoint.INVOKE_SYNC) {
            return turn(request, ask, session);
        }
        if (endpoint == Endpoint.CLOSE) {
            sessions.close(session);
        }
        return play(request, recordings.single(endpoint), values(ask, session.id(), session.turns()));
    }

    private Plan turn(Request request, Ask ask, Session session) {
        String bound = session.journey();
        String asked = request.headers().apply(JOURNEY_HEADER);
        if (bound == null && !asked.isEmpty()) {
            if (!recordings.hasJourney(asked)) {
                return new Refusal(GrpcCode.NOT_FOUND, "no recording of a journey " + asked).bare();
            }
            bound = asked;
        }
        int turn = session.turns() + 1;
        Recording recording = recordings.turn(request.endpoint(), bound, turn, ask);
        if (recording == null) {
            String why = recordings.whyNone(request.endpoint(), bound, turn, ask);
            return new Refusal(GrpcCode.NOT_FOUND, why).bare();
        }
        session.answeredBy(recording);
        return play(request, recording, values(ask, session.id(), turn));
    }

    private Placeholder.Values values(Ask ask, String sessionId, int turn) {
        return new Placeholder.Values(ask.businessId(), ask.clientKey(), sessionId, turn, clock.now());
    }

    private Plan play(Request request, Recording recording, Placeholder.Values values) {
        String asked = request.headers().apply(TIMING_HEADER);
        return timings.of(recording, asked, TIMING_HEADER).plan(values, request.speed());
    }

    private static @Nullable String missing(Endpoint endpoint, Ask ask) {
        boolean inSession = endpoint != Endpoint.INIT && endpoint != Endpoint.HEALTH;
        boolean turn = endpoint == Endpoint.INVOKE || endpoint == Endpoint.INVOKE_SYNC;
        if (ask.businessId().isEmpty()) {
            return "businessId";
        }
        if (ask.clientKey().isEmpty()) {
            return "clientKey";
        }
        if (inSession && ask.sessionId().isEmpty()) {
            return "sessionId";
        }
        return turn && ask.inputs().isEmpty() ? "inputEvents" : null;
    }
}
