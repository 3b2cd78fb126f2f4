package dev.firstline.stats;

import static dev.firstline.stats.Calls.close;
import static dev.firstline.stats.Calls.init;
import static dev.firstline.stats.Calls.invoke;
import static dev.firstline.stats.Calls.ms;
import static dev.firstline.stats.Calls.timing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The clock stands at one second when a run begins, and one journey is due every 500 ms from then on. */
final class LiveTallyTest {
    private static final long ORIGIN_NANOS = ms(1_000);

    private final FakeClock clock = new FakeClock();
    private final LiveTally tally = new LiveTally(clock);

    @Test
    void what_ended_ten_seconds_ago_is_in_no_percentile_and_in_every_total() {
        tally.add(invoke(0, 1, timing(1_000, 0, 900, 800), Outcome.OK));
        clock.advance(Duration.ofSeconds(5));
        tally.add(invoke(1, 1, timing(5_000, 0, 500, 100), Outcome.OK));

        assertThat(sample().ttflCount()).isEqualTo(2);
        assertThat(sample().ttflP95Ms()).isCloseTo(800, within(1));
        clock.advance(Duration.ofSeconds(5));
        assertThat(sample().ttflCount()).isEqualTo(1);
        assertThat(sample().ttflP95Ms()).isCloseTo(100, within(1));
        clock.advance(Duration.ofSeconds(5));
        assertThat(sample().ttflCount()).isZero();
        assertThat(sample().ttflP50Ms()).isNull();
        assertThat(sample().ok()).isEqualTo(2);
    }

    @Test
    void rates_are_those_of_the_time_that_has_passed() {
        for (int i = 0; i < 4; i++) {
            tally.add(init(i, 1_000 + 500L * i, 40, Outcome.OK));
        }
        clock.advance(Duration.ofSeconds(2));

        LiveFigures early = sample();
        assertThat(early.elapsedS()).isEqualTo(2);
        // Due at 0, 0.5, 1, 1.5 and 2 s.
        assertThat(early.offeredPerS()).isEqualTo(2.5);
        assertThat(early.achievedPerS()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(20));
        assertThat(sample().offeredPerS()).isBetween(2.0, 2.2);
        assertThat(sample().achievedPerS()).as("nobody came any more").isZero();
    }

    @Test
    void turns_are_counted_by_outcome_and_other_calls_where_they_fail() {
        tally.add(init(0, 1_000, 40, Outcome.OK));
        tally.add(init(1, 1_000, 40, Outcome.of(Outcome.Kind.CONNECT_FAILED)));
        tally.add(invoke(0, 1, timing(1_000, 0, 900, 800), Outcome.OK));
        tally.add(invoke(0, 2, timing(1_000, 0, 900, 800), Outcome.OK));
        tally.add(invoke(0, 3, timing(1_000, 0, 900), Outcome.of(Outcome.Kind.STALLED_OUT)));
        tally.add(close(0, 1_000, 40, Outcome.ABANDONED));

        LiveFigures figures = sample();
        assertThat(figures.outcomes()).isEqualTo(Map.of("ok", 2L, "stalled_out", 1L, "init connect_failed", 1L));
        assertThat(figures.ok()).isEqualTo(2);
        assertThat(figures.ko()).isEqualTo(2);
        assertThat(figures.topFailure()).contains("init connect_failed");
    }

    @Test
    void who_waits_in_vain_is_slower_than_everybody() {
        tally.add(invoke(0, 1, timing(1_000, 0, 900, 800), Outcome.OK));
        tally.add(invoke(1, 1, timing(1_000, 0, 500), Outcome.of(Outcome.Kind.FIRST_LINE_TIMEOUT)));

        assertThat(sample().ttflP95Ms()).isCloseTo(800, within(1));
        assertThat(sample().ttflCount()).isEqualTo(2);
    }

    @Test
    void violations_are_counted_and_drifts_are_not() {
        tally.add(Calls.checked(
                invoke(0, 1, timing(1_000, 0, 900, 800), Outcome.OK),
                1,
                0,
                new RuleHit("not-json", true, 1),
                new RuleHit("unknown-field", false, 1)));

        assertThat(sample().violations()).isEqualTo(1);
    }

    @Test
    void more_than_fits_is_counted_and_blocks_nobody() {
        CallResult call = invoke(0, 1, timing(1_000, 0, 900, 800), Outcome.OK);
        for (int i = 0; i < LiveTally.QUEUE_MAX + 3; i++) {
            tally.add(call);
        }

        assertThat(sample().unseen()).isEqualTo(3);
        assertThat(sample().ok()).isEqualTo(LiveTally.QUEUE_MAX);
    }

    @Test
    void a_long_run_keeps_a_bounded_history_of_all_of_it() {
        LiveHistory history = new LiveHistory();
        int seconds = 5 * LiveHistory.POINTS_MAX;
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            history.add(sample());
        }

        assertThat(history.after(0)).hasSizeBetween(LiveHistory.POINTS_MAX / 2, LiveHistory.POINTS_MAX);
        assertThat(history.after(0).get(0).elapsedS()).isEqualTo(1);
        assertThat(history.after(seconds - 20)).isNotEmpty().hasSizeLessThan(5);
    }

    private LiveFigures sample() {
        return tally.sample(ORIGIN_NANOS, nanos -> nanos < 0 ? 0 : nanos / ms(500) + 1, 7);
    }

    private static Offset<Double> within(double tolerance) {
        return Offset.offset(tolerance);
    }
}
