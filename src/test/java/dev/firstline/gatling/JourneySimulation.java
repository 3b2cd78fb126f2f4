package dev.firstline.gatling;

import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.firstline.journey.Abandon;
import dev.firstline.journey.Answer;
import dev.firstline.journey.Arrivals;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Content;
import dev.firstline.journey.Expectation;
import dev.firstline.journey.Input;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Mix;
import dev.firstline.journey.Mode;
import dev.firstline.journey.Role;
import dev.firstline.journey.Spelling;
import dev.firstline.journey.Turn;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import dev.firstline.stats.JourneyResult;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The journeys of {@link JourneysTest}, each a load of its own. */
public final class JourneySimulation extends Simulation {
    static final Map<String, Load> LOADS = new LinkedHashMap<>();
    static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();
    static final Queue<Long> DELAYS_NANOS = new ConcurrentLinkedQueue<>();

    private final LoopDelays delays = new LoopDelays(Clock.system(), DELAYS_NANOS::add);
    private final List<PopulationBuilder> users = new ArrayList<>();

    /** What one load left behind. */
    static final class Load {
        final Queue<CallResult> calls = new ConcurrentLinkedQueue<>();
        final Queue<JourneyResult> journeys = new ConcurrentLinkedQueue<>();
        final Tracker tracker = new Tracker();
        final Schedule schedule;
        final Ledger ledger;

        Load(String name, Schedule schedule) {
            this.schedule = schedule;
            this.ledger = Ledger.create(
                    JourneysTest.ledgers().resolve(name + ".jsonl"),
                    new Ledger.Header(name, "test", JourneysTest.agent().http1(), "business", null));
        }

        List<CallResult> calls(CallKind kind) {
            return calls.stream()
                    .filter(call -> call.call() == kind)
                    .sorted(Comparator.comparingLong(CallResult::number))
                    .toList();
        }

        List<String> outcomes() {
            return calls.stream()
                    .map(call -> call.call().label() + " " + call.outcome().label())
                    .toList();
        }

        /** Each call but the first of a journey, behind the one before it. */
        List<CallResult[]> pairs() {
            Map<Long, CallResult> last = new LinkedHashMap<>();
            List<CallResult[]> pairs = new ArrayList<>();
            for (CallResult call : calls) {
                CallResult before = last.put(call.number(), call);
                if (before != null) {
                    pairs.add(new CallResult[] {before, call});
                }
            }
            return pairs;
        }
    }

    /** For Gatling. */
    public JourneySimulation() {
        LOADS.clear();
        listenToTheLogs();
        Turn hello = turn(1, says("list them"), Set.of(new Expectation("listMessage")), null);
        load(
                "shopping",
                Arrivals.evenly(10, Duration.ofSeconds(1)),
                journey(
                        "shopping",
                        hello,
                        new Turn(
                                2,
                                Mode.STREAM,
                                Duration.ofMillis(150),
                                List.of(new Input.ListReply(new Answer.Nth(1))),
                                Set.of(),
                                null),
                        new Turn(3, Mode.SYNC, Duration.ZERO, List.of(says("thanks")), Set.of(), null)));
        load(
                "late",
                Arrivals.evenly(6, Duration.ofMillis(6)),
                graph -> graph.journey(journey("late", turn(1, says("hi"), Set.of(), null))),
                (schedule) -> new OpenInjectionStep[] {rampUsers(9).during(4)});
        load(
                "failing",
                one(),
                journey("failing", turn(1, says("fail"), Set.of(), null), turn(2, says("hi"), Set.of(), null)));
        load(
                "expecting",
                one(),
                journey("expecting", turn(1, says("hi"), Set.of(new Expectation("listMessage")), null)));
        load(
                "picking",
                one(),
                journey(
                        "picking",
                        turn(1, says("hi"), Set.of(), null),
                        turn(2, new Input.ListReply(new Answer.Nth(1)), Set.of(), null)));
        load(
                "leaving",
                one(),
                journey(
                        "leaving",
                        turn(1, says("for ever"), Set.of(), new Abandon.AfterLines(1)),
                        turn(2, says("hi"), Set.of(), null)));
        load("refused", one(), journey("refused", turn(1, says("hi"), Set.of(), null)));
        load("nameless", one(), journey("nameless", turn(1, says("hi"), Set.of(), null)));
        load("dismissed", one(), journey("dismissed", turn(1, says("goodbye"), Set.of(), null)));
        Mix mix = Mix.inTurn(List.of(
                journey("two", turn(1, says("hi"), Set.of(), null)),
                journey("one", turn(1, says("hi"), Set.of(), null))));
        load("mixed", Arrivals.evenly(4, Duration.ofMillis(200)), graph -> graph.mix(mix, 7), Schedule::injection);
        setUp(users);
    }

    static Load load(String name) {
        return Objects.requireNonNull(LOADS.get(name));
    }

    @Override
    public void after() {
        delays.stop();
        LOADS.values().forEach(load -> load.tracker.finish());
    }

    private void load(String name, Arrivals arrivals, Journey journey) {
        load(name, arrivals, graph -> graph.journey(journey), Schedule::injection);
    }

    private void load(
            String name,
            Arrivals arrivals,
            Function<AgentGraph, ChainBuilder> chain,
            Function<Schedule, OpenInjectionStep[]> injection) {
        Schedule schedule = new Schedule(arrivals);
        Load load = new Load(name, schedule);
        LOADS.put(name, load);
        AgentGraph graph = graph(name, load);
        users.add(scenario(name)
                .exec(chain.apply(graph))
                .injectOpen(injection.apply(schedule))
                .protocols(graph.protocol(false, false)));
    }

    private AgentGraph graph(String name, Load load) {
        Sinks sinks = new Sinks(load.calls::add, load.journeys::add, load.ledger, load.tracker, delays, null);
        return new AgentGraph(
                FakeAgent.target(JourneysTest.agent().http1()),
                FakeAgent.key(),
                new ClientKeys(name, 0),
                StreamCases.TIMEOUTS,
                load.schedule,
                sinks,
                name + " · ");
    }

    private static Arrivals one() {
        return Arrivals.evenly(1, Duration.ofMillis(1));
    }

    private static Journey journey(String name, Turn... turns) {
        return new Journey(name, "", 1, null, Spelling.CAMEL_CASE, List.of(turns));
    }

    private static Turn turn(int number, Input input, Set<Expectation> expects, @Nullable Abandon abandon) {
        return new Turn(number, Mode.STREAM, Duration.ZERO, List.of(input), expects, abandon);
    }

    private static Input says(String text) {
        return new Input.Message(Role.USER, new Content.Text(text));
    }

    /** Everything that Gatling and Netty would log at the lowest level, and none of it on the console. */
    private static void listenToTheLogs() {
        LOGGED.clear();
        AppenderBase<ILoggingEvent> memory = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                LOGGED.add(event.getFormattedMessage());
            }
        };
        memory.start();
        Stream.of("io.gatling", "io.netty", "dev.firstline").forEach(name -> {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(memory);
        });
    }
}
