package dev.firstline.run;

import dev.firstline.gate.CapacityResult.Phase;
import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Doubt;
import dev.firstline.gate.capacity.Batch;
import dev.firstline.gate.capacity.Constraint;
import dev.firstline.gate.capacity.Constraints;
import dev.firstline.gate.capacity.Rails;
import dev.firstline.gate.capacity.Ruling;
import dev.firstline.gate.capacity.StepResult;
import dev.firstline.gate.capacity.StepRule;
import dev.firstline.gatling.Schedule;
import dev.firstline.gatling.Tracker;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one step of a capacity search while it runs: ends the load as soon as it is decided, at once where a rail
 * says so, and writes {@value #FILE_NAME} when the run is over.
 */
final class StepWatch {
    /** What the simulation is called. */
    static final String SIMULATION = "step";

    /** What is written into the run's folder, and into the folder of the search. */
    static final String FILE_NAME = "step.json";

    private static final Logger log = LoggerFactory.getLogger(StepWatch.class);
    private static final Duration BATCH = Duration.ofSeconds(10);
    private static final int TICKS_A_BATCH = 10;
    private static final long TICK_MILLIS_MAX = 1_000;

    private final Prepared prepared;
    private final Schedule schedule;
    private final Tracker tracker;
    private final Clock clock;
    private final LongConsumer onEnough;
    private final LongConsumer onAbort;
    private final StepRule rule;
    private final List<Constraint> constraints;
    private final StepFigures figures;
    private final StopSigns signs;
    private final StepRails rails;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "firstline-step");
        thread.setDaemon(true);
        return thread;
    });
    private boolean over;
    private volatile @Nullable String abortedBecause;

    StepWatch(
            Prepared prepared,
            Schedule schedule,
            Tracker tracker,
            Clock clock,
            LongConsumer onEnough,
            LongConsumer onAbort) {
        this.prepared = prepared;
        this.schedule = schedule;
        this.tracker = tracker;
        this.clock = clock;
        this.onEnough = onEnough;
        this.onAbort = onAbort;
        Load load = prepared.load();
        this.rule = new StepRule(
                load.settle(),
                prepared.settings().duration("batch", BATCH),
                load.enough().minus(load.settle()),
                load.duration().minus(load.settle()));
        this.constraints =
                Constraints.of(prepared.slos(), prepared.sloFile().turn()).held();
        this.figures = new StepFigures(constraints, rule.batch());
        this.rails = new StepRails(
                rule,
                constraints,
                figures,
                prepared.sloFile().turn().ttfl().multipliedBy(Rails.WAITS),
                prepared.target().caps().openSessions());
        this.signs = new StopSigns(prepared.settings(), clock);
    }

    /** Takes a call that was measured. Any thread; quick. */
    void see(CallResult call) {
        figures.see(call, originNanos());
    }

    /** The load begins, or its warm-up. */
    void begin() {
        signs.begin(prepared.name());
        long tickMillis = Math.max(20, Math.min(TICK_MILLIS_MAX, rule.batch().toMillis() / TICKS_A_BATCH));
        var unused = ticker.scheduleAtFixedRate(this::tickSafely, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    /** Why the step was ended at once, if it was. */
    Optional<String> aborted() {
        return Optional.ofNullable(abortedBecause);
    }

    private long originNanos() {
        return schedule.epochNanos().orElse(0) + rule.settle().toNanos();
    }

    private void tickSafely() {
        try {
            tick(clock.nanoTime());
        } catch (RuntimeException e) {
            log.error("event=step_watch_failed", e);
            abort("the harness itself failed: " + e, clock.nanoTime());
        }
    }

    private synchronized void tick(long nowNanos) {
        if (over) {
            return;
        }
        Optional<String> sign = signs.stop();
        if (sign.isPresent()) {
            abort(sign.get(), nowNanos);
            return;
        }
        if (schedule.epochNanos().isEmpty()) {
            return;
        }
        long originNanos = originNanos();
        rails.look(new StepRails.Look(
                        nowNanos - originNanos,
                        tracker.oldestDueNanos() - originNanos,
                        prepared.ledger().openedCount() - prepared.ledger().closedCount(),
                        tracker.inFlight()))
                .ifPresent(stop -> stop(stop, nowNanos));
    }

    private void stop(StepRails.Stop stop, long nowNanos) {
        if (stop.atOnce()) {
            abort(stop.why(), nowNanos);
        } else {
            over = true;
            onEnough.accept(nowNanos);
        }
    }

    private synchronized void abort(String why, long nowNanos) {
        if (!over) {
            over = true;
            abortedBecause = why;
            log.warn("event=step_aborted because=\"{}\"", why);
            onAbort.accept(nowNanos);
        }
    }

    /** The run is over and judged. */
    synchronized void write(Finished finished) {
        // A schedule that came to its end without a decision: its last batches are closed by now.
        int closed = over ? rails.closed() : rule.batches(rule.most());
        over = true;
        ticker.shutdownNow();
        signs.end();
        try {
            StepFiles.write(finished.folder().resolve(FILE_NAME), result(finished, closed));
            @Nullable Path search = prepared.settings().path("search");
            if (search != null) {
                StepFiles.write(search.resolve(FILE_NAME), result(finished, closed));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + FILE_NAME + " into " + finished.folder(), e);
        }
    }

    private StepResult result(Finished finished, int closed) {
        List<Batch> batches = figures.batches(closed);
        Ruling ruling = rule.decide(constraints, batches, true);
        boolean failed = abortedBecause != null || ruling.state() == Ruling.State.FAILED;
        boolean certain = finished.verdict().decision() == Decision.FAIL;
        boolean ill = !finished.verdict().healthy() && !certain;
        @Nullable MetricSummary ttfl = finished.summary().metric(Metric.TTFL);
        return new StepResult(
                0,
                Phase.BRACKET,
                prepared.load().journeysPerSecondMax(),
                ill ? State.VOID : failed ? State.FAILED : State.PASSED,
                ruling.decided(),
                abortedBecause != null,
                ill ? doubts(finished) : abortedBecause == null ? ruling.why() : "aborted: " + abortedBecause,
                constraints.stream().map(Constraint::name).toList(),
                constraints.stream().map(Constraint::allowed).toList(),
                batches,
                rule.batch().toMillis() / 1e3,
                ttfl == null ? null : ttfl.p50Ms(),
                ttfl == null ? null : ttfl.p95Ms(),
                figures.sessionSeconds(),
                finished.summary().sessions().leaked(),
                0,
                figures.turns(),
                prepared.name());
    }

    private static String doubts(Finished finished) {
        return finished.verdict().doubts().stream().map(Doubt::fact).collect(Collectors.joining("; "));
    }
}
