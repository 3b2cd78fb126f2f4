package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.HealthLimits;
import dev.firstline.gate.Slo;
import dev.firstline.gate.Slos;
import dev.firstline.gate.capacity.Constraint;
import dev.firstline.gate.capacity.Constraints;
import dev.firstline.gate.capacity.StepRule;
import dev.firstline.run.StepRails.Look;
import dev.firstline.run.StepRails.Stop;
import dev.firstline.stats.Calls;
import dev.firstline.stats.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of a second, ten of them, of whose turns one in ten may be bad; each rail, and right below it. */
final class StepRailsTest {
    private static final long MS = 1_000_000;
    private static final long NOBODY_WAITS = Long.MAX_VALUE / 2;
    private static final int OPEN_MAX = 5;
    private static final Outcome SLOW = Outcome.OK;
    private static final List<Constraint> HELD = Constraints.of(
                    new Slos(List.of(new Slo.Goodput(0.9)), HealthLimits.NONE), Calls.LIMITS)
            .held();

    private final StepRule rule =
            new StepRule(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(10));
    private final StepFigures figures = new StepFigures(HELD, rule.batch());
    private final StepRails rails = new StepRails(rule, HELD, figures, Duration.ofMillis(6_400), OPEN_MAX);
    private long number;

    @Test
    void two_bad_batches_in_a_row() {
        turns(0, 4, 6, SLOW);
        assertThat(afterBatch(0)).isEmpty();
        turns(1, 4, 6, SLOW);
        assertThat(afterBatch(1))
                .contains(new Stop("more than half of the calls were bad in 2 batches in a row", true));
    }

    @Test
    void half_of_the_calls_are_not_more_than_half() {
        turns(0, 5, 5, SLOW);
        turns(1, 5, 5, SLOW);
        assertThat(afterBatch(1)).isEmpty();
        assertThat(rails.closed()).isEqualTo(2);
    }

    @Test
    void a_bad_batch_a_better_one_and_a_bad_one() {
        turns(0, 4, 6, SLOW);
        turns(1, 40, 0, SLOW);
        turns(2, 4, 6, SLOW);
        assertThat(afterBatch(2)).isEmpty();
        assertThat(rails.closed()).isEqualTo(3);
    }

    @Test
    void a_call_that_waits_for_longer_than_eight_times_what_is_good() {
        assertThat(rails.look(new Look(9_000 * MS, 2_600 * MS, 0, 1))).isEmpty();
        assertThat(rails.look(new Look(9_001 * MS, 2_600 * MS, 0, 1)))
                .contains(new Stop("a call has waited for more than 6400 ms", true));
    }

    @Test
    void one_session_more_than_the_cap() {
        assertThat(rails.look(new Look(100 * MS, NOBODY_WAITS, OPEN_MAX, 0))).isEmpty();
        assertThat(rails.look(new Look(200 * MS, NOBODY_WAITS, OPEN_MAX + 1, 0)))
                .contains(new Stop("6 sessions are open, the target's cap is 5", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect_failed", "http_error(429)", "http_error(500)", "http_error(503,14)"})
    void more_than_a_fifth_of_refused_calls_in_one_batch(String outcome) {
        turns(0, 19, 5, Outcome.parse(outcome));
        assertThat(afterBatch(0))
                .contains(new Stop("5 calls were refused in one batch (no connection, 429, 5xx)", true));
    }

    @ParameterizedTest
    @CsvSource({
        "20, 5, http_error(503), a fifth is not more than a fifth",
        "4, 4, connect_failed, four are too few",
        "19, 5, http_error(404), that is no refusal"
    })
    void fewer_refused_calls_go_on(int good, int bad, String outcome, String why) {
        turns(0, good, bad, Outcome.parse(outcome));
        assertThat(afterBatch(0)).as(why).isEmpty();
        assertThat(rails.closed()).isEqualTo(1);
    }

    @Test
    void more_and_more_calls_in_flight_while_batches_are_broken() {
        assertThat(run(2, look -> look)).contains(new Stop("more and more calls are in flight", true));
        assertThat(rails.closed()).as("seen in three looks at three batches").isEqualTo(5);
    }

    @Test
    void as_many_calls_in_flight_as_before_go_on_though_batches_are_broken() {
        assertThat(run(2, look -> 7 + look % 2)).isEmpty();
    }

    @Test
    void more_and_more_calls_in_flight_go_on_while_no_batch_is_broken() {
        assertThat(run(1, look -> look)).isEmpty();
    }

    @Test
    void a_batch_is_open_as_long_as_a_call_of_it_is_in_flight() {
        turns(0, 10, 0, SLOW);
        assertThat(rails.look(new Look(3_000 * MS, 999 * MS, 0, 1))).isEmpty();
        assertThat(rails.closed()).isZero();
        assertThat(rails.look(new Look(3_100 * MS, 1_000 * MS, 0, 1))).isEmpty();
        assertThat(rails.closed()).isEqualTo(1);
    }

    @Test
    void what_is_decided_is_not_ended_at_once() {
        for (int batch = 0; batch < 10; batch++) {
            turns(batch, 10, 0, SLOW);
        }
        assertThat(afterBatch(8)).isEmpty();
        assertThat(afterBatch(9)).contains(new Stop("nothing was bad", false));
    }

    /** Five batches of ten turns, looked at ten times each. */
    private Optional<Stop> run(int bad, IntUnaryOperator inFlight) {
        Optional<Stop> stop = Optional.empty();
        for (int look = 1; look <= 54 && stop.isEmpty(); look++) {
            if (look % 10 == 1) {
                turns(look / 10, 10 - bad, bad, SLOW);
            }
            stop = rails.look(new Look(look * 100L * MS, NOBODY_WAITS, 0, inFlight.applyAsInt(look)));
        }
        assertThat(rails.closed()).isEqualTo(5);
        return stop;
    }

    /** Turns that are due in that batch: good ones, and bad ones that are too slow or have another outcome. */
    private void turns(int batch, int good, int bad, Outcome outcome) {
        for (int i = 0; i < good + bad; i++) {
            long dueMs = batch * 1_000L + i;
            long firstMs = i < good ? 100 : 900;
            boolean answered = !outcome.isKo() || i < good;
            figures.see(
                    Calls.invoke(
                            number++,
                            1,
                            answered ? Calls.timing(dueMs, 0, firstMs, firstMs) : Calls.timing(dueMs, 0, firstMs),
                            i < good ? Outcome.OK : outcome),
                    0);
        }
    }

    private Optional<Stop> afterBatch(int batch) {
        return rails.look(new Look((batch + 1) * 1_000L * MS + 300 * MS, NOBODY_WAITS, 0, 0));
    }
}
