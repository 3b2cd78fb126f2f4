package dev.firstline.run;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.firstline.gatling.AgentGraph;
import dev.firstline.gatling.LoopDelays;
import dev.firstline.gatling.Schedule;
import dev.firstline.gatling.Sinks;
import dev.firstline.gatling.Timeouts;
import dev.firstline.gatling.Tracker;
import dev.firstline.journey.Arrivals;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Mix;
import dev.firstline.journey.Turn;
import dev.firstline.stats.Clock;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.List;

/**
 * What precedes the measured phase: whole journeys, so that classes are loaded, compiled and connected before anything
 * is timed. Answers are checked, too, by a checker of its own, and what is found is forgotten. Gatling's report has
 * them under names of their own, no result file has them at all; their sessions stand in the ledger like any other.
 */
final class WarmUp {
    private static final String NAME = "warm-up";

    /** The embedded stub is warmed up too, and answers without waiting meanwhile. */
    private static final int STUB_ROUNDS = 15;

    private static final Duration STUB_DURATION = Duration.ofSeconds(4);
    private static final String STUB_SPEED_HEADER = "X-Firstline-Speed";

    private final Prepared prepared;
    private final Runnable begun;
    private final LoopDelays unheard;
    private final Schedule schedule;
    private final ContractCheck check;
    private final AgentGraph agentGraph;

    WarmUp(Prepared prepared, Timeouts timeouts, Tracker tracker, Clock clock, Runnable begun) {
        this.prepared = prepared;
        this.begun = begun;
        this.unheard = new LoopDelays(clock, delayNanos -> {});
        this.schedule = new Schedule(arrivals());
        this.check = ContractCheck.forgetful(prepared.contracts(), waitNanos -> {}, clock);
        this.agentGraph = new AgentGraph(
                prepared.target(),
                prepared.key(),
                new ClientKeys(
                        prepared.name() + "-" + NAME, prepared.sharing().share().injector()),
                timeouts,
                schedule,
                new Sinks(call -> {}, journey -> {}, prepared.ledger(), tracker, unheard, check),
                NAME + " · ");
    }

    PopulationBuilder population() {
        HttpProtocolBuilder protocol = agentGraph.protocol(prepared.settings().flag("http2"), false);
        if (prepared.stub() != null) {
            protocol = protocol.header(STUB_SPEED_HEADER, "0");
        }
        return scenario(NAME)
                .exec(session -> {
                    begun.run();
                    return session;
                })
                .exec(agentGraph.mix(
                        Mix.inTurn(withoutThinking()), prepared.settings().seed()))
                .injectOpen(schedule.injection())
                .protocols(protocol);
    }

    void stop() {
        unheard.stop();
        check.close();
    }

    /** Nobody waits for a customer who thinks for ten minutes. */
    private List<Journey> withoutThinking() {
        return prepared.journeys().stream()
                .map(journey -> new Journey(
                        journey.name(),
                        journey.description(),
                        journey.weight(),
                        journey.agentId(),
                        journey.spelling(),
                        journey.turns().stream().map(WarmUp::withoutThinking).toList()))
                .toList();
    }

    private static Turn withoutThinking(Turn turn) {
        return new Turn(turn.number(), turn.mode(), Duration.ZERO, turn.inputs(), turn.expects(), turn.abandon());
    }

    /** Of somebody else's service every journey is asked once, no faster than the load that follows. */
    private Arrivals arrivals() {
        int journeys = prepared.journeys().size();
        if (prepared.stub() != null) {
            return Arrivals.evenly(STUB_ROUNDS * journeys, STUB_DURATION);
        }
        // All injectors do so at once.
        double perSecond = Math.min(
                prepared.load().journeysPerSecondMax()
                        / prepared.sharing().share().injectors(),
                2);
        return Arrivals.evenly(journeys, Duration.ofNanos((long) (journeys / perSecond * 1e9)));
    }
}
