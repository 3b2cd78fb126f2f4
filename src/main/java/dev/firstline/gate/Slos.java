package dev.firstline.gate;

import java.util.HashSet;
import java.util.List;
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
}
