package dev.firstline.gate.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.gate.CapacityResult.Phase;
import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.Decision;
import dev.firstline.gate.capacity.Constraint.Tally;
import dev.firstline.gate.capacity.Next.Why;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rails of the search, and that it goes on from its log. */
final class SearchTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final SearchPlan PLAN = World.plan(1);

    @Test
    void without_a_cap_any_rate_may_be_offered() {
        assertThat(Search.next(PLAN.within(4, Double.MAX_VALUE), List.of()))
                .isEqualTo(new Next.Step(1, Phase.BRACKET, 4, false));
        assertThat(Search.next(PLAN.within(4, Double.MAX_VALUE), List.of(passed(1, 4, 0))))
                .isEqualTo(new Next.Step(2, Phase.BRACKET, 6, false));
    }

    @Test
    void the_nearer_to_broken_the_smaller_the_step() {
        assertThat(rateAfter(passed(1, 10, 0.005))).isEqualTo(15);
        assertThat(rateAfter(passed(1, 10, 0.02))).isEqualTo(12);
        assertThat(rateAfter(passed(1, 10, 0.04))).isEqualTo(10.8);
    }

    @Test
    void between_a_pass_and_a_fail_lies_their_geometric_mean() {
        assertThat(Search.next(PLAN, List.of(passed(1, 10, 0), failed(2, 15))))
                .isEqualTo(new Next.Step(3, Phase.REFINE, 12.24, false));
    }

    @Test
    void a_fail_above_ample_room_is_tried_again_and_once_only() {
        List<StepResult> log = new ArrayList<>(List.of(passed(1, 10, 0), failed(2, 10.4)));
        assertThat(Search.next(PLAN, log)).isEqualTo(new Next.Step(3, Phase.REFINE, 10.4, true));
        log.add(failed(3, 10.4));
        assertThat(Search.next(PLAN, log)).isEqualTo(new Next.Step(4, Phase.HOLD, 10, false));
    }

    @Test
    void a_fail_above_little_room_is_believed() {
        assertThat(Search.next(PLAN, List.of(passed(1, 10, 0.03), failed(2, 10.4))))
                .isEqualTo(new Next.Step(3, Phase.HOLD, 10, false));
    }

    @Test
    void passes_above_fails_twice_are_no_answer() {
        List<StepResult> log = new ArrayList<>(List.of(passed(1, 10, 0), failed(2, 10.4), passed(3, 10.4, 0)));
        assertThat(Search.next(PLAN, log)).isEqualTo(new Next.Step(4, Phase.BRACKET, 15.6, false));
        log.add(failed(4, 10.8));
        log.add(passed(5, 10.8, 0));
        assertThat(Search.next(PLAN, log)).isEqualTo(new Next.End(Why.CONTRADICTS_ITSELF));
        assertThat(decision(log)).isEqualTo(Decision.NO_VERDICT);
    }

    @Test
    void an_ill_generator_is_asked_once_more() {
        List<StepResult> log = new ArrayList<>(List.of(passed(1, 10, 0), step(2, Phase.BRACKET, 15, State.VOID, 0)));
        assertThat(Search.next(PLAN, log)).isEqualTo(new Next.Step(3, Phase.BRACKET, 15, false));
        log.add(step(3, Phase.BRACKET, 15, State.VOID, 0));
        assertThat(Search.next(PLAN, log)).isEqualTo(new Next.End(Why.GENERATOR_ILL));
        assertThat(Answer.of(PLAN, log, asked(), Optional.empty())
                        .reasons()
                        .get(0)
                        .fact())
                .contains("at 15 journeys/s");
    }

    @Test
    void what_cannot_be_closed_ends_it_as_a_fail() {
        StepResult leaky = leaking(passed(1, 10, 0));
        assertThat(Search.next(PLAN, List.of(leaky))).isEqualTo(new Next.End(Why.LEAKED));
        assertThat(decision(List.of(leaky))).isEqualTo(Decision.FAIL);
    }

    @Test
    void a_hold_that_fails_is_tried_lower_eight_times() {
        List<StepResult> log = new ArrayList<>(List.of(passed(1, 10, 0.03), failed(2, 10.4)));
        for (int i = 1; i <= SearchPlan.HOLDS_MAX; i++) {
            assertThat(Search.next(PLAN, log)).isInstanceOf(Next.Step.class);
            log.add(step(log.size() + 1, Phase.HOLD, ((Next.Step) Search.next(PLAN, log)).rate(), State.FAILED, 0.06));
        }
        assertThat(log.get(3).rate()).isEqualTo(9.7);
        assertThat(Search.next(PLAN, log)).isEqualTo(new Next.End(Why.WOULD_NOT_HOLD));
        assertThat(decision(log)).isEqualTo(Decision.NO_VERDICT);
    }

    @Test
    void where_nothing_passes_it_goes_down_until_its_steps_are_used_up() {
        List<StepResult> log = new ArrayList<>();
        while (Search.next(PLAN, log) instanceof Next.Step step) {
            log.add(step(step.number(), step.phase(), step.rate(), State.FAILED, 0.5));
        }
        assertThat(log).hasSize(PLAN.stepsMax());
        assertThat(log.get(1).rate()).isEqualTo(0.5);
        assertThat(decision(log)).isEqualTo(Decision.FAIL);
    }

    /** Sixty seconds a step and 330 for the hold. */
    @Test
    void time_for_the_hold_is_kept_and_what_would_go_beyond_is_not_begun() {
        List<StepResult> log = List.of(passed(1, 10, 0), passed(2, 15, 0));
        assertThat(Search.next(upTo(510, 1e9), log)).isEqualTo(new Next.Step(3, Phase.BRACKET, 22.5, false));
        assertThat(Search.next(upTo(500, 1e9), log)).isEqualTo(new Next.Step(3, Phase.HOLD, 15, false));
        assertThat(Search.next(upTo(170, 1e9), log)).isEqualTo(new Next.End(Why.TIME));
        assertThat(Search.next(upTo(9_999, 2_500), log)).isEqualTo(new Next.End(Why.TURNS));
    }

    @Test
    void todays_load_decides() {
        List<StepResult> log =
                List.of(passed(1, 10, 0.03), failed(2, 10.4), step(3, Phase.HOLD, 10, State.PASSED, 0.03));
        assertThat(decision(log, 10.0, 1)).isEqualTo(Decision.PASS);
        assertThat(decision(log, 8.0, 1.2)).isEqualTo(Decision.PASS);
        assertThat(decision(log, 8.0, 1.3)).isEqualTo(Decision.FAIL);
        assertThat(decision(log, 11.0, 1)).isEqualTo(Decision.FAIL);
    }

    /** Whatever a target does: rates stay on their rails, the end comes, and every part of the log leads on alike. */
    @Test
    void whatever_the_steps_come_to() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 300; trial++) {
            SearchPlan plan = World.plan(1 + 20 * random.nextDouble()).within(1 + random.nextInt(5), 40);
            List<StepResult> log = new ArrayList<>();
            double passed = 0;
            while (Search.next(plan, log) instanceof Next.Step step) {
                assertThat(step.number()).isEqualTo(log.size() + 1);
                assertThat(step.rate()).isLessThanOrEqualTo(plan.max());
                if (passed > 0) {
                    assertThat(step.rate()).isLessThanOrEqualTo(SearchPlan.JUMP_MAX * passed * (1 + 1e-9));
                } else {
                    assertThat(step.rate()).isLessThanOrEqualTo(plan.start());
                }
                State state = random.nextInt(20) == 0
                        ? State.VOID
                        : random.nextDouble() < 20 / (step.rate() + 20) ? State.PASSED : State.FAILED;
                log.add(step(step.number(), step.phase(), step.rate(), state, random.nextDouble(0.06)));
                passed = state == State.PASSED ? Math.max(passed, step.rate()) : passed;
            }
            assertThat(log).hasSizeLessThan(2 * (plan.stepsMax() + SearchPlan.HOLDS_MAX));
            List<StepResult> read = new ArrayList<>();
            for (StepResult step : log) {
                Next.Step next = (Next.Step) Search.next(plan, read);
                assertThat(next.rate()).isEqualTo(step.rate());
                assertThat(next.phase()).isEqualTo(step.phase());
                read.add(JSON.readValue(JSON.writeValueAsString(step), StepResult.class));
            }
            assertThat(read).isEqualTo(log);
            assertThat(Search.next(plan, read)).isEqualTo(Search.next(plan, log));
            Answer.of(plan, log, asked(), Optional.empty());
        }
    }

    private static SearchPlan upTo(double seconds, double turns) {
        return new SearchPlan(
                PLAN.start(),
                PLAN.max(),
                PLAN.precision(),
                PLAN.rule(),
                PLAN.hold(),
                PLAN.stepsMax(),
                Duration.ofMillis((long) (1_000 * seconds)),
                turns,
                1,
                PLAN.betweenSteps());
    }

    private static Decision decision(List<StepResult> log) {
        return Answer.of(PLAN, log, asked(), Optional.empty()).decision();
    }

    private static Decision decision(List<StepResult> log, double today, double headroom) {
        return Answer.of(PLAN, log, new Answer.Asked("c", "stub", "load", today, headroom), Optional.empty())
                .decision();
    }

    private static Answer.Asked asked() {
        return new Answer.Asked("capacity-1", "stub", "load", null, 1);
    }

    private static double rateAfter(StepResult step) {
        return ((Next.Step) Search.next(PLAN, List.of(step))).rate();
    }

    private static StepResult passed(int number, double rate, double bad) {
        return step(number, Phase.BRACKET, rate, State.PASSED, bad);
    }

    private static StepResult failed(int number, double rate) {
        return step(number, Phase.BRACKET, rate, State.FAILED, 0.06);
    }

    private static StepResult step(int number, Phase phase, double rate, State state, double bad) {
        Batch batch = new Batch(0, 1_000, 3, List.of(new Tally(Math.round(1_000 * bad), 1_000)));
        return new StepResult(
                number,
                phase,
                rate,
                state,
                true,
                false,
                "",
                List.of("ttfl"),
                List.of(0.05),
                List.of(batch, batch, batch),
                10,
                null,
                null,
                1,
                0,
                60,
                1_000,
                "step-" + number);
    }

    private static StepResult leaking(StepResult step) {
        return new StepResult(
                step.number(),
                step.phase(),
                step.rate(),
                step.state(),
                true,
                false,
                "",
                step.names(),
                step.allowed(),
                step.batches(),
                10,
                null,
                null,
                1,
                2,
                60,
                1_000,
                step.run());
    }
}
