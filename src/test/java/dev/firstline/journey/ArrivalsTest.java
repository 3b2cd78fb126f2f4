package dev.firstline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstline.Misuse;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
    private static final long SEED = 20261120;

    @Test
    void the_generator_is_the_published_one() {
        // The first numbers of the reference implementation for the seed 1234567.
        assertThat(new long[] {SplitMix.at(1234567, 0), SplitMix.at(1234567, 1), SplitMix.at(1234567, 2)})
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }

    @Test
    void the_first_offsets_of_a_seed_never_change() {
        assertThat(Arrays.copyOf(
                        Arrivals.poisson(SEED, Profile.constant(10, Duration.ofMinutes(1)))
                                .offsetsNanos(),
                        5))
                .containsExactly(47_106_720, 255_515_475, 276_205_517, 444_772_271, 508_220_281);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, SEED})
    void a_constant_rate_comes_at_its_rate_with_gaps_of_a_poisson_process(long seed) {
        double perSecond = 100;
        Arrivals arrivals = Arrivals.poisson(seed, Profile.constant(perSecond, Duration.ofSeconds(1000)));
        long[] offsets = arrivals.offsetsNanos();
        double[] gapsSeconds = new double[offsets.length - 1];
        for (int k = 0; k < gapsSeconds.length; k++) {
            gapsSeconds[k] = (offsets[k + 1] - offsets[k]) / 1e9;
        }
        double mean = Arrays.stream(gapsSeconds).average().orElseThrow();
        double variance = Arrays.stream(gapsSeconds)
                .map(gap -> (gap - mean) * (gap - mean))
                .average()
                .orElseThrow();

        // Four standard deviations of a count of 100,000, and of the moments of as many exponential gaps.
        assertThat((double) arrivals.count()).isCloseTo(100_000, within(4 * Math.sqrt(100_000)));
        assertThat(mean * perSecond).isCloseTo(1, within(4 / Math.sqrt(100_000)));
        assertThat(variance * perSecond * perSecond).isCloseTo(1, within(4 * Math.sqrt(8.0 / 100_000)));
    }

    @ParameterizedTest
    @CsvSource({"0, 200", "200, 0", "50, 150", "150, 50"})
    void a_ramp_brings_as_many_as_the_area_under_it_in_each_of_its_parts(double from, double to) {
        int parts = 10;
        Arrivals arrivals = Arrivals.poisson(SEED, Profile.ramp(from, to, Duration.ofSeconds(1000)));

        for (int part = 0; part < parts; part++) {
            double middle = from + (to - from) * (part + 0.5) / parts;
            double expected = middle * 1000 / parts;
            long fromNanos = part * 100_000_000_000L;
            long seen = Arrays.stream(arrivals.offsetsNanos())
                    .filter(offset -> offset >= fromNanos && offset < fromNanos + 100_000_000_000L)
                    .count();
            assertThat((double) seen).as("part %d", part).isCloseTo(expected, within(4 * Math.sqrt(expected)));
        }
    }

    @Test
    void a_spike_is_base_peak_and_base_again() {
        Profile spike = Profile.spike(10, 500, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(120));
        long[] offsets = Arrivals.poisson(SEED, spike).offsetsNanos();
        long peak = Arrays.stream(offsets)
                .filter(offset -> offset >= 60_000_000_000L && offset < 80_000_000_000L)
                .count();

        assertThat(spike.duration()).isEqualTo(Duration.ofSeconds(200));
        assertThat(spike.peakPerSecond()).isEqualTo(500);
        assertThat(spike.expectedArrivals()).isEqualTo(600 + 10_000 + 1_200);
        assertThat((double) peak).isCloseTo(10_000, within(400.0));
        assertThat((double) offsets.length - peak).isCloseTo(1_800, within(170.0));
    }

    @Test
    void offsets_never_fall_and_stay_within_the_profile() {
        Profile profile = Profile.ramp(0, 50, Duration.ofSeconds(10))
                .then(Profile.constant(0, Duration.ofSeconds(5)))
                .then(Profile.ramp(300, 0, Duration.ofSeconds(7)));
        long[] offsets = Arrivals.poisson(SEED, profile).offsetsNanos();

        assertThat(offsets).isSorted().hasSizeGreaterThan(1_000);
        assertThat(offsets[0]).isNotNegative();
        assertThat(offsets[offsets.length - 1])
                .isLessThanOrEqualTo(profile.duration().toNanos());
        assertThat(Arrays.stream(offsets).filter(offset -> offset > 10_000_000_000L && offset < 15_000_000_000L))
                .as("while the rate is 0")
                .isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_plan_and_another_seed_another() {
        Profile profile = Profile.constant(50, Duration.ofSeconds(20));

        assertThat(Arrivals.poisson(7, profile).offsetsNanos())
                .isEqualTo(Arrivals.poisson(7, profile).offsetsNanos())
                .isNotEqualTo(Arrivals.poisson(8, profile).offsetsNanos());
    }

    @Test
    void a_plan_cannot_be_changed_from_outside() {
        Arrivals arrivals = Arrivals.evenly(3, Duration.ofSeconds(3));
        arrivals.offsetsNanos()[1] = 42;

        assertThat(arrivals.offsetNanos(1)).isEqualTo(1_000_000_000);
    }

    @Test
    void even_arrivals_share_the_time_to_the_nanosecond() {
        assertThat(Arrivals.evenly(3, Duration.ofNanos(10)).offsetsNanos()).containsExactly(0, 3, 6);
        assertThat(Arrivals.evenly(7, Duration.ofSeconds(14)).offsetNanos(6)).isEqualTo(12_000_000_000L);
        assertThat(Arrivals.evenly(0, Duration.ofSeconds(1)).count()).isZero();
        long[] day =
                Arrivals.evenly(Arrivals.ARRIVALS_MAX, Duration.ofDays(365)).offsetsNanos();
        assertThat(day).isSorted();
        assertThat(day[day.length - 1]).isBetween(0L, Duration.ofDays(365).toNanos());
    }

    @Test
    void a_plan_beyond_the_bound_is_refused() {
        assertThatThrownBy(() -> Arrivals.poisson(SEED, Profile.constant(1e6, Duration.ofDays(1))))
                .isInstanceOf(Misuse.class)
                .hasMessageContainingAll("at most 10000000 customers", "about 86400000000");
        assertThatThrownBy(() -> Arrivals.evenly(Arrivals.ARRIVALS_MAX + 1, Duration.ofDays(1)))
                .isInstanceOf(Misuse.class);
    }
}
