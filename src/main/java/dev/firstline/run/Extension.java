package dev.firstline.run;

import dev.firstline.gate.Promise;
import dev.firstline.gate.Slos;
import dev.firstline.gatling.Schedule;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a load that has lasted long enough as soon as every promise can be decided, and no sooner. Who has arrived by
 * then finishes their journey.
 */
final class Extension {
    private static final Logger log = LoggerFactory.getLogger(Extension.class);

    /** How often is asked whether the promises can be decided. */
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Load load;
    private final Slos slos;
    private final Schedule schedule;
    private final Measurement measurement;
    private final Clock clock;

    Extension(Load load, Slos slos, Schedule schedule, Measurement measurement, Clock clock) {
        this.load = load;
        this.slos = slos;
        this.schedule = schedule;
        this.measurement = measurement;
        this.clock = clock;
    }

    /** The load begins: its schedule, or its warm-up. Does nothing for a load that cannot be extended. */
    void begin() {
        if (load.duration().compareTo(load.enough()) > 0) {
            askIn(load.enough());
        }
    }

    private void askIn(Duration time) {
        Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(this::ask);
    }

    private void ask() {
        long nowNanos = clock.nanoTime();
        long ranNanos = schedule.epochNanos().isPresent()
                ? nowNanos - schedule.epochNanos().getAsLong()
                : 0;
        if (ranNanos < load.enough().toNanos()) {
            // The warm-up came first.
            askIn(load.enough().minusNanos(Math.max(0, ranNanos)).plusMillis(1));
        } else if (ranNanos < load.duration().toNanos()) {
            CompletableFuture<?> unused = measurement.soFar().whenComplete(this::decide);
        }
    }

    private void decide(@Nullable RunSummary soFar, @Nullable Throwable problem) {
        List<Promise> undecided = soFar == null ? List.of() : slos.undecided(soFar);
        if (soFar != null && undecided.isEmpty()) {
            long nowNanos = clock.nanoTime();
            schedule.end(nowNanos);
            measurement.loadEnded();
            log.info("event=load_enough turns={}", soFar.turns());
        } else {
            undecided.forEach(
                    promise -> log.info("event=load_extended slo=\"{}\" seen=\"{}\"", promise.slo(), promise.seen()));
            askIn(EVERY);
        }
    }
}
