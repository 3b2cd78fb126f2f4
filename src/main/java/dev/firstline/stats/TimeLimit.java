package dev.firstline.stats;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A limit on one time of a turn that is counted turn by turn, so that a share of turns can be promised exactly.
 *
 * <p>A turn that failed keeps no limit, however soon it failed. One that has no such time and did not fail (an empty
 * answer, one that was abandoned before, a single line where gaps are asked for) has nothing to say.
 *
 * @param metric which time; one of {@link #METRICS}
 * @param ms the longest that keeps the limit, in milliseconds
 */
public record TimeLimit(Metric metric, double ms) {
    /** The times that every turn has one of at most. */
    public static final Set<Metric> METRICS =
            Set.of(Metric.TTFL, Metric.TTFL_SERVICE, Metric.TTFC, Metric.TTFB, Metric.MAX_GAP, Metric.E2E);

    private static final long NOTHING = -1;

    public TimeLimit {
        if (!METRICS.contains(metric)) {
            throw new IllegalArgumentException("a turn has no single " + metric.label());
        }
        if (!(ms > 0) || Double.isInfinite(ms)) {
            throw new IllegalArgumentException("a limit must be above 0: " + ms);
        }
    }

    /** What files call it: {@code ttfl<=800ms}. */
    public String label() {
        return metric.label() + "<="
                + BigDecimal.valueOf(ms).stripTrailingZeros().toPlainString() + "ms";
    }

    /** Whether the turn kept it; null where it has nothing to say. */
    @Nullable
    Boolean keptBy(CallResult turn) {
        if (turn.call() != CallKind.INVOKE) {
            return null;
        }
        if (turn.outcome().isKo()) {
            return false;
        }
        if (turn.outcome().kind() == Outcome.Kind.ABANDONED && metric == Metric.E2E) {
            return null;
        }
        long nanos = nanos(turn.timing());
        return nanos == NOTHING ? null : nanos <= ms * 1e6;
    }

    private long nanos(CallTiming timing) {
        return switch (metric) {
            case TTFL -> timing.hasFirstLine() ? timing.ttflNanos() : NOTHING;
            case TTFL_SERVICE -> timing.hasFirstLine() ? timing.ttflServiceNanos() : NOTHING;
            case TTFC ->
                timing.firstContentNanos() == CallTiming.NEVER
                        ? NOTHING
                        : timing.firstContentNanos() - timing.dueNanos();
            case TTFB ->
                timing.firstByteNanos() == CallTiming.NEVER ? NOTHING : timing.firstByteNanos() - timing.sentNanos();
            case MAX_GAP -> timing.lines().count() > 1 ? timing.lines().gapNanosMax() : NOTHING;
            default -> timing.e2eNanos();
        };
    }
}
