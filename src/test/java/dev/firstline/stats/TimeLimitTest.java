package dev.firstline.stats;

import static dev.firstline.stats.Calls.LIMITS;
import static dev.firstline.stats.Calls.RUN;
import static dev.firstline.stats.Calls.invoke;
import static dev.firstline.stats.Calls.timing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeLimitTest {
    private static final TimeLimit TTFL = new TimeLimit(Metric.TTFL, 300);
    private static final TimeLimit GAP = new TimeLimit(Metric.MAX_GAP, 100.5);
    private static final TimeLimit E2E = new TimeLimit(Metric.E2E, 1000);

    @Test
    void a_turn_keeps_a_limit_up_to_it_and_a_failed_one_none() {
        CallResult good = invoke(0, 1, timing(0, 10, 1000, 300, 400), Outcome.OK);
        CallResult late = invoke(0, 1, timing(0, 10, 1001, 301, 402), Outcome.OK);
        CallResult cut = invoke(0, 1, timing(0, 10, 500, 20, 40), Outcome.of(Outcome.Kind.TRUNCATED));

        assertThat(List.of(TTFL, GAP, E2E)).allMatch(limit -> Boolean.TRUE.equals(limit.keptBy(good)));
        assertThat(List.of(TTFL, GAP, E2E)).allMatch(limit -> Boolean.FALSE.equals(limit.keptBy(late)));
        assertThat(List.of(TTFL, GAP, E2E)).allMatch(limit -> Boolean.FALSE.equals(limit.keptBy(cut)));
    }

    @Test
    void who_has_no_such_time_and_did_not_fail_has_nothing_to_say() {
        assertThat(TTFL.keptBy(invoke(0, 1, timing(0, 10, 500), Outcome.OK_EMPTY)))
                .isNull();
        assertThat(GAP.keptBy(invoke(0, 1, timing(0, 10, 500, 20), Outcome.OK))).isNull();
        assertThat(E2E.keptBy(invoke(0, 1, timing(0, 10, 500, 20), Outcome.ABANDONED)))
                .isNull();
        assertThat(TTFL.keptBy(Calls.init(0, 0, 10, Outcome.OK))).isNull();
    }

    @Test
    void only_times_that_a_turn_has_one_of_can_be_limited() {
        assertThatThrownBy(() -> new TimeLimit(Metric.GAP, 1)).hasMessageContaining("no single gap");
        assertThatThrownBy(() -> new TimeLimit(Metric.TTFL, 0)).hasMessageContaining("above 0");
    }

    @Test
    void a_summary_counts_them_by_their_labels_and_a_recorder_tells_in_between(@TempDir Path folder) throws Exception {
        RunTally tally = new RunTally(LIMITS, List.of(TTFL, GAP));
        try (RunRecorder recorder = RunRecorder.start(folder, RUN, tally, 0)) {
            recorder.add(invoke(0, 1, timing(0, 10, 1000, 300, 400), Outcome.OK));
            recorder.add(invoke(0, 2, timing(1000, 10, 1000, 301), Outcome.OK));

            RunSummary soFar = recorder.ask(asked -> asked.summary(RUN, null, Calls.HEALTH))
                    .get(10, TimeUnit.SECONDS);

            assertThat(soFar.attained())
                    .isEqualTo(Map.of(
                            "ttfl<=300ms",
                            new RunSummary.Attained(1, 2),
                            "max_gap<=100.5ms",
                            new RunSummary.Attained(1, 1)));
        }
        assertThat(tally.summary(RUN, null, Calls.HEALTH).turns()).isEqualTo(2);
    }
}
