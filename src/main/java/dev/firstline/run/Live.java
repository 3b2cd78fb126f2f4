package dev.firstline.run;

import dev.firstline.gate.Reason;
import dev.firstline.gatling.Schedule;
import dev.firstline.journey.Ledger;
import dev.firstline.stats.Clock;
import dev.firstline.stats.LiveFigures;
import dev.firstline.stats.LiveTally;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a run once a second while it is under way, on a thread of its own, and tells whoever looks on. */
final class Live {
    private static final Logger log = LoggerFactory.getLogger(Live.class);
    private static final LiveFigures NOTHING_YET = new LiveFigures(0, 0, 0, 0, 0, null, null, 0, 0, Map.of(), 0, 0);

    private static final AtomicReference<@Nullable Onlooker> ONLOOKER = new AtomicReference<>();

    private final Schedule schedule;
    private final Ledger ledger;
    private final LiveTally tally;
    private final Onlooker onlooker;
    private final @Nullable LiveServer server;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "firstline-live");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to look. */
    Live(Schedule schedule, Measurement measurement, Ledger ledger, @Nullable LiveServer server, Clock clock) {
        this.schedule = schedule;
        this.ledger = ledger;
        this.tally = new LiveTally(clock);
        this.server = server;
        Onlooker registered = ONLOOKER.get();
        // Under Maven nobody else is there to tell it.
        this.onlooker = registered == null ? new PlainLines(Exit.claimed() ? line -> {} : Exit::say) : registered;
        measurement.observe(tally::add);
    }

    /** Who looks on at the runs of this process, from the next one on. */
    static void lookOn(Onlooker onlooker) {
        ONLOOKER.set(onlooker);
    }

    /** @param doubt why the run can have no verdict, as far as that is known already */
    void start(Optional<Reason> doubt) {
        if (server != null) {
            tell(looksOn -> looksOn.say("live page  " + server.address()));
        }
        doubt.ifPresent(why -> tell(looksOn -> looksOn.say(
                "this will end in " + why.decision().label() + ": " + why.fact() + "; try " + why.attempt())));
        ScheduledFuture<?> unused = timer.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        OptionalLong epochNanos = schedule.epochNanos();
        LiveFigures figures = epochNanos.isEmpty()
                ? NOTHING_YET
                : tally.sample(epochNanos.getAsLong(), schedule::due, ledger.openedCount() - ledger.closedCount());
        if (server != null) {
            server.add(figures);
        }
        tell(looksOn -> looksOn.figures(figures));
    }

    /** Nothing is told any more but that it is over. */
    void end() {
        if (!ended.getAndSet(true)) {
            timer.shutdown();
            try {
                if (!timer.awaitTermination(1, TimeUnit.SECONDS)) {
                    log.warn("event=live_stuck");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            tell(Onlooker::over);
        }
    }

    /** The run is judged: the live page says so, and is gone. */
    void judged(Finished finished) {
        if (server != null) {
            server.over(finished);
        }
    }

    /** Whoever looks on cannot harm the run. */
    private void tell(Consumer<Onlooker> what) {
        try {
            what.accept(onlooker);
        } catch (RuntimeException e) {
            log.warn("event=onlooker_failed", e);
        }
    }
}
