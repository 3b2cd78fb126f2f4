package dev.firstline.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstline.gate.Comparison.Row;
import dev.firstline.gate.Comparison.Rule;
import dev.firstline.gate.Comparison.State;
import dev.firstline.gate.Fleet.Service;
import dev.firstline.stats.LatencyHistogram;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a comparison says of runs that somebody else has measured. */
final class RegressionTest {
    private final Fleet fleet = new Fleet(11, 0.03);
    private final List<RunSummary> stored = fleet.usual(20);

    private Comparison compared(List<RunSummary> candidates) {
        return Regression.againstAccepted(Fleet.passed(candidates), stored, Tolerance.DEFAULT, false);
    }

    private static String facts(Comparison comparison) {
        return String.join("\n", comparison.reasons().stream().map(Reason::fact).toList());
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "7"})
    void any_number_of_runs_alike_pass(int runs) {
        Comparison comparison = compared(fleet.usual(runs));

        assertThat(comparison.decision()).isEqualTo(Decision.PASS);
        assertThat(comparison.rule()).isEqualTo(Rule.PREDICTION);
        assertThat(comparison.rows())
                .extracting(Row::figure)
                .containsExactly("ttfl p50", "ttfl p95", "e2e p50", "e2e p95");
        assertThat(comparison.rows()).extracting(Row::state).containsOnly(State.SAME);
        assertThat(comparison.candidates()).hasSize(runs);
        assertThat(comparison.accepted()).hasSize(20);
    }

    /** By hand: n = 10 of mean 0 and s = 0.1 on the log scale, k = 1, t(9) at 0.995 is 3.2498. */
    @Test
    void the_limit_is_students() {
        List<Double> ms = new ArrayList<>();
        double off = 0.1 * Math.sqrt(9.0 / 10);
        for (int i = 0; i < 10; i++) {
            ms.add(1_000 * Math.exp(i % 2 == 0 ? off : -off));
        }
        Prediction prediction = new Prediction(Logs.of(ms), Logs.of(List.of(1_400.0)));

        double limit = Math.log(prediction.limitRatio(0.005));
        assertThat(limit).isCloseTo(3.2498 * 0.1 * Math.sqrt(1.1), within(1e-4));
        // At its own limit a mean has the chance that the limit was asked for.
        double atLimit = new Prediction(Logs.of(ms), Logs.of(List.of(1_000 * Math.exp(limit)))).slowerP();
        assertThat(atLimit).isCloseTo(0.005, within(1e-9));
        // z at 0.8 is 0.8416.
        assertThat(prediction.detectable(0.005, new Tolerance(1, 0)))
                .isCloseTo(Math.exp((3.2498 + 0.8416) * 0.1 * Math.sqrt(1.1)) - 1, within(1e-3));
    }

    @Test
    void holm_goes_from_the_smallest_p_and_stops_at_the_first_that_is_too_large() {
        Holm holm = new Holm(new double[] {0.004, 0.001, 0.03, 0.0026}, 0.01);

        assertThat(List.of(holm.rejected(0), holm.rejected(1), holm.rejected(2), holm.rejected(3)))
                .containsExactly(true, true, false, true);
        assertThat(holm.level(2)).isEqualTo(0.01);
        assertThat(holm.level(1)).isEqualTo(0.01 / 2);
        assertThat(new Holm(new double[] {0.003, 0.006}, 0.005).rejected(0)).isFalse();
    }

    @Test
    void what_is_certain_and_too_small_to_matter_passes() {
        Fleet calm = new Fleet(12, 0.001);
        List<RunSummary> accepted = calm.usual(20);
        List<Judged> slower = Fleet.passed(calm.runs(3, Service.slower(1.03)));

        Comparison few = Regression.againstAccepted(slower, accepted, Tolerance.DEFAULT, false);
        Comparison strict = Regression.againstAccepted(slower, accepted, new Tolerance(1.01, 0), false);
        Comparison inMs = Regression.againstAccepted(slower, accepted, new Tolerance(1.01, 500), false);

        assertThat(few.decision()).isEqualTo(Decision.PASS);
        assertThat(strict.decision()).isEqualTo(Decision.FAIL);
        assertThat(inMs.decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void what_is_faster_is_said_and_fails_nothing() {
        Comparison comparison = compared(fleet.runs(3, Service.slower(0.8)));

        assertThat(comparison.decision()).isEqualTo(Decision.PASS);
        assertThat(comparison.rows()).extracting(Row::state).containsOnly(State.FASTER);
        assertThat(comparison.notes()).anyMatch(note -> note.startsWith("ttfl p50: ") && note.endsWith(": faster"));
    }

    @Test
    void a_figure_below_its_floor_or_waited_for_is_unknown_and_no_pass() {
        LatencyHistogram few = new LatencyHistogram();
        LatencyHistogram waited = new LatencyHistogram();
        for (int i = 0; i < 200; i++) {
            if (i < 100) {
                few.record(Duration.ofMillis(600).toNanos());
            }
            if (i < 20) {
                waited.recordWaited(Duration.ofMillis(100).toNanos());
            } else {
                waited.record(Duration.ofMillis(600).toNanos());
            }
        }
        for (LatencyHistogram values : List.of(few, waited)) {
            Comparison comparison = compared(
                    List.of(fleet.run(Service.USUAL), withTtfl(fleet.run(Service.USUAL), MetricSummary.of(values))));

            assertThat(comparison.decision()).isEqualTo(Decision.NO_VERDICT);
            assertThat(comparison.rows().get(1).state()).isEqualTo(State.UNKNOWN);
            assertThat(comparison.rows().get(1).candidateEachMs()).hasSize(1);
            assertThat(comparison.rows().get(0).state()).isNotEqualTo(State.UNKNOWN);
            assertThat(facts(comparison)).contains("ttfl p95: cannot be told of every candidate");
        }
    }

    /** Those that have it may be the fast ones among them. */
    @Test
    void a_figure_that_only_some_accepted_runs_have_is_no_pass() {
        List<RunSummary> uneven = new ArrayList<>(stored.subList(0, 9));
        stored.subList(9, 20).forEach(run -> uneven.add(withTtfl(run, few())));
        List<RunSummary> never =
                stored.stream().map(run -> withTtfl(run, few())).toList();

        Comparison some = Regression.againstAccepted(Fleet.passed(fleet.usual(3)), uneven, Tolerance.DEFAULT, false);
        Comparison none = Regression.againstAccepted(Fleet.passed(fleet.usual(3)), never, Tolerance.DEFAULT, false);
        Comparison builds = Regression.againstRuns(
                Fleet.passed(fleet.usual(5)), Fleet.passed(uneven.subList(5, 10)), Tolerance.DEFAULT);

        assertThat(some.decision()).isEqualTo(Decision.NO_VERDICT);
        assertThat(facts(some)).contains("ttfl p95: cannot be told of every accepted run: 9 of 20 have it");
        assertThat(builds.decision()).isEqualTo(Decision.NO_VERDICT);
        assertThat(none.decision()).isEqualTo(Decision.PASS);
        assertThat(none.notes()).anyMatch(note -> note.startsWith("ttfl p95: not compared"));
    }

    private static MetricSummary few() {
        LatencyHistogram few = new LatencyHistogram();
        for (int i = 0; i < 100; i++) {
            few.record(Duration.ofMillis(600).toNanos());
        }
        return MetricSummary.of(few);
    }

    @ParameterizedTest
    @CsvSource({"FAIL", "NO_VERDICT"})
    void another_build_that_is_no_pass_by_itself_is_no_measure(Decision decision) {
        List<Judged> others = new ArrayList<>(Fleet.passed(fleet.usual(4)));
        others.add(new Judged(fleet.run(Service.USUAL), decision, List.of("it has no verdict.json")));

        Comparison comparison = Regression.againstRuns(Fleet.passed(fleet.usual(5)), others, Tolerance.DEFAULT);

        assertThat(comparison.decision()).isEqualTo(Decision.NO_VERDICT);
        assertThat(facts(comparison))
                .contains(
                        "which others are held against, is " + decision.label() + " by itself: it has no verdict.json");
    }

    @Test
    void a_floor_that_hides_changes_is_not_blamed_on_the_runs() {
        List<Judged> runs = Fleet.passed(fleet.usual(3));

        Comparison high = Regression.againstAccepted(runs, stored, new Tolerance(3, 0), false);
        Comparison wild = Regression.againstAccepted(
                Fleet.passed(new Fleet(8, 0.3).usual(3)), new Fleet(9, 0.3).usual(20), Tolerance.DEFAULT, false);

        assertThat(high.notes())
                .noneMatch(note -> note.contains("differ so much"))
                .anyMatch(note -> note.startsWith("half blind: the floors"));
        assertThat(wild.notes())
                .anyMatch(note -> note.contains("differ so much"))
                .noneMatch(note -> note.contains("the floors"));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "Infinity"})
    void a_figure_that_is_no_time_is_named(double ms) {
        RunSummary run = fleet.run(Service.USUAL);
        MetricSummary odd = new MetricSummary(3_000, 600.0, null, ms, null, null, 0, "", null);

        assertThat(Regression.impossible(run)).isEmpty();
        assertThat(Regression.impossible(withTtfl(run, odd))).contains("ttfl p95: " + ms + " ms");
        assertThat(new Figure(Metric.TTFL, 95).ms(withTtfl(run, odd))).isNull();
    }

    @Test
    void without_accepted_runs_there_is_nothing_to_show() {
        Comparison comparison =
                Regression.againstAccepted(Fleet.passed(fleet.usual(3)), List.of(), Tolerance.DEFAULT, false);

        assertThat(comparison.decision()).isEqualTo(Decision.NO_VERDICT);
        assertThat(comparison.rows()).isEmpty();
        assertThat(facts(comparison)).contains("0 accepted runs, of the 10 needed: 10 more are missing");
    }

    private static RunSummary withTtfl(RunSummary run, MetricSummary ttfl) {
        Map<String, MetricSummary> metrics = new TreeMap<>(run.metrics());
        metrics.put(Metric.TTFL.label(), ttfl);
        return Fleet.with(run, metrics);
    }

    @Test
    void a_mix_that_moves_with_chance_is_no_other_mix() {
        List<RunSummary> uneven = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            uneven.add(mixed(fleet.run(Service.USUAL), 2_000 + (i % 5) * 40 - 80));
        }

        Comparison usual = Regression.againstAccepted(
                Fleet.passed(List.of(mixed(fleet.run(Service.USUAL), 2_090))), uneven, Tolerance.DEFAULT, false);
        Comparison other = Regression.againstAccepted(
                Fleet.passed(List.of(mixed(fleet.run(Service.USUAL), 2_500))), uneven, Tolerance.DEFAULT, false);

        assertThat(usual.decision()).isEqualTo(Decision.PASS);
        assertThat(facts(other)).contains("another mix of event kinds");
    }

    private static RunSummary mixed(RunSummary run, int texts) {
        return Fleet.with(
                run,
                run.fingerprint(),
                Fleet.mix(Map.of("messageEvent.textContent", texts, "messageEvent.catalog", 3_000 - texts)),
                run.health());
    }

    /** A hundred thousand turns make every difference certain; it must also be one. */
    @Test
    void a_large_sample_does_not_cry_wolf_over_a_mix() {
        RunSummary run = fleet.run(Service.USUAL);
        RunSummary before =
                Fleet.with(run, run.fingerprint(), Fleet.mix(Map.of("a", 50_000, "b", 50_000)), run.health());
        RunSummary now = Fleet.with(run, run.fingerprint(), Fleet.mix(Map.of("a", 51_500, "b", 48_500)), run.health());

        assertThat(MixDrift.between(List.of(now), List.of(before))).isEmpty();
    }

    @Test
    void a_candidate_that_was_accepted_is_not_held_against_itself() {
        Comparison comparison = compared(stored.subList(0, 3));

        assertThat(comparison.accepted())
                .hasSize(17)
                .doesNotContain(comparison.candidates().get(0));
        assertThat(comparison.notes()).anyMatch(note -> note.contains("left out"));
    }

    @Test
    void only_the_last_forty_count() {
        List<RunSummary> many = fleet.usual(50);

        Comparison comparison =
                Regression.againstAccepted(Fleet.passed(fleet.usual(1)), many, Tolerance.DEFAULT, false);

        assertThat(comparison.accepted())
                .hasSize(40)
                .contains(many.get(49).run())
                .doesNotContain(many.get(9).run());
    }

    @Test
    void the_smallest_p_of_five_against_five_is_one_in_252_and_four_are_too_few() {
        List<RunSummary> slow = fleet.runs(5, Service.slower(1.5));
        List<RunSummary> usual = fleet.usual(5);

        Comparison five = Regression.againstRuns(Fleet.passed(slow), Fleet.passed(usual), Tolerance.DEFAULT);
        Comparison four = Regression.againstRuns(
                Fleet.passed(slow.subList(0, 4)), Fleet.passed(usual.subList(0, 4)), Tolerance.DEFAULT);

        assertThat(five.decision()).isEqualTo(Decision.FAIL);
        assertThat(five.rule()).isEqualTo(Rule.PERMUTATION);
        assertThat(five.rows()).extracting(Row::p).containsOnly(1.0 / 252);
        assertThat(five.notes()).anyMatch(note -> note.contains("were not made in turns"));
        assertThat(four.decision()).isEqualTo(Decision.NO_VERDICT);
        assertThat(facts(four)).contains("the smallest p that 4+4 runs can give is 1/70", "0.005");
    }

    /** Two of each, by hand: of the six ways to deal out 1, 2, 3, 4 one has a mean difference as large as 3, 4. */
    @Test
    void every_way_to_deal_the_runs_out_is_counted() {
        Rearrangements ways = new Rearrangements(List.of(new double[] {3, 4, 1, 2}), 2);

        assertThat(ways.p(1)[0]).isCloseTo(1.0 / 6, within(1e-12));
        assertThat(ways.p(-1)[0]).isEqualTo(1);
        assertThat(new Rearrangements(List.of(new double[] {4, 2, 3, 1}), 2).p(1)[0])
                .isCloseTo(2.0 / 6, within(1e-12));
    }

    @Test
    void runs_that_took_turns_are_not_noted() {
        List<RunSummary> before = new ArrayList<>();
        List<RunSummary> now = new ArrayList<>();
        for (char build : "ABBAABBAAB".toCharArray()) {
            (build == 'A' ? before : now).add(fleet.run(Service.USUAL));
        }

        Comparison comparison = Regression.againstRuns(Fleet.passed(now), Fleet.passed(before), Tolerance.DEFAULT);

        assertThat(comparison.notes()).noneMatch(note -> note.contains("in turns"));
        assertThat(comparison.decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void a_regression_that_fails_by_itself_keeps_its_figures() {
        List<Judged> failed = fleet.runs(3, Service.slower(1.3)).stream()
                .map(run -> new Judged(run, Decision.FAIL, List.of("ttfl p95: promised ≤ 1200 ms")))
                .toList();

        Comparison comparison = Regression.againstAccepted(failed, stored, Tolerance.DEFAULT, false);

        assertThat(comparison.decision()).isEqualTo(Decision.FAIL);
        assertThat(facts(comparison)).contains("is FAIL by itself: ttfl p95: promised", "beyond the limit of +");
        assertThat(comparison.rows()).extracting(Row::state).containsOnly(State.SLOWER);
    }

    /** Its breach is certain, its times are not. */
    @Test
    void a_run_that_fails_on_an_ill_generator_is_a_fail_without_figures() {
        RunSummary run = fleet.run(Service.slower(2));
        RunSummary ill =
                Fleet.with(run, run.fingerprint(), run.byKind(), run.health().judged(false));

        Comparison comparison = Regression.againstAccepted(
                List.of(new Judged(ill, Decision.FAIL, List.of("leaked sessions: 1"))),
                stored,
                Tolerance.DEFAULT,
                false);

        assertThat(comparison.decision()).isEqualTo(Decision.FAIL);
        assertThat(comparison.reasons())
                .extracting(Reason::decision)
                .containsExactly(Decision.FAIL, Decision.NO_VERDICT);
        assertThat(comparison.rows()).extracting(Row::state).containsOnly(State.UNKNOWN);
    }

    @Test
    void a_fingerprint_has_one_short_name_and_says_what_differs() {
        assertThat(Fingerprint.id(Map.of("a", "1", "b", "2")))
                .hasSize(12)
                .isEqualTo(Fingerprint.id(new TreeMap<>(Map.of("b", "2", "a", "1"))));
        assertThat(Fingerprint.differences(Map.of("a", "1"), Map.of("a", "2", "b", "3")))
                .containsExactly("a: 1, accepted 2", "b: none, accepted 3");
    }
}
