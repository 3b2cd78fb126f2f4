package dev.firstline.run;

import dev.firstline.gatling.Schedule;
import dev.firstline.journey.Ledger;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import dev.firstline.stats.Health;
import dev.firstline.stats.HealthProbe;
import dev.firstline.stats.JourneyResult;
import dev.firstline.stats.Metric;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunRecorder;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.RunTally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is measured between the first arrival and the end: results, and the generator's own health. Begins when the
 * schedule does, which is when the warm-up is over, so nothing of that is in any figure. Thread-safe.
 */
final class Measurement {
    private static final Logger log = LoggerFactory.getLogger(Measurement.class);
    private static final long NOT_YET = -1;

    private final Path folder;
    private final RunIdentity identity;
    private final Supplier<RunTally> tally;
    private final Schedule schedule;
    private final Ledger ledger;
    private final Clock clock;
    private final Duration settle;
    private final Runnable onBegin;
    private final List<Consumer<CallResult>> observers = new CopyOnWriteArrayList<>();
    private final AtomicLong loadEndNanos = new AtomicLong(NOT_YET);
    private final AtomicLong unrecorded = new AtomicLong();
    private volatile @Nullable Begun begun;
    private @Nullable Before before;
    private boolean unwritable;

    /** What had happened to sessions before: the warm-up's are all over by then, or leaked. */
    private record Before(long opened, long closed) {}

    private record Begun(RunRecorder recorder, HealthProbe health, long originNanos) {}

    /**
     * @param settle how long the schedule runs before anything is measured: what is due in that time is in no figure
     * @param onBegin is called once, when measuring begins, on an event loop
     */
    Measurement(
            Path folder,
            RunIdentity identity,
            Supplier<RunTally> tally,
            Schedule schedule,
            Ledger ledger,
            Clock clock,
            Duration settle,
            Runnable onBegin) {
        this.folder = folder;
        this.identity = identity;
        this.tally = tally;
        this.schedule = schedule;
        this.ledger = ledger;
        this.clock = clock;
        this.settle = settle;
        this.onBegin = onBegin;
    }

    /**
     * Shows every call that is measured to somebody else too, its times those of the clock. On the event loop, so
     * whoever looks on must be quick and never block.
     */
    void observe(Consumer<CallResult> observer) {
        observers.add(observer);
    }

    void add(CallResult result) {
        Begun now = begun();
        if (isSettling(now, result.timing().dueNanos())) {
            return;
        }
        if (now == null) {
            unrecorded.incrementAndGet();
        } else {
            now.recorder().add(result);
            observers.forEach(observer -> observer.accept(result));
        }
    }

    void add(JourneyResult result) {
        Begun now = begun();
        if (isSettling(now, result.dueNanos())) {
            return;
        }
        if (now == null) {
            unrecorded.incrementAndGet();
        } else {
            now.recorder().add(result);
        }
    }

    private boolean isSettling(@Nullable Begun now, long dueNanos) {
        if (now != null) {
            return dueNanos < now.originNanos();
        }
        OptionalLong epochNanos = schedule.epochNanos();
        return epochNanos.isPresent() && dueNanos < epochNanos.getAsLong() + settle.toNanos();
    }

    void loopDelay(long delayNanos) {
        Begun now = begun();
        if (now != null) {
            now.health().loopDelay(delayNanos);
        }
    }

    void checkWait(long waitNanos) {
        Begun now = begun();
        if (now != null) {
            now.health().checked(waitNanos);
        }
    }

    /** The first who has something to say after the schedule began begins: the timer of an event loop, as a rule. */
    private @Nullable Begun begun() {
        Begun now = begun;
        OptionalLong epochNanos = now == null ? schedule.epochNanos() : OptionalLong.empty();
        if (epochNanos.isEmpty()) {
            return now;
        }
        rememberSessions();
        long originNanos = epochNanos.getAsLong() + settle.toNanos();
        return settle.isZero() || clock.nanoTime() >= originNanos ? begin(originNanos) : null;
    }

    private synchronized void rememberSessions() {
        if (before == null) {
            before = new Before(ledger.openedCount(), ledger.closedCount());
        }
    }

    private synchronized @Nullable Begun begin(long originNanos) {
        if (begun == null && !unwritable) {
            onBegin.run();
            try {
                begun = new Begun(
                        RunRecorder.start(folder, identity, tally.get(), originNanos),
                        HealthProbe.start(clock),
                        originNanos);
            } catch (IOException e) {
                unwritable = true;
                log.error("event=results_unwritable folder={}", folder, e);
            }
        }
        return begun;
    }

    /** No more load from here on: what would have been due later is not offered. The first call counts. */
    void loadEnded() {
        loadEndNanos.compareAndSet(NOT_YET, clock.nanoTime());
    }

    /** How long the schedule ran since measuring began, in nanoseconds. */
    private long offeredNanos(Begun now) {
        long endNanos = loadEndNanos.get() == NOT_YET ? clock.nanoTime() : loadEndNanos.get();
        return Math.max(0, endNanos - now.originNanos());
    }

    /** The figures so far, of what was recorded; never where nothing is. */
    CompletableFuture<RunSummary> soFar() {
        Begun now = begun;
        Health unknown = new Health(null, null, 0, 0, 0, null, null, 0, 0, 0, true);
        return now == null
                ? CompletableFuture.failedFuture(new IllegalStateException("nothing was measured yet"))
                : now.recorder().ask(tally -> tally.summary(identity, sessions(), unknown));
    }

    /**
     * The sessions of the whole schedule, the time to settle included; leaked is every one that is still open, the
     * warm-up's too.
     */
    synchronized RunSummary.Sessions sessions() {
        // Of a schedule that never began, all sessions were the warm-up's.
        Before then = before == null ? new Before(ledger.openedCount(), ledger.closedCount()) : before;
        return new RunSummary.Sessions(
                ledger.openedCount() - then.opened(),
                ledger.closedCount() - then.closed(),
                ledger.open().size());
    }

    /**
     * Ends it: what comes later is in no figure, and is counted as such.
     *
     * @param stubLagP99Ms the embedded stub's own figure, or null without one
     */
    RunSummary end(RunSummary.Sessions sessions, @Nullable Double stubLagP99Ms) {
        Begun now = begun;
        if (now == null) {
            Health health = new Health(null, null, 0, 0, 0, stubLagP99Ms, null, unrecorded.get(), 0, 0, true);
            return tally.get().summary(identity, sessions, health);
        }
        now.recorder().close();
        RunTally tally = now.recorder().tally();
        Health health = now.health()
                .health(
                        tally.metric(Metric.LAG),
                        stubLagP99Ms,
                        unrecorded.get() + now.recorder().unrecorded(),
                        schedule.due(settle.toNanos() + offeredNanos(now)) - schedule.due(settle.toNanos() - 1),
                        tally.journeys());
        now.health().close();
        return tally.summary(identity, sessions, health);
    }
}
