package dev.firstline.run;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.stopLoadGeneratorIf;

import dev.firstline.Misuse;
import dev.firstline.gate.Reason;
import dev.firstline.gatling.AgentGraph;
import dev.firstline.gatling.LoopDelays;
import dev.firstline.gatling.Schedule;
import dev.firstline.gatling.Sinks;
import dev.firstline.gatling.SloAssertions;
import dev.firstline.gatling.Timeouts;
import dev.firstline.gatling.Tracker;
import dev.firstline.journey.ClientKeys;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.TurnLimits;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run, as a simulation sees it: all is prepared when {@link #prepare} returns, and {@link #end} judges it.
 *
 * <pre>{@code
 * private final Run run = Run.prepare("load", settings, Load.constant(5, Duration.ofMinutes(2), settings.seed()));
 * {
 *     setUp(run.warmUp().andThen(scenario("load").exec(run.journeys()).injectOpen(run.arrivals())))
 *             .protocols(run.protocol())
 *             .maxDuration(run.gatlingsMaxDuration())
 *             .assertions(run.assertions());
 * }
 * }</pre>
 */
public final class Run {
    /** A call is given up after so many times what makes a turn a good one. */
    private static final int PATIENCE = 5;

    /** What a run may last beyond its schedule, however slow the service is. */
    private static final Duration TAIL_MAX = Duration.ofMinutes(10);

    /** What Gatling is told to wait longer than the run itself. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How long a step that is ended at once may take to end by itself. */
    private static final Duration ABORT_MAX = Duration.ofSeconds(5);

    private static final AtomicReference<@Nullable Finished> LAST = new AtomicReference<>();

    private final Prepared prepared;
    private final Tracker tracker = new Tracker();
    private final Schedule schedule;
    private final Measurement measurement;
    private final Extension extension;
    private final @Nullable StepWatch step;
    private final LoopDelays loopDelays;
    private final FindingsFolder findings;
    private final ContractCheck check;
    private final AgentGraph agentGraph;
    private final WarmUp warmUp;
    private final Optional<Meeting> meeting;
    private final Live live;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean cutOff;

    private Run(Prepared prepared, ContractCheck.Bounds bounds, @Nullable LiveServer server, Clock clock) {
        this.prepared = prepared;
        Timeouts timeouts = timeouts(prepared.sloFile().turn());
        this.schedule = new Schedule(prepared.plan().arrivals());
        this.measurement = new Measurement(
                prepared.folder(),
                prepared.identity(clock),
                () -> new RunTally(prepared.sloFile().turn(), prepared.slos().limits()),
                schedule,
                prepared.ledger(),
                clock,
                prepared.load().settle(),
                this::forgetWarmUp);
        this.extension = new Extension(prepared.load(), prepared.slos(), schedule, measurement, clock);
        this.step = prepared.simulation().equals(StepWatch.SIMULATION)
                ? new StepWatch(prepared, schedule, tracker, clock, this::enough, this::abort)
                : null;
        if (step != null) {
            measurement.observe(step::see);
        }
        this.loopDelays = new LoopDelays(clock, measurement::loopDelay);
        this.findings = new FindingsFolder(prepared.folder(), new Mask(prepared.key()));
        this.check = new ContractCheck(
                bounds,
                new Inspector(prepared.contracts(), findings::keep)::inspect,
                () -> {},
                measurement::checkWait,
                clock);
        this.agentGraph = new AgentGraph(
                prepared.target(),
                prepared.key(),
                new ClientKeys(prepared.name(), prepared.sharing().share().injector()),
                timeouts,
                schedule,
                new Sinks(measurement::add, measurement::add, prepared.ledger(), tracker, loopDelays, check),
                "");
        if (!prepared.sharing().share().isWhole()) {
            ShareEnding.begin(prepared);
        }
        this.meeting = Meeting.of(prepared, schedule, clock, this::met);
        this.warmUp = new WarmUp(prepared, timeouts, tracker, clock, this::begun);
        this.live = new Live(schedule, measurement, prepared.ledger(), server, clock);
    }

    /**
     * Reads settings and files, starts the embedded stub if that is the target, asks the target for its health, and
     * closes what runs before this one left open.
     *
     * @param simulation the simulation's name in {@code slo.yaml}
     * @throws Misuse if something is not as it must be; under Maven the process ends with code 2 instead
     */
    public static Run prepare(String simulation, Settings settings, Load load) {
        return prepare(simulation, settings, load, ContractCheck.Bounds.DEFAULT);
    }

    /** The same with another bound on what may wait for the checker. */
    static Run prepare(String simulation, Settings settings, Load load, ContractCheck.Bounds bounds) {
        Clock clock = Clock.system();
        @Nullable LiveServer server = null;
        try {
            // Before anything is started that a port which is taken would leave behind.
            server = LiveServer.open(settings, clock);
            Prepared prepared = new Preparation(simulation, settings, load, System.getenv(), clock).prepare();
            Run run = new Run(prepared, bounds, server, clock);
            Runtime.getRuntime().addShutdownHook(new Thread(run::interrupted, "firstline-interrupted"));
            run.askHealth();
            if (server != null) {
                server.start(prepared);
            }
            run.live.start(prepared.standing().doubt());
            return run;
        } catch (Misuse e) {
            if (server != null) {
                server.close();
            }
            if (!Exit.claimed()) {
                Exit.now(Exit.MISUSE, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /**
     * What precedes the measured phase, under names of its own: a warm-up, and waiting for those who share the load.
     */
    public PopulationBuilder warmUp() {
        PopulationBuilder first = warmUp.population();
        return meeting.map(all -> first.andThen(all.population())).orElse(first);
    }

    /** What each virtual user does: wait until its journey is due, and walk it. */
    public ChainBuilder journeys() {
        return exec(
                stopLoadGeneratorIf(
                        session -> whyStopped().orElse("enough was seen"),
                        session -> whyStopped().isPresent() || isDone()),
                agentGraph.mix(prepared.plan().mix(), prepared.settings().seed()));
    }

    /** Starts the virtual users a little before their journeys are due. */
    public OpenInjectionStep[] arrivals() {
        return schedule.injection();
    }

    /** The target. */
    public HttpProtocolBuilder protocol() {
        return agentGraph.protocol(prepared.settings().flag("http2"), false);
    }

    /** When Gatling ends the run if nothing else has: after the run has ended itself. */
    public Duration gatlingsMaxDuration() {
        Duration before = meeting.isPresent() ? prepared.sharing().patience().plus(TAIL_MAX) : Duration.ZERO;
        return maxDuration().plus(before).plus(GRACE);
    }

    /** From the first virtual user of the warm-up on; of a load that is shared, from when the injectors have met. */
    private Duration maxDuration() {
        return prepared.settings()
                .duration("max-duration", prepared.load().duration().plus(TAIL_MAX));
    }

    /** The promises that Gatling can state exactly, for its own report. */
    public List<Assertion> assertions() {
        return SloAssertions.of(prepared.slos().promises());
    }

    /** The load is over: closes every session, judges, writes the result files. From a simulation's {@code after}. */
    public void end() {
        if (!ended.getAndSet(true)) {
            Finished finished = finish(whyStopped());
            if (step != null) {
                step.write(finished);
            }
            Exit.with(finished.exitCode(), finished::table);
        }
    }

    /** The load has ended before its time, and all who had arrived by then have left. */
    private boolean isDone() {
        return schedule.ended()
                && tracker.inFlight() == 0
                && prepared.ledger().open().isEmpty();
    }

    private Finished finish(Optional<String> stopped) {
        measurement.loadEnded();
        live.end();
        loopDelays.stop();
        warmUp.stop();
        tracker.finish();
        check.close();
        meeting.ifPresent(Meeting::close);
        Finished finished = new Ending(prepared, measurement, check, findings)
                .end(stopped.map(why -> Reason.noVerdict("the run was stopped early: " + why, whatToTry())));
        LAST.set(finished);
        live.judged(finished);
        return finished;
    }

    private String whatToTry() {
        return meeting.flatMap(Meeting::failure).isPresent()
                ? "start all injectors within --barrier-wait of each other, with the same settings"
                : "see the log, or plan it otherwise";
    }

    /** The first virtual user is here: from now on the run's time runs. */
    private void begun() {
        if (!begun.getAndSet(true)) {
            if (meeting.isEmpty()) {
                cutOffInTime();
            }
            if (step == null) {
                extension.begin();
            } else {
                step.begin();
            }
        }
    }

    private void met(Meeting.Met met) {
        ShareEnding.begin(prepared, met);
        cutOffInTime();
    }

    private void cutOffInTime() {
        Executor later = CompletableFuture.delayedExecutor(maxDuration().toMillis(), TimeUnit.MILLISECONDS);
        later.execute(this::cutOff);
    }

    /** The load has shown what was asked of it: nobody arrives any more, who has arrived goes on. */
    private void enough(long nowNanos) {
        schedule.end(nowNanos);
        measurement.loadEnded();
    }

    /** The load must not go on: calls in flight end as they are. Not from an event loop. */
    private void abort(long nowNanos) {
        enough(nowNanos);
        tracker.finish();
        // In a warm-up nobody comes any more who would end Gatling.
        CompletableFuture.delayedExecutor(ABORT_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::endAborted);
    }

    private void endAborted() {
        StepWatch aborted = step;
        if (aborted != null && !ended.getAndSet(true)) {
            Finished finished = finish(whyStopped());
            aborted.write(finished);
            Exit.now(finished.exitCode(), finished.table());
        }
    }

    /** Before Gatling does it: Gatling would break what is in flight first, as if the target had. */
    private void cutOff() {
        if (!ended.get()) {
            cutOff = true;
            measurement.loadEnded();
            tracker.finish();
        }
    }

    /** The process is ended from outside, by Ctrl-C say, before the run was over: nothing is lost of what was seen. */
    private void interrupted() {
        if (!ended.getAndSet(true)) {
            Exit.say(finish(Optional.of("the process was ended from outside")).table());
        }
    }

    /** A target that is not well gets no load, and the run no verdict. */
    private void askHealth() {
        String why;
        try {
            why = prepared.service().whyUnwell(prepared.requests());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "interrupted while it was asked";
        }
        if (why.isEmpty()) {
            return;
        }
        ended.set(true);
        Finished finished = new Ending(prepared, measurement, check, findings)
                .end(Optional.of(Reason.noVerdict(
                        "the target " + prepared.target().name() + " is not well: " + why,
                        "see that it is up and its address in the targets file is right")));
        LAST.set(finished);
        live.end();
        live.judged(finished);
        if (!Exit.claimed()) {
            Exit.now(finished.exitCode(), finished.table());
        }
        throw new NotStartedException();
    }

    /** The run is over before it began; {@link #last()} says why. */
    static final class NotStartedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotStartedException() {
            super("the target is not well", null, false, false);
        }
    }

    /** The run that was judged last in this process, or null. */
    static @Nullable Finished last() {
        return LAST.get();
    }

    /** The stub's own lag counts from here. Asked off the event loop, which this is called on. */
    private void forgetWarmUp() {
        if (prepared.stub() != null) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(prepared.stub()::resetLag);
        }
    }

    private Optional<String> whyStopped() {
        if (cutOff) {
            return Optional.of("cut off after " + maxDuration().toSeconds() + " s, as it was told to be");
        }
        if (step != null && step.aborted().isPresent()) {
            return step.aborted();
        }
        Optional<String> notMet = meeting.flatMap(Meeting::failure);
        if (notMet.isPresent()) {
            return notMet;
        }
        if (prepared.stub() != null && !prepared.stub().isAlive()) {
            return Optional.of("the embedded stub died");
        }
        long open = prepared.ledger().openedCount() - prepared.ledger().closedCount();
        int most = prepared.target().caps().openSessions();
        return open > most ? Optional.of(open + " sessions are open, the target's cap is " + most) : Optional.empty();
    }

    private static Timeouts timeouts(TurnLimits limits) {
        return new Timeouts(
                limits.ttfl().multipliedBy(PATIENCE),
                limits.stall().multipliedBy(PATIENCE),
                limits.e2e().multipliedBy(PATIENCE));
    }
}
