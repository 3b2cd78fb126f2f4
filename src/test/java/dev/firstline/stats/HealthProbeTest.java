package dev.firstline.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthProbeTest {
    private final FakeClock clock = new FakeClock();

    @ParameterizedTest
    @ValueSource(longs = {0, 250, -250})
    void a_time_of_day_that_is_set_is_drift(long jumpMillis) {
        try (HealthProbe probe = HealthProbe.start(clock)) {
            clock.advance(Duration.ofSeconds(30));
            clock.setBy(Duration.ofMillis(jumpMillis));
            assertThat(probe.health(null, null, 0, 0, 0).driftMs()).isEqualTo((double) Math.abs(jumpMillis));
        }
    }

    @Test
    void what_is_known_elsewhere_is_passed_on_and_nothing_is_judged() {
        LatencyHistogram lag = new LatencyHistogram();
        lag.record(Calls.ms(3));
        try (HealthProbe probe = HealthProbe.start(clock)) {
            clock.advance(Duration.ofHours(1));
            Health health = probe.health(MetricSummary.of(lag), 0.4, 2, 100, 98);
            assertThat(health.lagP99Ms()).isEqualTo(3, within(0.01));
            assertThat(health.stubLagP99Ms()).isEqualTo(0.4);
            assertThat(health.loopDelayP99Ms()).isNull();
            assertThat(health.unrecorded()).isEqualTo(2);
            assertThat(health.offered()).isEqualTo(100);
            assertThat(health.achieved()).isEqualTo(98);
            assertThat(health.cpu()).isBetween(0.0, 0.1);
            assertThat(health.ok()).isTrue();
        }
    }

    @Test
    void the_delay_of_event_loops_is_a_percentile() {
        try (HealthProbe probe = HealthProbe.start(clock)) {
            for (int i = 1; i <= 100; i++) {
                probe.loopDelay(Calls.ms(i));
            }
            assertThat(probe.health(null, null, 0, 0, 0).loopDelayP99Ms()).isEqualTo(99, within(0.1));
        }
    }

    @Test
    void it_is_closed_once() {
        HealthProbe probe = HealthProbe.start(clock);
        probe.close();
        assertThatThrownBy(probe::close).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void of_two_generators_the_worse_figure_counts() {
        Health a = new Health(1.0, null, 5, 0.2, 0, 3.0, 4.0, 1, 10, 9, true);
        Health b = new Health(2.0, 0.5, 4, 0.3, 7, null, 6.0, 0, 20, 20, false);
        assertThat(a.worse(b))
                .isEqualTo(b.worse(a))
                .isEqualTo(new Health(2.0, 0.5, 5, 0.3, 7, 3.0, 6.0, 1, 30, 29, false));
    }
}
