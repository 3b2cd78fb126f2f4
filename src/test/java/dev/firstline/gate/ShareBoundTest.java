package dev.firstline.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.firstline.gate.Promise.State;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareBoundTest {
    /** The floors that MLPerf's table gives for one sample over the limit. */
    @ParameterizedTest
    @CsvSource({"0.5, 11", "0.75, 24", "0.9, 64", "0.95, 130", "0.99, 662"})
    void one_turn_over_the_limit_is_accepted_from_the_floor_on(double share, long floor) {
        long first = LongStream.rangeClosed(1, 1000)
                .filter(n -> new ShareBound(1, n).atMost(1 - share) == State.KEPT)
                .findFirst()
                .orElse(0);

        assertThat(first).isEqualTo(floor);
    }

    @Test
    void below_the_floor_not_even_a_spotless_run_is_enough() {
        assertThat(new ShareBound(0, 661).atMost(0.01)).isEqualTo(State.TOO_FEW);
        assertThat(new ShareBound(0, 662).atMost(0.01)).isEqualTo(State.KEPT);
    }

    @Test
    void a_certain_breach_needs_no_floor() {
        assertThat(new ShareBound(5, 10).atMost(0.01)).isEqualTo(State.BROKEN);
        assertThat(new ShareBound(1, 10).atMost(0.01)).isEqualTo(State.TOO_FEW);
    }

    @Test
    void the_bounds_are_where_the_binomial_leaves_one_percent() {
        ShareBound bound = new ShareBound(7, 900);

        assertThat(new BinomialDistribution(900, bound.upper()).cumulativeProbability(7))
                .isCloseTo(0.01, offset(1e-6));
        assertThat(1 - new BinomialDistribution(900, bound.lower()).cumulativeProbability(6))
                .isCloseTo(0.01, offset(1e-6));
        assertThat(new ShareBound(0, 0).upper()).isEqualTo(1);
        assertThat(new ShareBound(3, 3).upper()).isEqualTo(1);
        assertThat(new ShareBound(0, 9).lower()).isZero();
    }

    /** At the very limit either answer is wrong at most once in a hundred. */
    @Test
    void a_service_at_its_limit_is_told_to_be_neither_in_all_but_two_percent() {
        Random random = new Random(5);
        int decided = 0;
        for (int run = 0; run < 4_000; run++) {
            long bad = 0;
            for (int turn = 0; turn < 2_000; turn++) {
                bad += random.nextDouble() < 0.05 ? 1 : 0;
            }
            decided += new ShareBound(bad, 2_000).atMost(0.05) == State.TOO_FEW ? 0 : 1;
        }

        assertThat(decided).isBetween(1, 80);
    }
}
