package dev.firstline.gate;

import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs are compared by. The median alone would miss what slows only the tail; p99 would need more turns than a run
 * of a few minutes has.
 *
 * @param percentile 50 or 95
 */
record Figure(Metric metric, int percentile) {
    static final List<Figure> ALL = List.of(
            new Figure(Metric.TTFL, 50),
            new Figure(Metric.TTFL, 95),
            new Figure(Metric.E2E, 50),
            new Figure(Metric.E2E, 95));

    /** What files and people read: {@code ttfl p95}. */
    String label() {
        return metric.label() + " p" + percentile;
    }

    /** The figure of a run in milliseconds, or null: below its sample floor, or it was waited for in vain. */
    @Nullable
    Double ms(RunSummary run) {
        @Nullable Double ms = written(run);
        return ms == null || !isTime(ms) ? null : ms;
    }

    /** What the run has in its place that is no time at all: {@code ttfl p95: -1.0 ms}. */
    Optional<String> impossible(RunSummary run) {
        @Nullable Double ms = written(run);
        return ms == null || isTime(ms) ? Optional.empty() : Optional.of(label() + ": " + ms + " ms");
    }

    private @Nullable Double written(RunSummary run) {
        @Nullable MetricSummary seen = run.metric(metric);
        if (seen == null || !seen.canTell(percentile) || seen.isCensored(percentile)) {
            return null;
        }
        return percentile == 50 ? seen.p50Ms() : seen.p95Ms();
    }

    private static boolean isTime(double ms) {
        return ms > 0 && !Double.isInfinite(ms);
    }
}
