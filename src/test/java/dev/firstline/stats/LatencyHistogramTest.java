package dev.firstline.stats;

import static dev.firstline.stats.Calls.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencyHistogramTest {
    private static final Percentage THREE_DIGITS = Percentage.withPercentage(0.1);

    private static Stream<Supplier<LatencyHistogram>> kinds() {
        return Stream.of(LatencyHistogram::new, LatencyHistogram::sparse);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_thousand_results_of_1_to_1000_ms(Supplier<LatencyHistogram> kind) {
        LatencyHistogram values = kind.get();
        for (int i = 1_000; i >= 1; i--) {
            values.record(ms(i));
        }
        assertThat(values.count()).isEqualTo(1_000);
        assertThat(values.percentileNanos(50)).isCloseTo(ms(500), THREE_DIGITS);
        assertThat(values.percentileNanos(95)).isCloseTo(ms(950), THREE_DIGITS);
        assertThat(values.percentileNanos(99.9)).isCloseTo(ms(999), THREE_DIGITS);
        assertThat(values.percentileNanos(100)).isCloseTo(ms(1_000), THREE_DIGITS);
        assertThat(values.maxNanos()).isCloseTo(ms(1_000), THREE_DIGITS);
        assertThat(values.countAbove(ms(900) + ms(1) / 2)).isEqualTo(100);
        assertThat(values.countAbove(0)).isEqualTo(1_000);
        assertThat(values.countAbove(Long.MAX_VALUE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 19, 20, 99, 100, 101, 700, 1_000, 1_001})
    void a_percentile_is_the_value_of_its_rank(int count) {
        Random random = new Random(count);
        long[] sorted = random.longs(count, ms(1), ms(60_000)).sorted().toArray();
        LatencyHistogram values = new LatencyHistogram();
        Arrays.stream(sorted).forEach(values::record);
        for (double percentile : new double[] {1, 50, 75, 90, 95, 99, 99.9, 100}) {
            int rank = (int) Math.max(1, Math.ceil(Math.round(percentile * 10) * (long) count / 1_000.0));
            assertThat(values.percentileNanos(percentile))
                    .as("p%s", percentile)
                    .isCloseTo(sorted[rank - 1], THREE_DIGITS);
        }
    }

    /** 90 turns of 200 ms, and 10 that were refused within a millisecond. */
    @ParameterizedTest
    @MethodSource("kinds")
    void a_server_that_fails_fast_does_not_improve_its_figures(Supplier<LatencyHistogram> kind) {
        LatencyHistogram values = kind.get();
        for (int i = 1; i <= 100; i++) {
            if (i % 10 == 0) {
                values.recordWaited(ms(1));
            } else {
                values.record(ms(i <= 50 ? 200 : 300));
            }
        }
        MetricSummary summary = MetricSummary.of(values);
        for (LatencyHistogram same : new LatencyHistogram[] {values, summary.values()}) {
            assertThat(same.count()).isEqualTo(100);
            assertThat(same.waited()).isEqualTo(10);
            assertThat(same.percentileNanos(45)).isCloseTo(ms(200), THREE_DIGITS);
            assertThat(same.percentileNanos(46)).isCloseTo(ms(300), THREE_DIGITS);
            assertThat(same.percentileNanos(95)).isCloseTo(ms(300), THREE_DIGITS);
            assertThat(same.countAbove(ms(250))).isEqualTo(45 + 10);
            assertThat(same.countAbove(ms(400))).isEqualTo(10);
        }
        assertThat(summary.isCensored(90)).isFalse();
        assertThat(summary.isCensored(90.1)).isTrue();
        assertThat(summary.isCensored(100)).isTrue();
    }

    @Test
    void a_server_that_hangs_shows_the_time_waited() {
        LatencyHistogram values = new LatencyHistogram();
        for (int i = 0; i < 95; i++) {
            values.record(ms(200));
        }
        for (int i = 0; i < 5; i++) {
            values.recordWaited(ms(10_000));
        }
        assertThat(values.percentileNanos(95)).isCloseTo(ms(200), THREE_DIGITS);
        assertThat(values.percentileNanos(96)).isCloseTo(ms(10_000), THREE_DIGITS);
        assertThat(values.maxNanos()).isCloseTo(ms(10_000), THREE_DIGITS);
        assertThat(MetricSummary.of(values).isCensored(95)).isFalse();
        assertThat(MetricSummary.of(values).isCensored(96)).isTrue();
    }

    @Test
    void only_waited_ones() {
        LatencyHistogram values = new LatencyHistogram();
        values.recordWaited(ms(7));
        LatencyHistogram same = LatencyHistogram.decode(values.encoded(), values.encodedWaited());
        assertThat(same.percentileNanos(50)).isCloseTo(ms(7), THREE_DIGITS);
        assertThat(same.count()).isEqualTo(1);
        assertThat(same.waited()).isEqualTo(1);
    }

    @Test
    void nothing_is_nothing() {
        LatencyHistogram none = new LatencyHistogram();
        LatencyHistogram same = LatencyHistogram.decode(none.encoded(), none.encodedWaited());
        assertThat(same.count()).isZero();
        assertThat(same.maxNanos()).isZero();
        assertThat(same.percentileNanos(99)).isZero();
        assertThat(same.countAbove(0)).isZero();
        MetricSummary summary = MetricSummary.of(none);
        assertThat(summary.maxMs()).isNull();
        assertThat(summary.canTell(100)).isFalse();
    }

    @Test
    void a_percentile_below_its_floor_is_null() {
        LatencyHistogram values = new LatencyHistogram();
        for (int i = 0; i < 129; i++) {
            values.record(ms(5));
        }
        assertThat(MetricSummary.of(values).p90Ms()).isEqualTo(5.0, Offset.offset(0.01));
        assertThat(MetricSummary.of(values).p95Ms()).isNull();
        values.record(ms(5));
        assertThat(MetricSummary.of(values).p95Ms()).isNotNull();
        assertThat(MetricSummary.of(values).p99Ms()).isNull();
        assertThat(MetricSummary.of(values).canTell(99)).isFalse();
        assertThat(MetricSummary.of(values).canTell(95)).isTrue();
    }

    @Test
    void what_lies_outside_the_range_counts_at_its_end() {
        LatencyHistogram values = new LatencyHistogram();
        values.record(-5);
        values.record(Long.MAX_VALUE);
        assertThat(values.percentileNanos(50)).isLessThan(LatencyHistogram.NANOS_MIN);
        assertThat(values.maxNanos()).isCloseTo(LatencyHistogram.NANOS_MAX, THREE_DIGITS);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void adding_is_recording_both(Supplier<LatencyHistogram> kind) {
        Random random = new Random(7);
        LatencyHistogram whole = new LatencyHistogram();
        LatencyHistogram sum = new LatencyHistogram();
        for (int part = 0; part < 5; part++) {
            LatencyHistogram piece = kind.get();
            for (int i = 0; i < 200; i++) {
                long nanos = (long) Math.pow(10, 3 + 9 * random.nextDouble());
                if (random.nextInt(10) == 0) {
                    piece.recordWaited(nanos);
                    whole.recordWaited(nanos);
                } else {
                    piece.record(nanos);
                    whole.record(nanos);
                }
            }
            sum.add(LatencyHistogram.decode(piece.encoded(), piece.encodedWaited()));
        }
        assertThat(sum.count()).isEqualTo(whole.count());
        assertThat(sum.waited()).isEqualTo(whole.waited());
        for (double percentile : new double[] {1, 10, 50, 90, 95, 99, 100}) {
            assertThat(sum.percentileNanos(percentile)).isEqualTo(whole.percentileNanos(percentile));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "…", "AAAA", "SElTVEZBQUFBRXg0bkpOcG1TekF3TURBQkFBPQ=="})
    void what_is_no_histogram_is_refused(String encoded) {
        assertThatThrownBy(() -> LatencyHistogram.decode(encoded, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void more_waited_for_than_recorded_is_refused() {
        LatencyHistogram one = new LatencyHistogram();
        one.recordWaited(ms(1));
        String none = new LatencyHistogram().encoded();
        assertThatThrownBy(() -> LatencyHistogram.decode(none, one.encoded()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
