package dev.firstline.gate;

import static dev.firstline.gate.TestRun.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstline.gate.Certificate.Ceiling;
import dev.firstline.gate.Certificate.Part;
import dev.firstline.gate.Certificate.Standing;
import dev.firstline.gate.Certificate.Step;
import dev.firstline.stats.Health;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 1000 turns in 50 s, at 10 journeys/s: 20 turns/s. */
final class CertificateTest {
    private static final String HERE = "2 processors, Linux amd64, Java 17";
    private static final double LIMIT_MS = 10;
    private static final HealthLimits LIMITS =
            new HealthLimits(Map.of(HealthFigure.LAG_P99_MS, 50.0, HealthFigure.STUB_LAG_P99_MS, 25.0));
    private static final Health LATE = new Health(80.0, 0.9, 11, 0.31, 0.1, 2.0, 1.0, 0, 200, 200, true);
    private static final Health STUB_LATE = new Health(1.2, 0.9, 11, 0.31, 0.1, 40.0, 1.0, 0, 200, 200, true);

    @Test
    void an_error_is_told_with_its_sign_and_without() {
        double[] ms = new double[1000];
        Arrays.setAll(ms, i -> i < 11 ? -(i + 1) : 0.5);

        MeasuredError error = MeasuredError.of(ms);

        assertThat(error).isEqualTo(new MeasuredError(1000, 0.429, 0.5, 0.5, -11, 0.5, 0.5, 1.0, 11));
        assertThat(error.judgedMs()).isEqualTo(1.0);
        assertThat(error.judged()).isEqualTo("p99");
    }

