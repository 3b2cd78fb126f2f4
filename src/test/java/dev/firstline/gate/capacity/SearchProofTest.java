package dev.firstline.gate.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.CapacityResult.Knee;
import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the search finds of services whose capacity is known. */
final class SearchProofTest {
    /** Of the queue of {@link World#queue}, in turns a second, by four million turns each side of it. */
    private static final double TRUTH = 11.52;

    private static final int SEEDS = 120;
    private static final Answer.Asked ASKED = new Answer.Asked("capacity-1", "world", "load", null, 1);

    @Test
    void the_truth_is_where_a_long_simulation_has_it() {
        assertThat(World.queue(7).badShare(TRUTH * 0.985, 2_000_000)).isLessThan(World.TTFL.allowed());
        assertThat(World.queue(7).badShare(TRUTH * 1.015, 2_000_000)).isGreaterThan(World.TTFL.allowed());
    }

    @Test
    void nine_of_ten_searches_end_from_5_percent_below_to_8_above_and_few_more_than_5_above() {
        List<CapacityResult> results = IntStream.range(0, SEEDS)
                .mapToObj(seed -> found(World.queue(seed), World.plan(3.5)))
                .toList();
        List<Knee> held = results.stream()
                .filter(result -> result.decision() == Decision.PASS)
                .map(result -> Objects.requireNonNull(result.knee()))
                .toList();
        long right = held.stream()
                .filter(knee -> knee.rate() >= 0.95 * TRUTH && knee.rate() <= 1.08 * TRUTH)
                .count();
        long tooHigh = held.stream().filter(knee -> knee.rate() > 1.05 * TRUTH).count();
        long covered = held.stream()
                .filter(knee -> knee.low() <= TRUTH && TRUTH <= knee.high())
                .count();
        // Of all of them: a search without an answer is not a right one.
        assertThat(right).isGreaterThanOrEqualTo(Math.round(0.9 * SEEDS));
        assertThat(tooHigh).isLessThanOrEqualTo(Math.round(0.2 * SEEDS));
        assertThat(covered).isGreaterThanOrEqualTo(Math.round(0.85 * SEEDS));
    }

    @Test
    void a_cliff_is_found_and_said_to_be_one() {
        for (int seed = 0; seed < 20; seed++) {
            double truth = 20 + seed;
            Knee knee = knee(found(World.cliff(truth, seed), World.plan(3)));
            assertThat(knee.rate()).isBetween(truth / 1.06, truth);
            assertThat(knee.cliff()).isTrue();
            assertThat(knee.low()).isLessThanOrEqualTo(truth);
            assertThat(knee.high()).isGreaterThanOrEqualTo(knee.rate());
        }
    }

    @Test
    void a_start_beyond_the_capacity_goes_down() {
        List<StepResult> log = World.queue(3).search(World.plan(40));
        assertThat(log.get(0).state()).isEqualTo(State.FAILED);
        assertThat(log.get(1).rate()).isEqualTo(20);
        assertThat(knee(answer(World.plan(40), log)).rate()).isBetween(0.9 * TRUTH, 1.08 * TRUTH);
    }

    @Test
    void what_may_be_offered_at_most_is_the_least_that_is_carried() {
        SearchPlan plan = World.plan(3.5).within(3.5, 8);
        CapacityResult result = answer(plan, World.queue(5).search(plan));
        assertThat(knee(result).rate()).isEqualTo(8);
        assertThat(knee(result).firstFail()).isNull();
        assertThat(result.decision()).isEqualTo(Decision.PASS);
        assertThat(result.notes()).anySatisfy(note -> assertThat(note).startsWith("at least: 8 journeys/s"));
    }

    /** A hiccup of a minute while a low rate is tried: it costs steps, so precision, and no more. */
    @Test
    void one_hiccup_does_not_hide_what_is_carried() {
        for (int seed = 0; seed < 10; seed++) {
            World world = new World(
                    100_000, (rate, atS, waitS, random) -> rate > 30 || (atS > 120 && atS < 170) ? 5 : 0.3, seed);
            Knee knee = knee(found(world, World.plan(5)));
            assertThat(knee.rate()).isBetween(24.0, 30.0);
        }
    }

    /** One turn in three is bad for half a minute now and then, whatever the rate: nothing can be known of it. */
    @Test
    void noise_of_its_own_is_never_taken_for_more_than_is_carried() {
        for (int seed = 0; seed < 20; seed++) {
            World world = new World(
                    100_000,
                    (rate, atS, waitS, random) ->
                            rate > 30 || (Math.floorMod((long) (atS / 30), 7L) == 3 && random.nextInt(3) == 0)
                                    ? 5
                                    : 0.3,
                    seed);
            CapacityResult result = found(world, World.plan(5));
            if (result.decision() == Decision.PASS) {
                assertThat(knee(result).rate()).isLessThanOrEqualTo(30);
            }
        }
    }

    /** It carries 40 a second at first, and loses a thousandth of that every second. */
    @Test
    void what_gets_worse_with_time_is_held_lower_or_not_at_all() {
        for (int seed = 0; seed < 20; seed++) {
            World world = new World(
                    100_000, (rate, atS, waitS, random) -> rate > 40 * Math.exp(-atS / 1_000) ? 5 : 0.3, seed);
            SearchPlan plan = World.plan(10);
            List<StepResult> log = world.search(plan);
            CapacityResult result = answer(plan, log);
            double atTheEndS = log.stream().mapToDouble(StepResult::tookS).sum();
            if (result.decision() == Decision.PASS) {
                // It had to be carried nearly to the end of the hold.
                assertThat(knee(result).rate()).isLessThanOrEqualTo(1.08 * 40 * Math.exp(-(atTheEndS - 40) / 1_000));
            } else {
                assertThat(result.decision()).isEqualTo(Decision.NO_VERDICT);
            }
        }
    }

    @Test
    void a_search_stays_within_its_estimate() {
        SearchPlan plan = World.plan(3.5);
        Estimate estimate = Estimate.of(plan);
        for (int seed = 0; seed < 20; seed++) {
            List<StepResult> log = World.queue(seed).search(plan);
            assertThat(log.stream().mapToDouble(StepResult::tookS).sum())
                    .isBetween((double) estimate.least().toSeconds(), (double)
                            estimate.most().toSeconds());
            assertThat(log.stream().mapToDouble(StepResult::cost).sum())
                    .isBetween(0.8 * estimate.turnsLeast(), estimate.turnsMost());
        }
    }

    private static CapacityResult found(World world, SearchPlan plan) {
        return answer(plan, new ArrayList<>(world.search(plan)));
    }

    private static CapacityResult answer(SearchPlan plan, List<StepResult> log) {
        return Answer.of(plan, log, ASKED, Optional.empty());
    }

    private static Knee knee(CapacityResult result) {
        return Objects.requireNonNull(result.knee(), () -> "no knee: " + result.reasons());
    }
}
