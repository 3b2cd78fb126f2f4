package dev.firstline.gate.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.Attained;
import dev.firstline.gate.Budget;
import dev.firstline.gate.HealthLimits;
import dev.firstline.gate.Slo;
import dev.firstline.gate.Slos;
import dev.firstline.gate.capacity.Constraint.Sight;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Calls;
import dev.firstline.stats.Metric;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RuleHit;
import dev.firstline.stats.TimeLimit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A good turn has its first line after 800 ms, no gap above 500 ms, stalls above 2 s, and ends after 5 s. */
final class ConstraintsTest {
    private static final Outcome KO = Outcome.httpError(503, "");

    @Test
    void a_percentile_is_a_share_above_its_limit() {
        Slo slo = new Slo.Percentile(Metric.TTFL, 90, 700);
        assertThat(only(slo).allowed()).isEqualTo(0.1);
        assertThat(see(slo, turn(Outcome.OK, 1_000, 700))).isEqualTo(Sight.GOOD);
        assertThat(see(slo, turn(Outcome.OK, 1_000, 701))).isEqualTo(Sight.BAD);
        assertThat(see(slo, turn(KO, 5))).as("failed before its first line").isEqualTo(Sight.BAD);
        assertThat(see(slo, Calls.init(0, 0, 9_000, Outcome.OK))).isEqualTo(Sight.NONE);
    }

    @Test
    void of_what_the_run_gave_up_only_a_wait_that_is_too_long_is_known() {
        for (Slo slo : List.of(new Slo.Percentile(Metric.TTFL, 90, 800), new Slo.Goodput(0.9))) {
            assertThat(see(slo, turn(Outcome.ABANDONED, 800))).isEqualTo(Sight.NONE);
            assertThat(see(slo, turn(Outcome.ABANDONED, 801))).isEqualTo(Sight.BAD);
        }
    }

    @Test
    void goodput_and_what_is_attained_of_all_limits_are_about_turns_and_failed_inits() {
        for (Slo slo : List.of(new Slo.Goodput(0.99), new Attained(null, 0.99))) {
            assertThat(only(slo).allowed()).isEqualTo(0.01);
            assertThat(see(slo, turn(Outcome.OK, 1_300, 800, 1_300))).isEqualTo(Sight.GOOD);
            assertThat(see(slo, turn(Outcome.OK, 1_301, 800, 1_301)))
                    .as("a gap")
                    .isEqualTo(Sight.BAD);
            assertThat(see(slo, turn(KO, 5))).isEqualTo(Sight.BAD);
            assertThat(see(slo, Calls.init(0, 0, 5, KO))).isEqualTo(Sight.BAD);
            assertThat(see(slo, Calls.init(0, 0, 5, Outcome.OK))).isEqualTo(Sight.NONE);
            assertThat(see(slo, Calls.close(0, 0, 5, KO))).isEqualTo(Sight.NONE);
        }
    }

    @Test
    void what_is_attained_of_one_limit() {
        Slo slo = new Attained(new TimeLimit(Metric.TTFL, 300), 0.95);
        assertThat(see(slo, turn(Outcome.OK, 400, 300))).isEqualTo(Sight.GOOD);
        assertThat(see(slo, turn(Outcome.OK, 400, 301))).isEqualTo(Sight.BAD);
    }

    @Test
    void stalls() {
        Slo slo = new Slo.Stalled(0.01);
        assertThat(see(slo, turn(Outcome.OK, 3_000, 100, 2_100))).isEqualTo(Sight.GOOD);
        assertThat(see(slo, turn(Outcome.OK, 3_000, 100, 2_101))).isEqualTo(Sight.BAD);
    }

    @Test
    void outcomes_and_their_budgets_are_about_every_call() {
        Slo.OutcomeShare ko = new Slo.OutcomeShare(Slo.OutcomeShare.KO, 0.1);
        for (Slo slo : List.of(ko, new Budget(ko, 0.1))) {
            assertThat(only(slo).allowed()).isEqualTo(0.1);
            assertThat(see(slo, Calls.close(0, 0, 5, KO))).isEqualTo(Sight.BAD);
            assertThat(see(slo, Calls.close(0, 0, 5, Outcome.OK))).isEqualTo(Sight.GOOD);
        }
        assertThat(see(new Slo.OutcomeShare("truncated", 0.1), turn(KO, 5))).isEqualTo(Sight.GOOD);
    }

    @Test
    void no_violation_of_the_contract_is_allowed_and_drift_is() {
        List<Constraint> held = of(new Slo.Goodput(0.9)).held();
        Constraint contract = held.get(held.size() - 1);
        assertThat(contract.name()).isEqualTo(Constraints.CONTRACT);
        assertThat(contract.allowed()).isZero();
        CallResult turn = turn(Outcome.OK, 100, 50);
        assertThat(contract.watch().see(Calls.checked(turn, 1, 0, new RuleHit("not-json", true, 1))))
                .isEqualTo(Sight.BAD);
        assertThat(contract.watch().see(Calls.checked(turn, 1, 0, new RuleHit("new-field", false, 1))))
                .isEqualTo(Sight.GOOD);
    }

    @Test
    void what_no_single_call_can_break_is_left_to_the_judge() {
        Slo leaked = new Slo.LeakedSessions(0);
        Slo lag = new Slo.Percentile(Metric.LAG, 99, 10);
        Constraints constraints =
                Constraints.of(new Slos(List.of(leaked, new Slo.Goodput(0.9), lag), HealthLimits.NONE), Calls.LIMITS);
        assertThat(constraints.left()).containsExactly(leaked, lag);
        assertThat(constraints.held()).hasSize(2);
    }

    private static Constraints of(Slo slo) {
        return Constraints.of(new Slos(List.of(slo), HealthLimits.NONE), Calls.LIMITS);
    }

    private static Constraint only(Slo slo) {
        return of(slo).held().get(0);
    }

    private static Sight see(Slo slo, CallResult call) {
        return only(slo).watch().see(call);
    }

    private static CallResult turn(Outcome outcome, long endMs, long... linesMs) {
        return Calls.invoke(0, 1, Calls.timing(0, 0, endMs, linesMs), outcome);
    }
}
