package dev.firstline.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one run. A percentile below its {@link SampleFloor} is null.
 *
 * @param count how many values
 * @param waited how many of them are times waited in vain, which rank above all others
 * @param histogram all values, {@link LatencyHistogram#encoded() encoded}
 * @param waitedHistogram those waited in vain, encoded alike, or null where there is none
 */
public record MetricSummary(
        long count,
        @JsonProperty("p50_ms") @Nullable Double p50Ms,
        @JsonProperty("p90_ms") @Nullable Double p90Ms,
        @JsonProperty("p95_ms") @Nullable Double p95Ms,
        @JsonProperty("p99_ms") @Nullable Double p99Ms,
        @JsonProperty("max_ms") @Nullable Double maxMs,
        long waited,
        String histogram,
        @JsonProperty("waited_histogram") @Nullable String waitedHistogram) {
    /** The summary of a histogram. */
    public static MetricSummary of(LatencyHistogram values) {
        return new MetricSummary(
                values.count(),
                percentile(values, 50),
                percentile(values, 90),
                percentile(values, 95),
                percentile(values, 99),
                values.count() == 0 ? null : ms(values.maxNanos()),
                values.waited(),
                values.encoded(),
                values.encodedWaited());
    }

    /** The same percentiles without the values: {@link #values()} refuses to be asked. */
    MetricSummary withoutHistogram() {
        return new MetricSummary(count, p50Ms, p90Ms, p95Ms, p99Ms, maxMs, waited, "", null);
    }

    /** All values. Decoded anew at each call. */
    public LatencyHistogram values() {
        return LatencyHistogram.decode(histogram, waitedHistogram);
    }

    /** Whether there are enough values to tell this percentile; the maximum (100) needs only one. */
    public boolean canTell(double percentile) {
        return percentile >= 100 ? count > 0 : count >= SampleFloor.of(percentile);
    }

    /**
     * Whether this percentile stands at or above the first value that was only waited for, so that its true value is
     * unknown and worse than the figure.
     */
    public boolean isCensored(double percentile) {
        return LatencyHistogram.rank(percentile, count) > count - waited;
    }

    private static @Nullable Double percentile(LatencyHistogram values, double percentile) {
        return values.count() < SampleFloor.of(percentile) ? null : ms(values.percentileNanos(percentile));
    }

    static double ms(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
