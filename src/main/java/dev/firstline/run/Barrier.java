package dev.firstline.run;

import dev.firstline.stats.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where injectors wait for each other, as injector 0 keeps it: when all are there at once, the load begins for all at
 * one time. Thread-safe; opens no port itself.
 *
 * <p>Each asks again and again. Who has not asked for {@link #SILENCE} has gone, and is waited for again.
 */
final class Barrier {
    /** After so long without a question an injector counts as gone. */
    static final Duration SILENCE = Duration.ofSeconds(3);

    /** So long after the last one came the load begins at the earliest: all must have heard by then. */
    private static final Duration NEWS = Duration.ofSeconds(1);

    /** No schedule needs so long a lead: a question that asks for more is nobody's. */
    private static final Duration LEAD_MAX = Duration.ofHours(1);

    private final String whole;
    private final int injectors;
    private final Map<String, String> load;
    private final Clock clock;
    private final Map<Integer, Present> present = new TreeMap<>();
    private @Nullable Long beginNanos;
    private @Nullable String lastRefused;

    private record Present(Arrival arrival, long seenNanos) {}

    /**
     * One injector's question.
     *
     * @param injector its place, from 0
     * @param who tells two that have the same place apart
     * @param load what it will do: the fingerprint of its run without its machine
     * @param leadNanos how long before the beginning it must know of it
     */
    record Arrival(int injector, String who, Map<String, String> load, long leadNanos) {
        Arrival {
            Objects.requireNonNull(who, "an arrival without a name");
            load = Map.copyOf(load);
            if (leadNanos < 0 || leadNanos > LEAD_MAX.toNanos()) {
                throw new IllegalArgumentException("a lead of " + leadNanos + " ns");
            }
        }
    }

    /**
     * What is answered: one of the three.
     *
     * @param missing who is waited for; empty when the load begins
     * @param beginNanos when, on injector 0's clock
     * @param whole the name of the run that they make up
     * @param refused why this injector has no place here
     */
    record Answer(
            List<Integer> missing,
            @Nullable Long beginNanos,
            @Nullable String whole,
            @Nullable String refused) {
        Answer {
            Objects.requireNonNull(missing, "an answer that says nothing of who is missing");
        }
    }

    Barrier(String whole, int injectors, Map<String, String> load, Clock clock) {
        this.whole = whole;
        this.injectors = injectors;
        this.load = load;
        this.clock = clock;
    }

    synchronized Answer ask(Arrival arrival) {
        long nowNanos = clock.nanoTime();
        String refused = whyNot(arrival, nowNanos);
        if (!refused.isEmpty()) {
            lastRefused = refused;
            return new Answer(List.of(), null, null, refused);
        }
        present.put(arrival.injector(), new Present(arrival, nowNanos));
        List<Integer> missing = missing(nowNanos);
        if (beginNanos == null && missing.isEmpty()) {
            long leadNanos = present.values().stream()
                    .mapToLong(there -> there.arrival().leadNanos())
                    .max()
                    .orElse(0);
            beginNanos = nowNanos + leadNanos + NEWS.toNanos();
        }
        return beginNanos == null
                ? new Answer(missing, null, null, null)
                : new Answer(List.of(), beginNanos, whole, null);
    }

    /** Why somebody was refused last, if anybody was. */
    synchronized Optional<String> lastRefused() {
        return Optional.ofNullable(lastRefused);
    }

    /** Who is not there, by their places. */
    synchronized List<Integer> missing() {
        return missing(clock.nanoTime());
    }

    private List<Integer> missing(long nowNanos) {
        return IntStream.range(0, injectors)
                .filter(injector -> !isThere(present.get(injector), nowNanos))
                .boxed()
                .toList();
    }

    private static boolean isThere(@Nullable Present there, long nowNanos) {
        return there != null && nowNanos - there.seenNanos() <= SILENCE.toNanos();
    }

    private String whyNot(Arrival arrival, long nowNanos) {
        if (arrival.injector() < 0 || arrival.injector() >= injectors) {
            return "there are " + injectors + " injectors, from 0: no injector " + arrival.injector();
        }
        List<String> other = differences(arrival.load());
        if (!other.isEmpty()) {
            return "injector " + arrival.injector() + " was told another load than injector 0: "
                    + String.join("; ", other);
        }
        Present there = present.get(arrival.injector());
        if (there == null || there.arrival().who().equals(arrival.who())) {
            return "";
        }
        if (beginNanos != null) {
            return "the load has begun, with another injector " + arrival.injector();
        }
        return isThere(there, nowNanos) ? "another injector " + arrival.injector() + " is here" : "";
    }

    private List<String> differences(Map<String, String> theirs) {
        List<String> differences = new ArrayList<>();
        Map<String, String> all = new TreeMap<>(load);
        all.putAll(theirs);
        for (String what : all.keySet()) {
            String here = load.getOrDefault(what, "none");
            String there = theirs.getOrDefault(what, "none");
            if (!here.equals(there)) {
                differences.add(what + " " + there + ", not " + here);
            }
        }
        return differences;
    }
}
