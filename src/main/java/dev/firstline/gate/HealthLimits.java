package dev.firstline.gate;

import dev.firstline.stats.Health;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How ill a generator may be whose figures about time are believed: {@code health:} of {@code slo.yaml}.
 *
 * @param limits the limit of each figure; a figure without one is not judged
 */
public record HealthLimits(Map<HealthFigure, Double> limits) {
    /** No limit at all. */
    public static final HealthLimits NONE = new HealthLimits(Map.of());

    public HealthLimits {
        Map<HealthFigure, Double> ordered = new EnumMap<>(HealthFigure.class);
        ordered.putAll(limits);
        ordered.forEach((figure, limit) -> figure.bound(limit));
        limits = Map.copyOf(ordered);
    }

    /** The limits that the generator did not keep, in the order of {@link HealthFigure}; none if it was well. */
    public List<Doubt> doubts(Health health) {
        List<Doubt> doubts = new ArrayList<>();
        for (HealthFigure figure : HealthFigure.values()) {
            Double limit = limits.get(figure);
            if (limit != null) {
                figure.doubt(health, limit).ifPresent(doubts::add);
            }
        }
        return List.copyOf(doubts);
    }
}
