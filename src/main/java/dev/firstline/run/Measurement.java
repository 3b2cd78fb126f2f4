package dev.firstline.run;

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
import dev.firstline.stats.TurnLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is measured between the first arrival and the end: results, and the generator's own health. Begins when the
 * warm-up is over, so nothing of that is in any figure. Thread-safe.
 */
final class Measurement {
    private final Path folder;
    private final RunIdentity identity;
    private final TurnLimits limits;
    private final Clock clock;
    private final AtomicLong early = new AtomicLong();
    private volatile @Nullable Begun begun;

    private record Begun(RunRecorder recorder, HealthProbe health, long originNanos) {}

    Measurement(Path folder, RunIdentity identity, TurnLimits limits, Clock clock) {
        this.folder = folder;
        this.identity = identity;
        this.limits = limits;
        this.clock = clock;
    }

    /** The schedule begins at this time of the clock. Called once, before anything is added. */
    void begin(long originNanos) {
        try {
            begun = new Begun(
                    RunRecorder.start(folder, identity, limits, originNanos), HealthProbe.start(clock), originNanos);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write results into " + folder, e);
        }
    }

    void add(CallResult result) {
        Begun now = begun;
        if (now == null) {
            early.incrementAndGet();
        } else {
            now.recorder().add(result);
        }
    }

    void add(JourneyResult result) {
        Begun now = begun;
        if (now == null) {
            early.incrementAndGet();
        } else {
            now.recorder().add(result);
        }
    }

    void loopDelay(long delayNanos) {
        Begun now = begun;
        if (now != null) {
            now.health().loopDelay(delayNanos);
        }
    }

    /** How long ago the schedule began, in nanoseconds; 0 if it has not. */
    long elapsedNanos() {
        Begun now = begun;
        return now == null ? 0 : Math.max(0, clock.nanoTime() - now.originNanos());
    }

    /**
     * Ends it: what comes later is in no figure, and is counted as such.
     *
     * @param stubLagP99Ms the embedded stub's own figure, or null without one
     * @param offered journeys that were due
     * @param achieved journeys that were started
     */
    RunSummary end(
            RunSummary.Sessions sessions, @Nullable Double stubLagP99Ms, long offered, long achieved) {
        Begun now = begun;
        if (now == null) {
            Health health = new Health(null, null, 0, 0, 0, stubLagP99Ms, early.get(), offered, achieved, true);
            return new RunTally(limits).summary(identity, sessions, health);
        }
        now.recorder().close();
        RunTally tally = now.recorder().tally();
        Health health = now.health()
                .health(
                        tally.metric(Metric.LAG),
                        stubLagP99Ms,
                        early.get() + now.recorder().unrecorded(),
                        offered,
                        achieved);
        now.health().close();
        return tally.summary(identity, sessions, health);
    }
}