    @Test
    void with_too_few_for_a_p99_the_largest_is_judged() {
        double[] ms = new double[661];
        ms[17] = -7;

        MeasuredError error = MeasuredError.of(ms);

        assertThat(error.absP99Ms()).isNull();
        assertThat(error.judgedMs()).isEqualTo(7);
        assertThat(error.judged()).isEqualTo("max");
        assertThatThrownBy(() -> MeasuredError.of(new double[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "50, 1", "500, 10", "2000, 40"})
    void the_limit_is_two_percent_of_the_promised_ttfl_and_a_millisecond_at_least(long ttflMs, double limitMs) {
        assertThat(Certifying.limitMs(Duration.ofMillis(ttflMs))).isEqualTo(limitMs);
    }

    @Test
    void a_small_error_passes_and_a_large_one_fails() {
        assertThat(Certifying.reasons(step(10, 9, GOOD))).isEmpty();
        assertThat(Certifying.reasons(step(10, 11, GOOD)))
                .extracting(Reason::decision, Reason::fact)
                .containsExactly(
                        tuple(Decision.FAIL, "error of ttfl, p99: must be ≤ 10 ms, was 11 ms"),
                        tuple(Decision.FAIL, "error of gap, p99: must be ≤ 10 ms, was 11 ms"));
        assertThat(Certifying.reasons(step(10, 9, GOOD.health(LATE))))
                .extracting(Reason::decision)
                .containsExactly(Decision.FAIL);
    }

    @Test
    void a_stub_that_is_late_or_does_not_answer_leaves_nothing_to_be_known() {
        Step late = step(10, 11, GOOD.health(STUB_LATE));
        assertThat(late.breaks()).as("the error is the stub's").isEmpty();
        assertThat(Certifying.reasons(late)).extracting(Reason::decision).containsExactly(Decision.NO_VERDICT);

        TestRun gone = GOOD.outcomes(Map.of("ok", 900L, "connect_failed", 100L), Map.of());
        assertThat(Certifying.reasons(step(10, 1, gone)))
                .extracting(Reason::decision)
                .containsExactly(Decision.NO_VERDICT);
        Step nothing = Certifying.step(10, 50, Map.of(), GOOD.summary(), LIMITS, LIMIT_MS);
        assertThat(nothing.held()).isFalse();
    }

    @Test
    void the_ceiling_is_the_last_rate_that_held() {
        Step planned = step(10, 1, GOOD);
        List<Step> steps = List.of(step(15, 2, GOOD), step(22.5, 3, GOOD), step(33.75, 30, GOOD));

        Ceiling ceiling = Certifying.ceiling(planned, steps);

        assertThat(ceiling.rate()).isEqualTo(22.5);
        assertThat(ceiling.atLeast()).isFalse();
        assertThat(ceiling.why()).contains("error of ttfl", "33.8 journeys/s");
        assertThat(Certifying.goOn(steps, 12)).isFalse();
        assertThat(Certifying.goOn(steps.subList(0, 2), 12)).isTrue();
        assertThat(Certifying.goOn(steps.subList(0, 2), 2)).isFalse();
    }

    @Test
    void where_the_stub_gives_way_first_the_ceiling_is_at_least_that() {
        Ceiling ceiling = Certifying.ceiling(step(10, 1, GOOD), List.of(step(15, 1, GOOD.health(STUB_LATE))));

        assertThat(ceiling.atLeast()).isTrue();
        assertThat(ceiling.rate()).isEqualTo(10);
        assertThat(ceiling.why()).contains("limited by the stub", "stub_lag_p99_ms");
        assertThat(Certifying.ceiling(step(10, 1, GOOD), List.of(step(15, 1, GOOD)))
                        .atLeast())
                .isTrue();
    }

    @ParameterizedTest(name = "{0} journeys/s, {1} turns/s")
    @CsvSource({
        "10, 20, true",
        "15, 30, true",
        "15.1, 20, false",
        "10, 30.1, false",
        "1, 2, true",
    })
    void half_as_much_again_is_vouched_for_and_no_more(double rate, double turnsPerS, boolean certified) {
        Standing standing = standing(certificate(null), rate, turnsPerS);

        assertThat(standing.certified()).isEqualTo(certified);
        assertThat(standing.doubt().isPresent()).isEqualTo(!certified);
        standing.doubt().ifPresent(doubt -> {
            assertThat(doubt.decision()).isEqualTo(Decision.NO_VERDICT);
            assertThat(doubt.fact()).contains("more than 1.5 times");
            assertThat(doubt.attempt()).contains("firstline certify --rate");
        });
    }

    @Test
    void a_known_ceiling_counts_as_certified() {
        Certificate certificate = certificate(new Ceiling(40, 80, false, "lag", List.of()));

        assertThat(standing(certificate, 60, 120).certified()).isTrue();
        assertThat(standing(certificate, 61, 120).certified()).isFalse();
        assertThat(certificate.quoted())
                .isEqualTo("certified on this machine at 20 turns/s: TTFL error p50 9, p99 9 ms; "
                        + "ceiling 40 journeys/s (80 turns/s)");
    }

    @Test
    void what_does_not_hold_here_is_no_certificate_and_no_doubt_either() {
        Certificate good = certificate(null);
        Certificate failed = new Certificate(
                1,
                Decision.FAIL,
                HERE,
                "1.0",
                "",
                LIMIT_MS,
                good.planned(),
                null,
                List.of(Reason.fail("the error", "try")));
        assertThat(List.of(
                        Certificate.standing(null, HERE, "1.0", 100, 200),
                        Certificate.standing(good, "64 processors", "1.0", 100, 200),
                        Certificate.standing(good, HERE, "1.1", 100, 200),
                        Certificate.standing(failed, HERE, "1.0", 100, 200)))
                .allMatch(standing -> standing.doubt().isEmpty() && !standing.certified())
                .extracting(Standing::note)
                .allMatch(note -> note.startsWith("not certified on this machine")
                        && note.endsWith("firstline certify --rate 100"));
    }

    private static Standing standing(Certificate certificate, double rate, double turnsPerS) {
        return Certificate.standing(certificate, HERE, "1.0", rate, turnsPerS);
    }

    private static Certificate certificate(@Nullable Ceiling ceiling) {
        return new Certificate(
                1, Decision.PASS, HERE, "1.0", "2026-11-20T18:00:00Z", LIMIT_MS, step(10, 9, GOOD), ceiling, List.of());
    }

    private static Step step(double rate, double errorMs, TestRun run) {
        double[] all = new double[1000];
        Arrays.fill(all, errorMs);
        MeasuredError error = MeasuredError.of(all);
        return Certifying.step(rate, 50, Map.of(Part.TTFL, error, Part.GAP, error), run.summary(), LIMITS, LIMIT_MS);
    }
}
