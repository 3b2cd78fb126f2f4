package dev.firstline.gatling;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import dev.firstline.journey.Abandon;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Environment;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Mix;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Target;
import dev.firstline.journey.Turn;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.Clock;
import dev.firstline.stats.JourneyResult;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.LineDecoder;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whole conversations with one target, in the words of Gatling's Java DSL.
 *
 * <pre>{@code
 * setUp(scenario("shop").exec(agentGraph.mix(mix, seed)).injectOpen(schedule.injection()))
 *         .protocols(agentGraph.protocol(false, false))
 * }</pre>
 *
 * <p>Each virtual user takes the next number of the schedule, waits until it is due, and then opens a session, says its
 * turns and closes the session, the latter whatever became of the turns. A user beyond the schedule leaves at once.
 */
public final class AgentGraph {
    private static final String KEY_HEADER = "x-api-key";

    /** Tells a stub, and nobody else, which recordings are meant: two journeys may begin with the same words. */
    private static final String WALKS_HEADER = "X-Firstline-Walks";

    private final Target target;
    private final Masked apiKey;
    private final ClientKeys clientKeys;
    private final Timeouts timeouts;
    private final Schedule schedule;
    private final Sinks sinks;
    private final String prefix;
    private final Clock clock = Clock.system();

    /**
     * Conversations that follow one schedule.
     *
     * @param target where they are held; its address is known
     * @param prefix what all entries in Gatling's report begin with: empty, or {@code "warm-up · "}
     */
    public AgentGraph(
            Target target,
            Secret apiKey,
            ClientKeys clientKeys,
            Timeouts timeouts,
            Schedule schedule,
            Sinks sinks,
            String prefix) {
        if (target.baseUrl() == null) {
            throw new IllegalArgumentException("the address of " + target.name() + " is not known yet");
        }
        this.target = target;
        this.apiKey = new Masked(apiKey);
        this.clientKeys = clientKeys;
        this.timeouts = timeouts;
        this.schedule = schedule;
        this.sinks = sinks;
        this.prefix = prefix;
    }

    /**
     * The target as a protocol: nothing is compressed, as a compressor holds lines back; nothing is cached; no redirect
     * is followed, as it could lead to a host that no target names.
     *
     * @param http2 whether to speak HTTP/2 where the server does; over TLS only
     * @param shareConnections whether customers share connections instead of bringing one each
     */
    public HttpProtocolBuilder protocol(boolean http2, boolean shareConnections) {
        HttpProtocolBuilder protocol = http.baseUrl(String.valueOf(target.baseUrl()))
                .acceptHeader("application/json")
                .contentTypeHeader("application/json")
                .disableCaching()
                .disableFollowRedirect()
                .disableAutoReferer()
                .disableWarmUp();
        protocol = http2 ? protocol.enableHttp2() : protocol;
        return shareConnections ? protocol.shareConnections() : protocol;
    }

    /** The same journey for every arrival. */
    public ChainBuilder journey(Journey journey) {
        return arrive(number -> journey).doIf(Customer::isIn).then(conversation(journey, requests(List.of(journey))));
    }

    /** For each arrival the journey that the mix chooses. */
    public ChainBuilder mix(Mix mix, long seed) {
        Requests requests = requests(mix.journeys());
        List<Choice.WithKey> ways = new ArrayList<>();
        for (Journey journey : mix.journeys()) {
            ways.add(onCase(journey.name()).then(conversation(journey, requests)));
        }
        if (ways.size() == 1) {
            return journey(mix.journeys().get(0));
        }
        return arrive(number -> mix.choose(seed, number))
                .doIf(Customer::isIn)
                .then(doSwitch(session -> Customer.of(session).journey.name()).on(ways));
    }

    private Requests requests(List<Journey> journeys) {
        return Requests.of(target, journeys);
    }

    private ChainBuilder arrive(LongFunction<Journey> journeys) {
        return exec(session -> {
            sinks.loopDelays().watch(session.asScala().eventLoop());
            return schedule.take(clock.nanoTime())
                    .map(place -> new Customer(
                                    place.number(),
                                    clientKeys.of(place.number()),
                                    journeys.apply(place.number()),
                                    place.dueNanos())
                            .in(session))
                    .orElseGet(() -> Customer.none(session));
        });
    }

    private ChainBuilder conversation(Journey journey, Requests requests) {
        ChainBuilder chain = exec(untilDue())
                .exec(doIf(session -> !schedule.over(Customer.of(session).arrivalNanos))
                        .then(exec(call(CallKind.INIT, Endpoint.INIT, null, requests))));
        for (Turn turn : journey.turns()) {
            CallKind kind = turn.mode().endpoint() == Endpoint.INVOKE ? CallKind.INVOKE : CallKind.INVOKE_SYNC;
            chain = chain.exec(doIf(AgentGraph::goesOn)
                    .then(
                            exec(session -> {
                                Customer.of(session).think(turn);
                                return session;
                            }),
                            exec(untilDue(), call(kind, turn.mode().endpoint(), turn, requests))));
        }
        return chain.exec(doIf(AgentGraph::hasSession).then(exec(call(CallKind.CLOSE, Endpoint.CLOSE, null, requests))))
                .exec(this::leave);
    }

    private static boolean goesOn(Session session) {
        return hasSession(session) && !Customer.of(session).failed;
    }

    private static boolean hasSession(Session session) {
        return Customer.of(session).sessionId != null;
    }

    private Session leave(Session session) {
        Customer customer = Customer.of(session);
        if (customer.sessionId == null) {
            return Customer.none(session);
        }
        sinks.journeys()
                .accept(new JourneyResult(
                        customer.journey.name(),
                        customer.number,
                        customer.arrivalNanos,
                        customer.endNanos,
                        customer.thinkNanos));
        return Customer.none(session);
    }

    private ActionBuilder untilDue() {
        return WaitAction.until(clock, session -> Customer.of(session).dueNanos);
    }

    private HttpRequestActionBuilder request(Endpoint endpoint) {
        HttpRequestActionBuilder request = http(prefix + endpoint.wireName())
                .post(endpoint.path())
                .body(ByteArrayBody(session -> Customer.of(session).body))
                .sign(unsigned -> {
                    unsigned.getHeaders().set(KEY_HEADER, apiKey);
                    return unsigned;
                })
                // What is an error is decided before Gatling's checks are asked.
                .check(status().lt(600));
        return target.environment() == Environment.STUB
                ? request.header(
                        WALKS_HEADER, session -> Customer.of(session).journey.name())
                : request;
    }

    private ActionBuilder call(CallKind kind, Endpoint endpoint, @Nullable Turn turn, Requests requests) {
        HttpRequestActionBuilder request = request(endpoint);
        boolean stream = kind == CallKind.INVOKE;
        CallPlan plan = new CallPlan(
                kind == CallKind.INVOKE_SYNC ? timeouts.ofWhole() : timeouts,
                abandon(turn),
                !stream,
                LineDecoder.LINE_BYTES_MAX,
                sinks.check(),
                sinks.tracker(),
                sinks.loopDelays(),
                sinks.calls(),
                clock);
        return new ActionBuilder() {
            @Override
            public io.gatling.core.action.builder.ActionBuilder asScala() {
                return NdjsonActionBuilder.action(
                        request,
                        plan,
                        session -> new JourneyScript(kind, turn, Customer.of(session), requests, sinks.ledger()));
            }
        };
    }

    private static @Nullable Abandon abandon(@Nullable Turn turn) {
        return turn == null ? null : turn.abandon();
    }
}
