package dev.firstline.gate;

import static dev.firstline.gate.Decision.FAIL;
import static dev.firstline.gate.Decision.NO_VERDICT;
import static dev.firstline.gate.Decision.PASS;
import static dev.firstline.gate.Promise.State.BROKEN;
import static dev.firstline.gate.Promise.State.KEPT;
import static dev.firstline.gate.Promise.State.TOO_FEW;
import static dev.firstline.gate.Promise.State.UNKNOWN;
import static dev.firstline.gate.Promise.State.VOID;
import static dev.firstline.gate.TestRun.GOOD;
import static dev.firstline.gate.TestRun.ramp;
import static dev.firstline.gate.TestRun.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.Promise.State;
import dev.firstline.stats.Health;
import dev.firstline.stats.Metric;
import dev.firstline.stats.TimeLimit;
import dev.firstline.stats.Window;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JudgeTest {
    private static final HealthLimits LIMITS = new HealthLimits(
            Map.of(HealthFigure.LAG_P99_MS, 50.0, HealthFigure.LOOP_DELAY_P99_MS, 30.0, HealthFigure.ACHIEVED, 0.99));
    private static final Slo GOODPUT = new Slo.Goodput(0.99);
    private static final Slo NO_KO = new Slo.OutcomeShare("ko", 0);
    private static final Slo NO_LEAK = new Slo.LeakedSessions(0);

    static Stream<Arguments> promises() {
        TestRun ttfl = GOOD.metric(Metric.TTFL, ramp(1000, 0));
        TestRun calls = GOOD.outcomes(
                Map.of("ok", 990L, "truncated", 4L, "http_error(503,14)", 3L, "http_error(429)", 2L, "abandoned", 1L),
                Map.of("init", Map.of("ok", 200L, "connect_failed", 1L), "close", Map.of("ok", 199L)));
        return Stream.of(
                row(ttfl, ttfl(50, 500.5), KEPT, "500.2 ms", 1000),
                row(ttfl, ttfl(95, 949), BROKEN, "950 ms", 1000),
                row(ttfl, ttfl(100, 1001), KEPT, "1000.3 ms", 1000),
                row(ttfl, ttfl(99.9, 2000), TOO_FEW, "1000 of the 6636 needed", 1000),
                row(GOOD, ttfl(95, 2000), TOO_FEW, "0 of the 130 needed", 0),
                row(GOOD, ttfl(100, 2000), TOO_FEW, "0 of the 1 needed", 0),
                row(GOOD.metric(Metric.TTFL, ramp(129, 0)), ttfl(95, 2000), TOO_FEW, "129 of the 130 needed", 129),
                row(GOOD.metric(Metric.TTFL, ramp(130, 0)), ttfl(95, 2000), KEPT, "124.1 ms", 130),
                row(GOOD.metric(Metric.TTFL, ramp(1000, 50)), ttfl(95, 2000), KEPT, "950 ms", 1000),
                row(
                        GOOD.metric(Metric.TTFL, ramp(1000, 51)),
                        ttfl(95, 2000),
                        BROKEN,
                        "950 ms and more: 51 waited in vain",
                        1000),
                row(
                        GOOD.metric(Metric.TTFL, ramp(20, 1)),
                        ttfl(100, 2000),
                        BROKEN,
                        "20 ms and more: 1 waited in vain",
                        20),
                row(GOOD.turns(1000, 990, 1000), GOODPUT, KEPT, "99 % (990)", 1000),
                row(GOOD.turns(1000, 989, 1000), GOODPUT, BROKEN, "98.9 % (989)", 1000),
                row(GOOD.turns(0, 0, 0), GOODPUT, TOO_FEW, "0 of the 1 needed", 0),
                row(calls, new Slo.OutcomeShare("ko", 0.01), KEPT, "0.71 % (10)", 1400),
                row(calls, NO_KO, BROKEN, "0.71 % (10)", 1400),
                row(calls, new Slo.OutcomeShare("http_error", 0.003), BROKEN, "0.36 % (5)", 1400),
                row(calls, new Slo.OutcomeShare("http_error(429)", 0.003), KEPT, "0.14 % (2)", 1400),
                row(calls, new Slo.OutcomeShare("stream_error", 0), KEPT, "0 % (0)", 1400),
                row(calls, new Slo.OutcomeShare("abandoned", 0), BROKEN, "0.07 % (1)", 1400),
                row(GOOD.stalled(10), new Slo.Stalled(0.01), KEPT, "1 % (10)", 1000),
                row(GOOD.stalled(11), new Slo.Stalled(0.01), BROKEN, "1.1 % (11)", 1000),
                row(
                        GOOD.turns(1000, 999, 1000),
                        new Attained(null, 0.99),
                        KEPT,
                        "99.9 % (999 of 1000), surely 99.34 % to 100 %",
                        1000),
                row(
                        GOOD.turns(1000, 985, 1000),
                        new Attained(null, 0.99),
                        TOO_FEW,
                        "98.5 % (985 of 1000), surely 97.34 % to 99.25 %: " + "undecided, some 2500 would decide it",
                        1000),
                row(
                        GOOD.turns(1000, 1000, 1000),
                        new Attained(null, 0.995),
                        TOO_FEW,
                        "100 % (1000 of 1000), surely 99.54 % to 100 %: 1000 of the 1325 needed",
                        1000),
                row(
                        GOOD.turns(1000, 990, 1000),
                        new Attained(null, 0.99),
                        TOO_FEW,
                        "99 % (990 of 1000), surely 98 % to 99.59 %: "
                                + "undecided, and so near that more hardly decide it",
                        1000),
                row(
                        GOOD.turns(1000, 970, 1000),
                        new Attained(null, 0.99),
                        BROKEN,
                        "97 % (970 of 1000), surely 95.49 % to 98.12 %",
                        1000),
                row(
                        GOOD.attained("ttfl<=800ms", 995, 998),
                        new Attained(new TimeLimit(Metric.TTFL, 800), 0.95),
                        KEPT,
                        "99.7 % (995 of 998), surely 99 % to 99.96 %",
                        998),
                row(
                        GOOD.metric(Metric.E2E, ramp(1000, 0)),
                        new Attained(new TimeLimit(Metric.TTFL, 800), 0.95),
                        UNKNOWN,
                        "nobody counted it; re-judge the run from its turns",
                        0),
                row(
                        calls,
                        Budget.of("ko", 0.02),
                        KEPT,
                        "10 of the 28 that 1400 calls allow, surely at most 1.43 %",
                        1400),
                row(
                        calls,
                        Budget.of("http_error", 0.005),
                        TOO_FEW,
                        "5 of the 7 that 1400 calls allow, surely at most 0.93 %: "
                                + "undecided, some 14000 would decide it",
                        1400),
                row(
                        calls,
                        Budget.of("ko", 0.002),
                        BROKEN,
                        "10 of the 2 that 1400 calls allow, surely at most 1.43 %",
                        1400),
                row(GOOD, NO_LEAK, KEPT, "0", 200),
                row(GOOD.leaked(1), NO_LEAK, BROKEN, "1", 200),
                row(GOOD, new Slo.Turns(1000), KEPT, "1000", 1000),
                row(GOOD, new Slo.Turns(1001), BROKEN, "1000", 1000));
    }

    private static Arguments row(TestRun run, Slo slo, State state, String seen, long n) {
        return Arguments.of(run, slo, state, seen, n);
    }

    private static Slo ttfl(double percentile, double limitMs) {
        return new Slo.Percentile(Metric.TTFL, percentile, limitMs);
    }

    @ParameterizedTest
    @MethodSource("promises")
    void a_promise_is_kept_or_broken_or_cannot_be_told(TestRun run, Slo slo, State state, String seen, long n) {
        Verdict verdict = judge(run, slo);

        Promise promise = verdict.promises().get(0);
        assertThat(promise.state()).isEqualTo(state);
        assertThat(promise.seen()).isEqualTo(seen);
        assertThat(promise.n()).isEqualTo(n);
        if (run.turns() > 0) {
            assertThat(verdict.decision()).isEqualTo(state == KEPT ? PASS : state == BROKEN ? FAIL : NO_VERDICT);
        }
    }

    static Stream<Arguments> precedence() {
        TestRun ko = GOOD.outcomes(Map.of("ok", 900L, "truncated", 100L), Map.of());
        TestRun fewOk = ko.turns(1000, 800, 1000);
        Health idle = new Health(1.2, 0.9, 11, 0.31, 0.1, 2.0, 1.0, 0, 200, 190, true);
        Health full = new Health(1.2, 0.9, 11, 0.31, 0.1, 2.0, 1.0, 7, 200, 200, true);
        Health deaf = new Health(1.2, null, 11, 0.31, 0.1, 2.0, 1.0, 0, 200, 200, true);
        Slo turns = new Slo.Turns(1);
        return Stream.of(
                Arguments.of("well and kept", GOOD, NO_KO, KEPT, PASS),
                Arguments.of("ill, kept, about time", GOOD.late(), GOODPUT, VOID, NO_VERDICT),
                Arguments.of("ill, broken, about time", GOOD.late().turns(1000, 5, 1000), GOODPUT, VOID, NO_VERDICT),
                Arguments.of("ill, too few", GOOD.late(), ttfl(95, 1), VOID, NO_VERDICT),
                Arguments.of("ill, a certain breach", ko.late(), NO_KO, BROKEN, FAIL),
                Arguments.of("ill, a leak", GOOD.late().leaked(2), NO_LEAK, BROKEN, FAIL),
                Arguments.of("ill, goodput missed by outcomes alone", fewOk.late(), GOODPUT, BROKEN, FAIL),
                Arguments.of("ill, nothing about time was promised", GOOD.late(), NO_KO, KEPT, PASS),
                Arguments.of("ill in what it offered", GOOD.health(idle), NO_KO, KEPT, NO_VERDICT),
                Arguments.of("ill in what it offered, a breach", ko.health(idle), NO_KO, BROKEN, FAIL),
                Arguments.of("results lost", GOOD.health(full), NO_KO, KEPT, NO_VERDICT),
                Arguments.of("health not measured", GOOD.health(deaf), GOODPUT, VOID, NO_VERDICT),
                Arguments.of("no turns", GOOD.turns(0, 0, 0), NO_LEAK, KEPT, NO_VERDICT),
                Arguments.of("no turns for failed inits", dead(), NO_KO, BROKEN, FAIL),
                Arguments.of("a violation", GOOD.contract(9, 9, 1, 0, Map.of("type", 1L)), turns, KEPT, FAIL),
                Arguments.of("a violation, ill", GOOD.late().contract(9, 9, 1, 0, Map.of()), GOODPUT, VOID, FAIL),
                Arguments.of("lines unchecked", GOOD.contract(9, 8, 0, 0, Map.of()), turns, KEPT, NO_VERDICT),
                Arguments.of("no lines", GOOD.contract(0, 0, 0, 0, Map.of()), turns, KEPT, NO_VERDICT),
                Arguments.of("drift", GOOD.contract(9, 9, 0, 4, Map.of()), turns, KEPT, PASS));
    }

    private static TestRun dead() {
        return GOOD.turns(0, 0, 200).outcomes(Map.of(), Map.of("init", Map.of("connect_failed", 200L)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("precedence")
    void fail_comes_before_no_verdict_before_pass(String what, TestRun run, Slo slo, State state, Decision decision) {
        Verdict verdict = judge(run, slo);

        assertThat(verdict.promises().get(0).state()).isEqualTo(state);
        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(verdict.reasons().isEmpty()).isEqualTo(decision == PASS);
    }

    @Test
    void drift_fails_a_strict_run() {
        TestRun drifting = GOOD.contract(9, 9, 0, 4, Map.of("unknown-field", 3L, "null-field", 1L));
        Slos slos = new Slos(List.of(NO_KO), LIMITS);

        Verdict verdict = Judge.judge(drifting.summary(), slos, new Circumstances(true, null, List.of()));

        assertThat(verdict.decision()).isEqualTo(FAIL);
        assertThat(verdict.reasons().get(0).fact()).isEqualTo("4 drifts in 9 lines: unknown-field 3, null-field 1");
        assertThat(judge(drifting, NO_KO).notes())
                .containsExactly("contract: 4 drifts in 9 lines: unknown-field 3, null-field 1");
    }

    @Test
    void what_was_broken_is_told_apart_from_what_only_drifts() {
        TestRun both = GOOD.contract(
                9, 9, 1, 40, Map.of("unknown-field", 40L, "foreign-session", 1L), Set.of("foreign-session"));
        Verdict verdict = judge(both, NO_KO);
        assertThat(verdict.reasons())
                .extracting(Reason::fact)
                .containsExactly("1 violations in 9 lines: foreign-session 1");
        assertThat(verdict.notes()).containsExactly("contract: 40 drifts in 9 lines: unknown-field 40");
    }

    @Test
    void a_contract_that_was_not_checked_is_only_noted() {
        assertThat(judge(GOOD, NO_KO).notes()).containsExactly("contract: not checked");
    }

    @Test
    void what_the_run_itself_has_to_say_counts() {
        Reason died = Reason.noVerdict("the stub died after 12 s", "see stub.log");
        Reason red = Reason.fail("the target was not healthy", "see its log");
        Slos slos = new Slos(List.of(NO_KO), LIMITS);

        assertThat(Judge.judge(GOOD.summary(), slos, new Circumstances(false, null, List.of(died)))
                        .decision())
                .isEqualTo(NO_VERDICT);
        Verdict both = Judge.judge(GOOD.summary(), slos, new Circumstances(false, null, List.of(died, red)));
        assertThat(both.decision()).isEqualTo(FAIL);
        assertThat(both.reasons()).containsExactly(red, died);
    }

    @Test
    void a_reason_says_what_was_promised_what_was_seen_and_what_to_try() {
        TestRun slow = GOOD.metric(Metric.TTFL, ramp(1000, 0));

        assertThat(judge(slow, ttfl(95, 800)).reasons())
                .containsExactly(new Reason(
                        FAIL,
                        "ttfl p95 ≤ 800 ms",
                        "ttfl p95: promised ≤ 800 ms, seen 950 ms, n = 1000",
                        "see in the report whether the calls, one turn or one kind of answer is slow"));
        assertThat(judge(slow.late(), ttfl(95, 800)).reasons().get(0).fact())
                .isEqualTo("lag_p99_ms: must be ≤ 50 ms, was 80 ms: void is what was promised about time");
    }

    static Stream<Arguments> recoveries() {
        Window sick = window(30, 50, 20, 900, 9);
        return Stream.of(
                Arguments.of(20.0, List.of(window(20, 50, 20, 9, 9), sick, window(40, 50, 48, 9, 9)), KEPT, "20 s"),
                Arguments.of(25.0, List.of(window(20, 50, 50, 9, 9), sick, window(40, 50, 48, 9, 9)), KEPT, "15 s"),
                Arguments.of(10.0, List.of(sick, window(50, 50, 48, 9, 9)), BROKEN, "40 s"),
                Arguments.of(10.0, List.of(sick, window(50, 50, 40, 9, 9)), BROKEN, "not in 40 s"),
                Arguments.of(20.0, List.of(sick), UNKNOWN, "watched for 10 s only"),
                Arguments.of(20.0, List.of(window(30, 0, 0, 9, 0)), UNKNOWN, "watched for 0 s only"));
    }

    @ParameterizedTest
    @MethodSource("recoveries")
    void recovery_begins_with_the_first_good_window_after_the_peak(
            double peakEndS, List<Window> windows, State state, String seen) {
        Slos slos = new Slos(List.of(new RecoveredWithin(30, 0.95)), LIMITS);

        Promise promise = Judge.judge(
                        GOOD.windows(windows).summary(), slos, new Circumstances(false, peakEndS, List.of()))
                .promises()
                .get(0);

        assertThat(promise.state()).isEqualTo(state);
        assertThat(promise.seen()).isEqualTo(seen);
    }

    @Test
    void recovery_from_no_peak_cannot_be_told() {
        assertThat(judge(GOOD, new RecoveredWithin(30, 0.95)).decision()).isEqualTo(NO_VERDICT);
    }

    static Stream<Arguments> slopes() {
        Slo ttfl = new TtflSlope(95, 200);
        Slo open = new OpenSessionsSlope(20);
        return Stream.of(
                Arguments.of(ttfl, run(9, 50, 600, 10, 5, 1), KEPT, "59 ms (620 ms to 680 ms)"),
                Arguments.of(ttfl, run(9, 50, 600, 50, 5, 1), BROKEN, "299 ms (700 ms to 1000 ms)"),
                Arguments.of(ttfl, run(9, 50, 1000, -50, 5, 1), KEPT, "-299 ms (1000 ms to 700 ms)"),
                Arguments.of(ttfl, run(9, 40, 600, 10, 5, 1), TOO_FEW, "120 of the 130 needed"),
                Arguments.of(open, run(9, 50, 600, 0, 5, 3), KEPT, "18 (8 to 26)"),
                Arguments.of(open, run(9, 50, 600, 0, 5, 4), BROKEN, "24 (9 to 33)"),
                Arguments.of(open, run(5, 50, 600, 0, 5, 4), UNKNOWN, "the run is too short to have thirds"));
    }

    /** Windows whose TTFL and open sessions grow by a step each. */
    private static List<Window> run(int windows, int turns, long ttflMs, long ttflStepMs, long open, long openStep) {
        return IntStream.range(0, windows)
                .mapToObj(i -> window(10L * i, turns, turns, ttflMs + i * ttflStepMs, open + i * openStep))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("slopes")
    void growth_is_the_last_third_less_the_first(Slo slo, List<Window> windows, State state, String seen) {
        Promise promise = judge(GOOD.windows(windows), slo).promises().get(0);

        assertThat(promise.state()).isEqualTo(state);
        assertThat(promise.seen().replaceAll("\\.[0-9]", "")).isEqualTo(seen);
    }

    @Test
    void a_good_value_is_at_the_limit_and_no_number_never_is() {
        assertThat(Bound.atMost(5, Bound.Unit.MS).keeps(5)).isTrue();
        assertThat(Bound.atLeast(5, Bound.Unit.MS).keeps(5)).isTrue();
        assertThat(Bound.atMost(5, Bound.Unit.MS).keeps(Double.NaN)).isFalse();
        assertThat(Bound.atLeast(5, Bound.Unit.MS).keeps(Double.NaN)).isFalse();
    }

    @Test
    void the_exit_code_is_the_verdicts() {
        assertThat(List.of(PASS.exitCode(), FAIL.exitCode(), NO_VERDICT.exitCode()))
                .containsExactly(0, 1, 3);
    }

    private static Verdict judge(TestRun run, Slo slo) {
        return Judge.judge(run.summary(), new Slos(List.of(slo), LIMITS), Circumstances.ORDINARY);
    }
}
