package dev.firstline.stub;

import dev.firstline.Misuse;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Times every answer of a server. The n-th time that a recording is played its times depend on the seed, on the
 * recording and on n, and on nothing else that happens at the time. Thread-safe.
 */
final class Timings {
    private final Timing servers;
    private final long seed;
    private final Takes takes;
    private final Map<Takes.Turn, AtomicLong> played = new ConcurrentHashMap<>();

    /**
     * @param servers what holds where a request asks for nothing else
     * @throws Misuse if it is to be fitted to takes, and there are none
     */
    Timings(Timing servers, long seed, Takes takes) {
        if (servers instanceof Timing.Fitted && takes.fits().isEmpty()) {
            throw new Misuse(
                    "takes to fit the times to",
                    "none in " + Takes.FOLDER,
                    "the stub's timing",
                    "make some with firstline record --takes 30");
        }
        this.servers = servers;
        this.seed = seed;
        this.takes = takes;
    }

    /**
     * A recording as it is timed now.
     *
     * @param asked what the request or its mapping asks for, or null for nothing
     */
    Recording of(Recording recording, @Nullable Timing asked) {
        Timing timing = Objects.requireNonNullElse(asked, servers);
        if (timing instanceof Timing.Recorded) {
            return recording;
        }
        Takes.Turn turn = Takes.Turn.of(recording.answers());
        long time = played.computeIfAbsent(turn, first -> new AtomicLong()).incrementAndGet();
        return timing.of(recording, takes, random(turn, time));
    }

    private SplittableRandom random(Takes.Turn turn, long time) {
        // The name's hash is the same in every process, as the turn's own, which holds an enum, is not.
        String name = turn.endpoint().wireName() + '/' + turn.journey() + '/' + turn.number();
        long mixed = new SplittableRandom(seed + name.hashCode()).nextLong();
        return new SplittableRandom(mixed + time);
    }
}
