package dev.firstline.gate;

import dev.firstline.stats.RunSummary;
import dev.firstline.stats.TimeLimit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What one simulation promises.
 *
 * @param promises at least one, none of them twice
 * @param health how ill a generator may be whose figures about time are believed
 */
public record Slos(List<Slo> promises, HealthLimits health) {
    public Slos {
        promises = List.copyOf(promises);
        if (promises.isEmpty()) {
            throw new IllegalArgumentException("a simulation must promise something");
        }
        Set<String> subjects = new HashSet<>();
        for (Slo slo : promises) {
            if (!subjects.add(slo.subject())) {
                throw new IllegalArgumentException("promised twice: " + slo.subject());
            }
        }
    }

    /** What must be counted turn by turn, so that every promise can be judged. */
    public List<TimeLimit> limits() {
        return promises.stream()
                .filter(Attained.class::isInstance)
                .map(promise -> ((Attained) promise).limit())
                .filter(Objects::nonNull)
                .toList();
    }

    /** The promises that this run cannot decide, and a longer one could. */
    public List<Promise> undecided(RunSummary run) {
        return promises.stream()
                .filter(Sure.class::isInstance)
                .map(promise -> promise.check(run, Circumstances.ORDINARY))
                .filter(promise -> promise.state() == Promise.State.TOO_FEW)
                .toList();
    }
}
