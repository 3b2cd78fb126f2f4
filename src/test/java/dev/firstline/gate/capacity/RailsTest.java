package dev.firstline.gate.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RailsTest {
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void what_grows_beyond_its_noise_grows() {
        assertThat(Rails.grows(samples(30, 0.5))).isTrue();
        assertThat(Rails.grows(samples(30, -0.5))).isFalse();
    }

    @Test
    void noise_alone_seldom_grows() {
        long grown = IntStream.range(0, 1_000)
                .filter(trial -> Rails.grows(samples(30, 0)))
                .count();
        assertThat(grown).isLessThan(20);
    }

    @Test
    void two_samples_are_too_few() {
        assertThat(Rails.grows(new double[] {1, 9})).isFalse();
    }

    private double[] samples(int count, double slope) {
        return IntStream.range(0, count)
                .mapToDouble(i -> 10 + slope * i + random.nextDouble(-2, 2))
                .toArray();
    }
}
