package dev.firstline.stats;

import static dev.firstline.stats.CallTiming.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallTimingTest {
    /** A line at 0 never came. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # due | sent | line | end  | lag | service | ttfl | e2e
                    100   | 100  | 150  | 200  | 0   | 50      | 50   | 100
                    100   | 130  | 150  | 200  | 30  | 20      | 50   | 100
                    100   | 130  | 130  | 130  | 30  | 0       | 30   | 30
                    100   | 130  | 0    | 900  | 30  | 770     | 800  | 800
                    100   | -1   | 0    | 900  | 800 | 0       | 800  | 800
                    100   | 100  | 0    | 100  | 0   | 0       | 0    | 0
                    """)
    void ttfl_is_lag_plus_service(
            long due, long sent, long line, long end, long lag, long service, long ttfl, long e2e) {
        LineTimes lines = line == 0 ? LineTimes.NONE : LineTimes.of(line, line);
        CallTiming timing = new CallTiming(due, sent, NEVER, NEVER, NEVER, lines, end);

        for (CallTiming same : new CallTiming[] {timing, timing.minus(100), timing.minus(7)}) {
            assertThat(same.lagNanos()).isEqualTo(lag);
            assertThat(same.ttflServiceNanos()).isEqualTo(service);
            assertThat(same.ttflNanos()).isEqualTo(ttfl);
            assertThat(same.e2eNanos()).isEqualTo(e2e);
            assertThat(same.headersNanos()).isEqualTo(NEVER);
        }
        assertThat(timing.firstLineNanos()).isEqualTo(line == 0 ? NEVER : line);
        assertThat(timing.minus(0)).isEqualTo(timing);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 1", "10, 10, 9", "10, 9, 11", "10, 12, 11"})
    void times_that_run_backwards_are_refused(long due, long sent, long end) {
        assertThatThrownBy(() -> new CallTiming(due, sent, NEVER, NEVER, NEVER, LineTimes.NONE, end))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_times_of_ten_thousand_lines_are_kept_and_the_rest_is_counted() {
        LineTimes.Builder builder = new LineTimes.Builder();
        for (int i = 0; i < LineTimes.KEPT_MAX; i++) {
            builder.add(i);
        }
        builder.add(LineTimes.KEPT_MAX + 41L);
        LineTimes lines = builder.build();

        assertThat(lines.count()).isEqualTo(LineTimes.KEPT_MAX + 1);
        assertThat(lines.kept()).isEqualTo(LineTimes.KEPT_MAX);
        assertThat(lines.nanosAt(9_999)).isEqualTo(9_999);
        assertThat(lines.gapNanosMax()).isEqualTo(42);
        assertThat(builder.lastNanos()).isEqualTo(10_041);
        assertThatThrownBy(() -> builder.add(10_040)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gaps_lie_between_lines_only() {
        assertThat(LineTimes.NONE.gapNanosMax()).isZero();
        assertThat(LineTimes.of(1_000).gapNanosMax()).isZero();
        assertThat(LineTimes.of(5, 5, 9, 11).gapNanosMax()).isEqualTo(4);
        assertThat(LineTimes.of(5, 9)).isEqualTo(LineTimes.of(6, 10).minus(1)).isNotEqualTo(LineTimes.of(5, 10));
        assertThat(LineTimes.of()).isSameAs(LineTimes.NONE);
    }

    @Test
    void what_was_waited_for_is_told_from_a_clean_empty_answer() {
        CallTiming none = Calls.timing(0, 0, 10);
        assertThat(Calls.invoke(0, 1, none, Outcome.OK_EMPTY).waited()).isFalse();
        assertThat(Calls.invoke(0, 1, none, Outcome.httpError(503, "")).waited())
                .isTrue();
        assertThat(Calls.invoke(0, 1, Calls.timing(0, 0, 10, 3), Outcome.of(Outcome.Kind.TRUNCATED))
                        .waited())
                .isFalse();
    }
}
