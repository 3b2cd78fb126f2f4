package dev.firstline.stats;

import static dev.firstline.stats.Calls.HEALTH;
import static dev.firstline.stats.Calls.LIMITS;
import static dev.firstline.stats.Calls.RUN;
import static dev.firstline.stats.Calls.call;
import static dev.firstline.stats.Calls.checked;
import static dev.firstline.stats.Calls.close;
import static dev.firstline.stats.Calls.init;
import static dev.firstline.stats.Calls.invoke;
import static dev.firstline.stats.Calls.ms;
import static dev.firstline.stats.Calls.timing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunTallyTest {
    private final RunTally tally = new RunTally(LIMITS);

    /** Four customers within thirteen seconds, in the order in which their calls ended. */
    private RunSummary story() {
        tally.add(init(0, 0, 40, Outcome.OK));
        tally.add(invoke(0, 1, timing(40, 10, 310, 210, 300), Outcome.OK));
        tally.add(init(1, 1_000, 5, Outcome.httpError(503, "")));
        tally.add(init(2, 2_000, 50, Outcome.OK));
        tally.add(invoke(2, 1, timing(2_050, 0, 100), Outcome.OK_EMPTY));
        tally.add(invoke(0, 2, timing(700, 0, 2_400, 250, 2_350), Outcome.OK));
        tally.add(close(0, 3_100, 30, Outcome.OK));
        tally.add(new JourneyResult("greeting", 0, 0, ms(3_130), ms(350)));
        tally.add(init(3, 11_000, 40, Outcome.OK));
        tally.add(call(CallKind.INVOKE_SYNC, 3, 1, timing(11_040, 0, 400, 400), Outcome.OK));
        tally.add(close(3, 11_440, 30, Outcome.OK));
        tally.add(invoke(2, 2, timing(2_150, 0, 10_000), Outcome.of(Outcome.Kind.FIRST_LINE_TIMEOUT)));
        tally.add(close(2, 12_150, 30, Outcome.httpError(404, "5")));
        return tally.summary(RUN, null, HEALTH);
    }

    @Test
    void a_run_is_counted() {
        RunSummary run = story();

        assertThat(run.journeys()).isEqualTo(4);
        assertThat(run.turns()).isEqualTo(5);
        assertThat(run.seconds()).isEqualTo(12.18);
        // The init that failed is an attempt too: its customer got nothing.
        assertThat(run.goodput()).isEqualTo(new RunSummary.Goodput(2, 6, 0.164));
        assertThat(run.goodputShare()).isEqualTo(1 / 3.0);
        assertThat(run.stalled()).isEqualTo(new RunSummary.Stalled(1, 5));
        assertThat(run.outcomes()).isEqualTo(Map.of("ok", 3L, "ok_empty", 1L, "first_line_timeout", 1L));
        assertThat(run.calls())
                .isEqualTo(Map.of(
                        "init", Map.of("ok", 3L, "http_error(503)", 1L),
                        "close", Map.of("ok", 2L, "http_error(404,5)", 1L)));
        assertThat(run.sessions()).isEqualTo(new RunSummary.Sessions(3, 2, 1));
        assertThat(run.contract()).isNull();
        assertThat(run.fingerprint()).isEqualTo(RUN.fingerprint());
    }

    @ParameterizedTest
    @CsvSource({
        "ttfl, 3, 1, 10000",
        "ttfl_service, 3, 1, 10000",
        "lag, 12, 0, 10",
        "ttfc, 2, 0, 250",
        "ttfb, 2, 0, 250",
        "gap, 2, 0, 2100",
        "max_gap, 2, 0, 2100",
        "e2e, 4, 0, 10000",
        "journey, 1, 0, 2780",
        "init, 4, 0, 50",
        "close, 3, 0, 30",
        "sync, 1, 0, 400"
    })
    void a_run_is_measured(String metric, long count, long waited, double maxMs) {
        MetricSummary seen = Objects.requireNonNull(story().metric(Metric.of(metric)));

        assertThat(seen.count()).isEqualTo(count);
        assertThat(seen.waited()).isEqualTo(waited);
        assertThat(seen.maxMs()).isEqualTo(maxMs, within(maxMs / 1_000));
        assertThat(seen.p50Ms() == null).isEqualTo(count < 11);
        assertThat(seen.isCensored(50)).isFalse();
        assertThat(seen.isCensored(99)).isEqualTo(waited > 0);
    }

    @Test
    void turns_are_cut_by_place_and_by_the_kind_of_the_first_content() {
        RunSummary run = story();
        assertThat(run.byTurn()).containsOnlyKeys("1", "2");
        assertThat(cut(run.byTurn(), "1", "ttfl").count()).isEqualTo(1);
        assertThat(cut(run.byTurn(), "1", "e2e").count()).isEqualTo(2);
        assertThat(cut(run.byTurn(), "2", "ttfl").waited()).isEqualTo(1);
        assertThat(run.byKind()).containsOnlyKeys("messageEvent.textContent");
        assertThat(cut(run.byKind(), "messageEvent.textContent", "ttfl").count())
                .isEqualTo(2);
    }

    private static MetricSummary cut(Map<String, Map<String, MetricSummary>> cuts, String cut, String metric) {
        return Objects.requireNonNull(Objects.requireNonNull(cuts.get(cut)).get(metric));
    }

    @Test
    void windows_hold_the_turns_that_were_due_in_them() {
        List<Window> windows = story().windows();
        assertThat(windows).extracting(Window::fromS).containsExactly(0L, 10L);
        assertThat(windows).extracting(Window::turns).containsExactly(4L, 1L);
        assertThat(windows).extracting(Window::good).containsExactly(1L, 1L);
        assertThat(windows).extracting(Window::ko).containsExactly(1L, 0L);
        assertThat(windows).extracting(Window::openSessions).containsExactly(2L, 2L);
        assertThat(windows).extracting(window -> window.ttfl().count()).containsExactly(3L, 0L);
        assertThat(windows).extracting(window -> window.ttfl().waited()).containsExactly(1L, 0L);
    }

    @Test
    void findings_and_unchecked_lines_are_counted() {
        tally.add(checked(
                invoke(0, 1, timing(0, 0, 9, 1, 2, 3), Outcome.of(Outcome.Kind.CONTRACT_VIOLATION)),
                2,
                1,
                new RuleHit("unknown-field", false, 1),
                new RuleHit("unknown-field", false, 2),
                new RuleHit("foreign-session", true, 2)));
        tally.add(invoke(0, 2, timing(10, 0, 9, 1), Outcome.OK));
        assertThat(tally.summary(RUN, null, HEALTH).contract())
                .isEqualTo(new RunSummary.Contract(
                        4, 2, 1, 2, Map.of("unknown-field", 2L, "foreign-session", 1L), Set.of("foreign-session")));
    }

    @Test
    void what_the_ledger_says_of_sessions_goes_before_what_the_answers_say() {
        RunSummary.Sessions ledger = new RunSummary.Sessions(9, 8, 1);
        assertThat(tally.summary(RUN, ledger, HEALTH).sessions()).isEqualTo(ledger);
    }

    @Test
    void a_summary_does_not_change_when_the_tally_goes_on() {
        RunSummary before = story();
        tally.add(invoke(9, 1, timing(0, 0, 9), Outcome.streamError("14")));
        tally.add(close(9, 0, 1, Outcome.of(Outcome.Kind.TIMEOUT)));
        assertThat(before.outcomes()).doesNotContainKey("stream_error(14)");
        assertThat(before.calls().get("close")).doesNotContainKey("timeout");
    }

    /** A turn is due at 0 and sent at once; its lines, its end and whether it is good or stalled. */
    @ParameterizedTest
    @CsvSource({
        "800, 1300, 5000, true, false",
        "801, 900, 5000, false, false",
        "800, 1301, 5000, false, false",
        "800, 1300, 5001, false, false",
        "100, 2100, 2100, false, false",
        "100, 2101, 2101, false, true"
    })
    void a_good_turn_keeps_every_limit(long first, long second, long end, boolean good, boolean stalled) {
        CallResult turn = invoke(0, 1, timing(0, 0, end, first, second), Outcome.OK);
        assertThat(LIMITS.good(turn)).isEqualTo(good);
        assertThat(LIMITS.stalled(turn)).isEqualTo(stalled);
    }

    @Test
    void a_million_results_need_no_more_memory_than_a_thousand() {
        for (int i = 0; i < 1_000_000; i++) {
            long due = i * 200L;
            tally.add(invoke(i, i % 1_000 + 1, timing(due, 0, 30, 20), Outcome.streamError("code" + i)));
        }
        tally.add(init(0, ms(1), 1, Outcome.OK));
        RunSummary run = tally.summary(RUN, null, HEALTH);

        assertThat(run.turns()).isEqualTo(1_000_000);
        assertThat(run.outcomes()).hasSize(RunTally.OUTCOMES_MAX + 1);
        assertThat(run.outcomes().get("stream_error")).isEqualTo(1_000_000 - RunTally.OUTCOMES_MAX);
        assertThat(run.byTurn()).hasSize(RunTally.TURNS_MAX);
        assertThat(run.windows()).hasSize(RunTally.WINDOWS_MAX);
        assertThat(run.windows().stream().mapToLong(Window::turns).sum()).isEqualTo(1_000_000);
    }
}
