package dev.firstline.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleFloorTest {
    @ParameterizedTest
    @CsvSource({"50, 11", "75, 24", "90, 64", "95, 130", "99, 662", "99.9, 6636"})
    void the_floors_of_the_design(double percentile, long floor) {
        assertThat(SampleFloor.of(percentile)).isEqualTo(floor);
    }

    @Timeout(10)
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1, 99.9999999, 99.99999999999999})
    void every_percentile_has_one(double percentile) {
        assertThat(SampleFloor.of(percentile)).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 100, -1, 101, Double.NaN, Double.POSITIVE_INFINITY})
    void a_percentile_lies_between_0_and_100(double percentile) {
        assertThatThrownBy(() -> SampleFloor.of(percentile)).isInstanceOf(IllegalArgumentException.class);
    }
}
