package dev.firstline.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.Fleet.Service;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the gate is worth, by simulation: how often it cries wolf, and how often it sees one. A run costs a millisecond
 * or so to simulate, so trials draw from a pool of runs; twenty of hundreds leave the trials all but independent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegressionProofTest {
    private static final int POOL = 1_500;
    private static final int STORED = 20;

    private final Random random = new Random(20_261_120);
    private List<RunSummary> calm = List.of();
    private List<RunSummary> noisy = List.of();

    @BeforeAll
    void simulate() {
        calm = new Fleet(3, 0.03).usual(POOL);
        noisy = new Fleet(6, 0.06).usual(POOL);
    }

    private List<RunSummary> usual(double spread) {
        return spread == 0.03 ? calm : noisy;
    }

    private List<RunSummary> slower(double spread, Service service) {
        return new Fleet(17, spread).runs(300, service);
    }

    @ParameterizedTest
    @CsvSource({"0.03", "0.06"})
    void false_alarms_are_at_most_one_in_a_hundred(double spread) {
        double alarms = share(2_000, trial -> {
            List<RunSummary> runs = draw(usual(spread), STORED + 3);
            return fails(runs.subList(0, 3), runs.subList(3, runs.size()));
        });
        assertThat(alarms).isLessThanOrEqualTo(0.01);
    }

    @ParameterizedTest
    @CsvSource({"0.03, 1.10, 0, 1, 0.8", "0.06, 1.20, 0, 1, 0.8", "0.03, 1, 0.05, 2, 0.8", "0.03, 1.2, 0, 1, 0.99"})
    void what_is_slower_is_seen(double spread, double ratio, double share, double times, double least) {
        List<RunSummary> slow = slower(spread, new Service(ratio, share, times));

        double seen = share(500, trial -> fails(draw(slow, 3), draw(usual(spread), STORED)));
        assertThat(seen).isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @CsvSource({"0.03", "0.06"})
    void a_screen_that_is_confirmed_alarms_no_more_often(double spread) {
        double alarms = share(2_000, trial -> {
            List<RunSummary> runs = draw(usual(spread), STORED + 3);
            List<RunSummary> stored = runs.subList(3, runs.size());
            Decision screened = Regression.againstAccepted(
                            Fleet.passed(runs.subList(0, 1)), stored, Tolerance.DEFAULT, true)
                    .decision();
            return screened == Decision.NO_VERDICT && fails(runs.subList(0, 3), stored);
        });
        assertThat(alarms).isLessThanOrEqualTo(0.01);
    }

    /** The sentence that every comparison ends with is kept: what it promises to see in a figure, it sees. */
    @ParameterizedTest
    @CsvSource({"0.03", "0.06"})
    void what_is_said_to_be_seen_with_80_percent_is(double spread) {
        double promised = 0;
        for (int trial = 0; trial < 100; trial++) {
            Comparison comparison = compared(draw(usual(spread), 3), draw(usual(spread), STORED));
            promised += Objects.requireNonNull(comparison.rows().get(0).detectable()) / 100;
            assertThat(comparison.notes()).anyMatch(note -> note.startsWith("would have seen ttfl p50 +"));
        }
        List<RunSummary> slow = slower(spread, Service.slower(1 + promised));

        double seen = share(
                500,
                trial -> compared(draw(slow, 3), draw(usual(spread), STORED))
                                .rows()
                                .get(0)
                                .state()
                        == Comparison.State.SLOWER);

        assertThat(promised).isBetween(2 * spread, 4 * spread);
        assertThat(seen).isBetween(0.75, 1.0);
    }

    @Test
    void five_of_each_build_cry_wolf_once_in_252_at_most() {
        double alarms = share(500, trial -> {
            List<RunSummary> runs = draw(calm, 10);
            return against(runs.subList(0, 5), runs.subList(5, 10)).decision() == Decision.FAIL;
        });

        assertThat(alarms).isLessThanOrEqualTo(0.01);
    }

    @ParameterizedTest
    @CsvSource({"1.10, 0.65", "1.20, 0.95"})
    void five_of_each_build_see_what_is_slower(double ratio, double least) {
        List<RunSummary> slow = slower(0.03, Service.slower(ratio));

        double seen = share(300, trial -> against(draw(slow, 5), draw(calm, 5)).decision() == Decision.FAIL);

        assertThat(seen).isGreaterThanOrEqualTo(least);
    }

    /** The rule needs more than a t test of the same runs would: what it says to see must be what it sees. */
    @ParameterizedTest
    @CsvSource({"0.03, 5", "0.06, 5", "0.06, 6"})
    void what_two_builds_are_said_to_show_with_80_percent_they_do(double spread, int each) {
        double promised = 0;
        for (int trial = 0; trial < 100; trial++) {
            promised += Objects.requireNonNull(against(draw(usual(spread), each), draw(usual(spread), each))
                            .rows()
                            .get(0)
                            .detectable())
                    / 100;
        }
        List<RunSummary> slow = slower(spread, Service.slower(1 + promised));

        double seen = share(
                500,
                trial -> against(draw(slow, each), draw(usual(spread), each))
                                .rows()
                                .get(0)
                                .state()
                        == Comparison.State.SLOWER);

        assertThat(seen).isBetween(0.75, 0.95);
    }

    private static Comparison compared(List<RunSummary> candidates, List<RunSummary> stored) {
        return Regression.againstAccepted(Fleet.passed(candidates), stored, Tolerance.DEFAULT, false);
    }

    private static Comparison against(List<RunSummary> candidates, List<RunSummary> others) {
        return Regression.againstRuns(Fleet.passed(candidates), Fleet.passed(others), Tolerance.DEFAULT);
    }

    private static boolean fails(List<RunSummary> candidates, List<RunSummary> stored) {
        return compared(candidates, stored).decision() == Decision.FAIL;
    }

    private static double share(int trials, Predicate<Integer> trial) {
        int hits = 0;
        for (int i = 0; i < trials; i++) {
            hits += trial.test(i) ? 1 : 0;
        }
        return (double) hits / trials;
    }

    private List<RunSummary> draw(List<RunSummary> pool, int count) {
        List<RunSummary> drawn = new ArrayList<>(pool);
        for (int i = 0; i < count; i++) {
            Collections.swap(drawn, i, i + random.nextInt(drawn.size() - i));
        }
        return drawn.subList(0, count);
    }
}
