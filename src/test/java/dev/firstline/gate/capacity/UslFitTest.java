package dev.firstline.gate.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstline.gate.CapacityResult.Usl;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UslFitTest {
    private static final double[] CONCURRENCY = {1, 2, 4, 8, 16, 32};

    @Test
    void what_follows_the_law_is_found() {
        Optional<Usl> fit = UslFit.fit(CONCURRENCY, law(2, 0.03, 0.001));
        assertThat(fit).isPresent();
        assertThat(fit.get().lambda()).isCloseTo(2, within(1e-6));
        assertThat(fit.get().alpha()).isCloseTo(0.03, within(1e-6));
        assertThat(fit.get().beta()).isCloseTo(0.001, within(1e-6));
        assertThat(fit.get().peak()).isCloseTo(Math.sqrt(0.97 / 0.001), within(1e-3));
    }

    @Test
    void without_coherency_there_is_no_peak() {
        assertThat(UslFit.fit(CONCURRENCY, law(2, 0.03, 0))).hasValueSatisfying(usl -> {
            assertThat(usl.alpha()).isCloseTo(0.03, within(1e-6));
            assertThat(usl.peak() == null || usl.peak() > 1_000).isTrue();
        });
    }

    @Test
    void few_points_or_points_that_lie_together_fit_nothing() {
        assertThat(UslFit.fit(new double[] {1, 2, 4, 8}, new double[] {1, 2, 3, 4}))
                .isEmpty();
        assertThat(UslFit.fit(new double[] {10, 11, 12, 13, 14}, new double[] {1, 2, 3, 4, 5}))
                .isEmpty();
    }

    private static double[] law(double lambda, double alpha, double beta) {
        return Arrays.stream(CONCURRENCY)
                .map(n -> lambda * n / (1 + alpha * (n - 1) + beta * n * (n - 1)))
                .toArray();
    }
}
