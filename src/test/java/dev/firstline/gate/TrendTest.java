package dev.firstline.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.Fleet.Service;
import dev.firstline.gate.Trend.Point;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trend finds in accepted runs, and what it does not. */
final class TrendTest {
    private static final int RUNS = 40;

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.03, 0.06})
    void a_flat_history_has_no_change_point_in_99_of_100(double spread) {
        Random random = new Random(1);

        double found = share(
                4_000,
                trial ->
                        !ChangePoints.of(series(random, RUNS, spread, run -> 0)).isEmpty());

        assertThat(found).isLessThanOrEqualTo(0.01);
    }

    /** The same of whole trends: four figures, each of which could have a point. */
    @Test
    void a_flat_history_of_runs_has_no_change_point_in_99_of_100() {
        Random random = new Random(5);
        List<Accepted> pool = Fleet.accepted(new Fleet(7, 0.06).usual(1_000));

        double found = share(500, trial -> {
            Collections.shuffle(pool, random);
            return !Trend.of(pool.subList(0, RUNS)).told().isEmpty();
        });

        assertThat(found).isLessThanOrEqualTo(0.01);
    }

    @Test
    void a_step_of_ten_percent_is_found_where_it_is() {
        Random random = new Random(2);

        double found = share(500, trial -> {
            List<ChangePoints.Found> points =
                    ChangePoints.of(series(random, RUNS, 0.03, run -> run < 25 ? 0 : Math.log(1.1)));
            return points.size() == 1 && Math.abs(points.get(0).index() - 25) <= 2;
        });

        assertThat(found).isGreaterThanOrEqualTo(0.85);
    }

    /** Five runs a week for eight weeks: no two weeks differ by more than a gate lets pass. */
    @Test
    void two_percent_a_week_are_found() {
        Random random = new Random(3);

        double found = share(
                500,
                trial -> ChangePoints.of(series(random, RUNS, 0.03, run -> run / 5.0 * Math.log(1.02))).stream()
                        .anyMatch(point -> point.ratio() > 1));

        assertThat(found).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void a_long_series_is_searched_in_windows() {
        Random random = new Random(4);
        double[] logs = series(random, 200, 0.02, run -> run < 60 ? 0 : run < 150 ? 0.2 : 0.1);

        assertThat(ChangePoints.of(logs)).extracting(ChangePoints.Found::index).containsExactly(60, 150);
    }

    @Test
    void a_change_is_named_with_its_run_and_what_to_do() {
        Fleet fleet = new Fleet(5, 0.02);
        List<RunSummary> runs = new ArrayList<>(fleet.usual(15));
        runs.addAll(fleet.runs(10, Service.slower(1.2)));

        Trend trend = Trend.of(Fleet.accepted(runs));

        Point point = trend.figures().get(0).points().get(0);
        assertThat(point.run()).isEqualTo("load-0015");
        assertThat(point.ratio()).isBetween(1.15, 1.25);
        assertThat(point.afterMs()).isGreaterThan(point.beforeMs());
        assertThat(trend.told().get(0)).contains("load-0015", "ttfl p50: ", " ms to ", "+");
        assertThat(trend.notes()).anyMatch(note -> note.contains("--cut --why TEXT load-0015"));
    }

    @Test
    void a_change_that_was_accepted_is_no_news() {
        Fleet fleet = new Fleet(5, 0.02);
        List<RunSummary> runs = new ArrayList<>(fleet.usual(15));
        runs.addAll(fleet.runs(10, Service.slower(1.2)));
        List<Accepted> accepted = Fleet.accepted(runs);
        accepted.set(15, accepted.get(15).asCut("a larger model", "2026-11-20T18:00:00Z"));

        Trend trend = Trend.of(accepted);

        assertThat(trend.cut()).isEqualTo("load-0015");
        assertThat(trend.figures().get(0).points()).hasSize(1);
        assertThat(trend.notes()).isEmpty();
        assertThat(Accepted.sinceCut(accepted)).hasSize(10);
    }

    private interface Level {
        double log(int run);
    }

    private static double[] series(Random random, int runs, double spread, Level level) {
        return IntStream.range(0, runs)
                .mapToDouble(run -> Math.log(600) + level.log(run) + spread * random.nextGaussian())
                .toArray();
    }

    private static double share(int trials, IntPredicate trial) {
        return (double) IntStream.range(0, trials).filter(trial).count() / trials;
    }
}
