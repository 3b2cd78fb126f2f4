package dev.firstline.gate.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.capacity.Constraint.Sight;
import dev.firstline.gate.capacity.Constraint.Tally;
import dev.firstline.gate.capacity.Ruling.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches of a thousand calls, of which one in twenty may be bad. */
final class StepRuleTest {
    private static final StepRule RULE =
            new StepRule(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));
    private static final Constraint SOME = new Constraint("some", 0.05, call -> Sight.NONE);
    private static final Constraint NONE = new Constraint("none", 0, call -> Sight.NONE);

    @Test
    void far_from_what_is_allowed_three_batches_decide() {
        assertThat(rule(RULE, 20, 22)).isEqualTo(State.OPEN);
        assertThat(rule(RULE, 20, 22, 18)).isEqualTo(State.PASSED);
        assertThat(rule(RULE, 90, 88, 92)).isEqualTo(State.FAILED);
    }

    @Test
    void near_it_or_where_batches_differ_it_goes_on() {
        assertThat(rule(RULE, 48, 52, 50)).isEqualTo(State.OPEN);
        assertThat(rule(RULE, 0, 0, 90)).isEqualTo(State.OPEN);
    }

    @Test
    void when_the_time_is_up_half_a_sigma_decides() {
        assertThat(rule(RULE, 48, 46, 44, 48, 46, 44)).isEqualTo(State.PASSED);
        assertThat(rule(RULE, 50, 50, 50, 50, 50, 49)).isEqualTo(State.FAILED);
    }

    @Test
    void a_fixed_time_is_decided_by_its_end_or_where_all_is_lost() {
        StepRule fixed = RULE.fixed(Duration.ofSeconds(60));
        assertThat(rule(fixed, 0, 0, 0, 0, 0)).isEqualTo(State.OPEN);
        assertThat(rule(fixed, 50, 50, 50, 50, 50, 49)).isEqualTo(State.PASSED);
        assertThat(rule(fixed, 90, 90, 90)).isEqualTo(State.OPEN);
        assertThat(rule(fixed, 150, 150, 150)).isEqualTo(State.FAILED);
    }

    @Test
    void few_calls_without_a_bad_one_are_no_certainty() {
        Batch few = new Batch(0, 10, 1, List.of(new Tally(0, 10)));
        assertThat(RULE.decide(List.of(SOME), List.of(few, few, few), false).state())
                .isEqualTo(State.OPEN);
    }

    @Test
    void where_none_is_allowed_one_is_enough() {
        Batch one = new Batch(0, 1_000, 1, List.of(new Tally(1, 1_000)));
        assertThat(RULE.decide(List.of(NONE), List.of(one), false).state()).isEqualTo(State.FAILED);
    }

    @Test
    void the_binding_constraint_comes_first() {
        Batch batch = new Batch(0, 1_000, 1, List.of(new Tally(10, 1_000), new Tally(8, 1_000)));
        Constraint strict = new Constraint("strict", 0.01, call -> Sight.NONE);
        Ruling ruling = RULE.decide(List.of(SOME, strict), List.of(batch, batch, batch), false);
        assertThat(ruling.why()).isEqualTo("strict: 0.8 % bad, 1 % allowed");
    }

    @Test
    void where_nothing_was_bad_no_constraint_is_named() {
        Batch good = new Batch(0, 1_000, 1, List.of(new Tally(0, 1_000)));
        Batch empty = new Batch(0, 0, 1, List.of(new Tally(0, 0)));
        assertThat(RULE.decide(List.of(SOME), List.of(good, good, good), false).why())
                .isEqualTo("nothing was bad");
        assertThat(RULE.decide(List.of(SOME), List.of(empty, empty), true).why())
                .isEqualTo("nothing was measured");
    }

    private static State rule(StepRule rule, int... bad) {
        List<Batch> batches = Arrays.stream(bad)
                .mapToObj(b -> new Batch(0, 1_000, 1, List.of(new Tally(b, 1_000))))
                .toList();
        return rule.decide(List.of(SOME), batches, false).state();
    }
}
