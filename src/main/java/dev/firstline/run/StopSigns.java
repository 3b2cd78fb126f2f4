package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.stats.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells a step from outside that it must not go on: a dead-man's file that nobody touches, a search that is gone.
 */
final class StopSigns {
    /** How old the dead-man's file may be. */
    static final Duration DEAD_MAN_MAX = Duration.ofSeconds(30);

    /** In the folder of a search: the names of its runs, also of those that were killed. */
    static final String RUNS = "runs.txt";

    private final @Nullable Path deadMan;
    private final @Nullable Path search;
    private final Clock clock;
    private volatile boolean orphaned;
    private volatile boolean ended;

    /** @throws Misuse if the dead-man's file is not there or not fresh */
    StopSigns(Settings settings, Clock clock) {
        this.deadMan = settings.path("dead-man");
        this.search = settings.path("search");
        this.clock = clock;
        refuseStale(deadMan, clock);
    }

    /**
     * Refuses a dead-man's file that nobody touches.
     *
     * @throws Misuse if it is not there or not fresh
     */
    static void refuseStale(@Nullable Path deadMan, Clock clock) {
        Optional<String> stale = stale(deadMan, clock);
        if (deadMan != null && stale.isPresent()) {
            throw new Misuse(
                    "a file that somebody touches at least every " + DEAD_MAN_MAX.toSeconds() + " s",
                    stale.get(),
                    deadMan.toString(),
                    "while touch " + deadMan.getFileName() + "; do sleep 10; done");
        }
    }

    void begin(String run) {
        if (search == null) {
            return;
        }
        try {
            Files.writeString(search.resolve(RUNS), run + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new Misuse("the folder of a search", e.toString(), search.toString(), "leave --search out");
        }
        Thread watch = new Thread(this::untilTheSearchIsGone, "search-watch");
        watch.setDaemon(true);
        watch.start();
    }

    void end() {
        ended = true;
    }

    /** Why the step must end now, if it must. */
    Optional<String> stop() {
        return orphaned ? Optional.of("the search that it belongs to has ended") : stale(deadMan, clock);
    }

    /** The search writes nothing: the input ends when the search closes it, or dies. */
    private void untilTheSearchIsGone() {
        try {
            while (System.in.read() >= 0) {
                // What comes before the end means nothing.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        orphaned = !ended;
    }

    /** Why that file says to stop, if it does; none never does. */
    static Optional<String> stale(@Nullable Path deadMan, Clock clock) {
        if (deadMan == null) {
            return Optional.empty();
        }
        try {
            Duration age = Duration.between(Files.getLastModifiedTime(deadMan).toInstant(), clock.now());
            return age.compareTo(DEAD_MAN_MAX) > 0
                    ? Optional.of("the dead-man's file was last touched " + age.toSeconds() + " s ago")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("the dead-man's file is not there");
        }
    }
}
