package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firstline.stats.SampleFloor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far what was measured lies from what is known to be true: measured − known, in milliseconds. Percentiles are
 * those of the sorted errors themselves (nearest rank), null below their {@link SampleFloor}.
 *
 * @param n how many errors
 * @param meanMs the mean of the signed errors: the bias
 * @param p50Ms the median of the signed errors: the bias that no single outlier moves
 * @param p99Ms the 99th percentile of the signed errors
 * @param minMs the smallest signed error; a negative one was measured too early
 * @param maxMs the largest signed error
 * @param absP50Ms the median of the absolute errors
 * @param absP99Ms the 99th percentile of the absolute errors
 * @param absMaxMs the largest absolute error
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record MeasuredError(
        long n,
        @JsonProperty("mean_ms") double meanMs,
        @JsonProperty("p50_ms") @Nullable Double p50Ms,
        @JsonProperty("p99_ms") @Nullable Double p99Ms,
        @JsonProperty("min_ms") double minMs,
        @JsonProperty("max_ms") double maxMs,
        @JsonProperty("abs_p50_ms") @Nullable Double absP50Ms,
        @JsonProperty("abs_p99_ms") @Nullable Double absP99Ms,
        @JsonProperty("abs_max_ms") double absMaxMs) {
    private static final double MICROS_A_MS = 1e3;

    /**
     * The figures of signed errors in milliseconds, in any order.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MeasuredError of(double[] signedMs) {
        if (signedMs.length == 0) {
            throw new IllegalArgumentException("no error was measured");
        }
        double[] signed = signedMs.clone();
        Arrays.sort(signed);
        double[] absolute = Arrays.stream(signed).map(Math::abs).sorted().toArray();
        return new MeasuredError(
                signed.length,
                rounded(Arrays.stream(signed).average().orElseThrow()),
                percentile(signed, 50),
                percentile(signed, 99),
                rounded(signed[0]),
                rounded(signed[signed.length - 1]),
                percentile(absolute, 50),
                percentile(absolute, 99),
                rounded(absolute[absolute.length - 1]));
    }

    /** What is held against a limit: the 99th percentile of the absolute errors, or, with too few, the largest. */
    public double judgedMs() {
        return absP99Ms == null ? absMaxMs : absP99Ms;
    }

    /** What {@link #judgedMs()} is: {@code p99} or {@code max}. */
    public String judged() {
        return absP99Ms == null ? "max" : "p99";
    }

    private static @Nullable Double percentile(double[] sorted, double percentile) {
        if (sorted.length < SampleFloor.of(percentile)) {
            return null;
        }
        return rounded(sorted[(int) Math.ceil(percentile / 100 * sorted.length) - 1]);
    }

    private static double rounded(double ms) {
        return Math.round(ms * MICROS_A_MS) / MICROS_A_MS;
    }
}
