package dev.firstline.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firstline.Misuse;
import dev.firstline.gate.Promise.State;
import dev.firstline.stats.Metric;
import dev.firstline.stats.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloFileTest {
    private static final Path SHIPPED = Path.of("contracts/slo.yaml");

    @Test
    void every_form_of_a_promise_is_read() throws IOException {
        SloFile file = read(Files.readString(Path.of("src/test/resources/slo/every-form.yaml")));

        assertThat(file.turn().maxGap()).isEqualTo(Duration.ofMillis(1500));
        assertThat(file.turn().stall()).isEqualTo(Duration.ofMillis(1400));
        assertThat(file.of("load").promises().stream().map(Slo::text))
                .containsExactly(
                        "ttfl p50 ≤ 700 ms",
                        "ttfl p99.9 ≤ 1200.5 ms",
                        "ttfl max ≤ 9000 ms",
                        "goodput ≥ 99 %",
                        "turns that are good ≥ 99 %",
                        "turns with ttfl ≤ 2000 ms ≥ 95 %",
                        "turns with ttfl ≤ 800 ms ≥ 90 %",
                        "budget of ko ≤ 0.1 %",
                        "outcome http_error ≤ 0.1 %",
                        "stalled turns ≤ 1 %",
                        "leaked sessions ≤ 0",
                        "turns ≥ 60",
                        "recovery to 95 % goodput ≤ 30 s",
                        "growth of ttfl p95 ≤ 100 ms",
                        "growth of open sessions ≤ 20");
        assertThat(file.of("load").limits())
                .containsExactly(new TimeLimit(Metric.TTFL, 2000), new TimeLimit(Metric.TTFL, 800));
        assertThat(file.of("load").health().limits()).containsOnlyKeys(HealthFigure.LAG_P99_MS, HealthFigure.ACHIEVED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{goodput: 0.9}, {goodput: 0.8}                      | promised twice: goodput",
                "{metric: ttfl, p95_ms: 1}, {metric: ttfl, p95_ms: 2} | promised twice: ttfl p95",
                "{goodput: 99}                                       | a share must be in [0, 1]: 99.0",
                "{leaked_sessions: -1}                               | a limit must not be negative: -1.0",
                "{outcome: OK, share: 0}                             | an outcome is written in small letters: OK",
                "{outcome: lost, share: 0}                           | LOST",
                "{metric: speed, p95_ms: 1}                          | SPEED",
                "{metric: ttfl, p0_ms: 1}                            | percentile must be in (0, 100]: 0.0",
                "{attained: gap, within_ms: 9, share: 0.9}           | a turn has no single gap",
                "{attained: ttfc, share: 0.9}                        | ttfc has no limit in turn: say within_ms",
                "{attained: good, within_ms: 9, share: 0.9}          | it has no within_ms",
                "{attained: ttfl, share: 1}                          | a share between 0 and 1: 1.0",
                "{budget: ko, share: 0}                              | a budget is a share between 0 and 1: 0.0",
                "{growth: ttfl}                                      | no growth is bounded by",
                "{}                                                  | nothing is promised by {}",
            })
    void what_cannot_be_meant_is_a_misuse(String promises, String saw) {
        assertThatThrownBy(() -> read("turn: {ttfl_ms: 1, max_gap_ms: 1, e2e_ms: 1, stall_ms: 1}\nsimulations: {load: "
                        + "{promises: [" + promises + "]}}"))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(saw)
                .hasMessageContaining("slo.yaml, simulations: load");
    }

    @Test
    void a_simulation_without_promises_is_a_misuse() throws IOException {
        SloFile shipped = shipped();

        assertThatThrownBy(() -> shipped.of("lode"))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("promises for smoke, load, spike, soak")
                .hasMessageContaining("add lode:");
    }

    @Test
    void the_shipped_smoke_promises_counts_shares_and_maxima_only() throws IOException {
        for (Slo slo : shipped().of("smoke").promises()) {
            assertThat(slo).isNotInstanceOfAny(TtflSlope.class, OpenSessionsSlope.class, RecoveredWithin.class);
            if (slo instanceof Slo.Percentile maximum) {
                assertThat(maximum.percentile()).isEqualTo(100);
            }
        }
    }

    @Test
    void the_shipped_smoke_passes_a_good_run_of_eighteen_turns_and_fails_a_slow_one() throws IOException {
        Slos smoke = shipped().of("smoke");
        TestRun good = TestRun.GOOD
                .turns(18, 18, 18)
                .metric(Metric.TTFL, TestRun.all(18, 900))
                .metric(Metric.E2E, TestRun.all(18, 2400));

        assertThat(Judge.judge(good.summary(), smoke, Circumstances.ORDINARY).decision())
                .isEqualTo(Decision.PASS);
        Verdict slow =
                Judge.judge(good.metric(Metric.TTFL, TestRun.all(18, 3200)).summary(), smoke, Circumstances.ORDINARY);
        assertThat(slow.decision()).isEqualTo(Decision.FAIL);
        assertThat(slow.promises().stream().filter(promise -> promise.state() == State.BROKEN))
                .extracting(Promise::slo)
                .isEqualTo(List.of("ttfl max ≤ 3000 ms"));
    }

    @Test
    void every_shipped_simulation_bounds_its_failures_and_its_leaks() throws IOException {
        SloFile shipped = shipped();

        assertThat(shipped.simulations()).containsOnlyKeys("smoke", "load", "spike", "soak", "certify");
        shipped.simulations()
                .forEach((name, slos) -> assertThat(slos.promises())
                        .as(name)
                        .anyMatch(slo -> slo instanceof Slo.OutcomeShare)
                        .anyMatch(slo -> slo instanceof Slo.LeakedSessions));
    }

    private static SloFile shipped() throws IOException {
        return read(Files.readString(SHIPPED));
    }

    private static SloFile read(String yaml) throws IOException {
        JsonNode root = new YAMLMapper().readTree(yaml);
        return SloFile.read("slo.yaml", root);
    }
}
