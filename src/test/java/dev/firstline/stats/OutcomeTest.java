package dev.firstline.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutcomeTest {
    @ParameterizedTest
    @EnumSource(Outcome.Kind.class)
    void every_kind_is_read_as_it_was_written(Outcome.Kind kind) {
        Outcome outcome = Outcome.of(kind);
        assertThat(outcome.label()).isEqualTo(kind.label()).matches("[a-z_]+");
        assertThat(Outcome.parse(outcome.label())).isEqualTo(outcome);
        assertThat(CallKind.of(CallKind.INVOKE_SYNC.label())).isEqualTo(CallKind.INVOKE_SYNC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    503 | 14                | http_error(503,14)
                    503 | ''                | http_error(503)
                    401 | ERROR_CODE_KEY    | http_error(401,ERROR_CODE_KEY)
                    500 | '(,) "é'          | http_error(500,______)
                    """)
    void a_code_cannot_bend_a_label(int status, String code, String label) {
        Outcome outcome = Outcome.httpError(status, code);
        assertThat(outcome.label()).isEqualTo(label);
        assertThat(Outcome.parse(label)).isEqualTo(outcome);
    }

    @Test
    void a_code_has_at_most_forty_characters() {
        Outcome outcome = Outcome.streamError("4".repeat(10_000_000));
        assertThat(outcome.label()).isEqualTo("stream_error(" + "4".repeat(40) + ")");
        assertThat(Outcome.parse(outcome.label())).isEqualTo(outcome);
        assertThat(Outcome.streamError("").label()).isEqualTo("stream_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fine", "ok(", "ok)", "stream_error(1", "stream_error(1)2", "stream_error((1))", "()"})
    void what_is_no_outcome_is_refused(String label) {
        assertThatThrownBy(() -> Outcome.parse(label)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_first_that_applies_wins() {
        Outcome.Kind[] kinds = Outcome.Kind.values();
        for (int first = 0; first < kinds.length; first++) {
            for (int second = first; second < kinds.length; second++) {
                Outcome a = Outcome.of(kinds[first]);
                Outcome b = Outcome.of(kinds[second]);
                assertThat(a.orWorse(b)).isEqualTo(b.orWorse(a)).isEqualTo(a);
            }
        }
        Outcome one = Outcome.httpError(503, "");
        assertThat(one.orWorse(Outcome.httpError(404, ""))).isSameAs(one);
    }

    @Test
    void all_but_ok_ok_empty_and_abandoned_are_failures_in_the_order_of_the_design() {
        assertThat(Outcome.Kind.values())
                .extracting(Outcome.Kind::label)
                .containsExactly(
                        "connect_failed",
                        "http_error",
                        "first_line_timeout",
                        "stalled_out",
                        "timeout",
                        "truncated",
                        "malformed_line",
                        "stream_error",
                        "contract_violation",
                        "unexpected_answer",
                        "abandoned",
                        "ok_empty",
                        "ok");
        assertThat(Outcome.Kind.values())
                .filteredOn(kind -> !kind.isKo())
                .containsExactly(Outcome.Kind.ABANDONED, Outcome.Kind.OK_EMPTY, Outcome.Kind.OK);
    }
}
