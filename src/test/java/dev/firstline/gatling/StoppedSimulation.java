package dev.firstline.gatling;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.firstline.journey.Arrivals;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Content;
import dev.firstline.journey.Input;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Mode;
import dev.firstline.journey.Role;
import dev.firstline.journey.Spelling;
import dev.firstline.journey.Turn;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Streams without an end, in a run that has one. */
public final class StoppedSimulation extends Simulation {
    static final int USERS = 25;
    static final Queue<CallResult> CALLS = new ConcurrentLinkedQueue<>();
    static final Queue<Ledger.OpenSession> OPEN = new ConcurrentLinkedQueue<>();
    static final AtomicInteger FINISHED = new AtomicInteger();

    private final Tracker tracker = new Tracker();
    private final Ledger ledger = Ledger.create(
            StoppedRunTest.ledger(),
            new Ledger.Header("stopped", "test", StoppedRunTest.agent().http1(), "business", null));

    /** For Gatling. */
    public StoppedSimulation() {
        Turn endless = new Turn(
                1,
                Mode.STREAM,
                Duration.ZERO,
                List.of(new Input.Message(Role.USER, new Content.Text("for ever"))),
                Set.of(),
                null);
        Journey journey = new Journey("endless", "", 1, null, Spelling.CAMEL_CASE, List.of(endless));
        Schedule schedule = new Schedule(Arrivals.evenly(USERS, Duration.ofMillis(500)));
        Sinks sinks =
                new Sinks(CALLS::add, end -> {}, ledger, tracker, new LoopDelays(Clock.system(), nanos -> {}), null);
        AgentGraph graph = new AgentGraph(
                FakeAgent.target(StoppedRunTest.agent().http1()),
                FakeAgent.key(),
                new ClientKeys("stopped", 0),
                Timeouts.DEFAULT,
                schedule,
                sinks,
                "");
        setUp(scenario("endless").exec(graph.journey(journey)).injectOpen(schedule.injection()))
                .protocols(graph.protocol(false, false))
                .maxDuration(Duration.ofSeconds(4));
    }

    @Override
    public void after() {
        FINISHED.set(tracker.finish());
        OPEN.addAll(ledger.open());
        ledger.close();
    }
}
