package dev.firstline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stats.LiveFigures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveLineTest {
    private static final LiveFigures FIGURES = new LiveFigures(
            102.3, 5, 4.9, 12, 58, 411.6, 890.2, 312, 3, Map.of("ok", 312L, "stalled_out", 2L, "truncated", 1L), 1, 0);

    @ParameterizedTest(name = "{0} columns")
    @CsvSource(delimiter = '|', textBlock = """
                    79  | 01:42 4.9/5.0/s open 12 ttfl 412/890 ms ok 312 ko 3 viol 1 (stalled_out)
                    40  | 01:42 4.9/5.0/s open 12 ttfl 412/890 ms
                    5   | 01:42
                    """)
    void it_fits(int width, String line) {
        assertThat(LiveLine.of(FIGURES, width).stripTrailing()).isEqualTo(line);
    }

    @Test
    void with_room_it_says_all() {
        String line = "01:42  offered 5.0/s  achieved 4.9/s  open 12  ttfl p50 412 p95 890 ms (n = 58)  "
                + "ok 312  ko 3 (stalled_out)  violations 1";

        assertThat(LiveLine.of(FIGURES)).isEqualTo(line);
        assertThat(LiveLine.of(FIGURES, line.length())).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 30, 60, 80, 100, 120, 150})
    void it_is_never_wider_than_asked_and_plain_ascii(int width) {
        assertThat(LiveLine.of(FIGURES, width)).hasSizeLessThanOrEqualTo(width).matches("[\\x20-\\x7e]*");
    }

    @Test
    void hours_and_what_is_not_known_yet_have_their_form() {
        LiveFigures figures = new LiveFigures(3_725, 1, 0, 0, 0, null, null, 0, 0, Map.of(), 0, 0);

        assertThat(LiveLine.of(figures)).startsWith("1:02:05 ").contains("ttfl p50 - p95 - ms (n = 0)", "ko 0  ");
    }

    @Test
    void before_the_schedule_begins_it_says_so() {
        assertThat(LiveLine.of(new LiveFigures(0, 0, 0, 0, 0, null, null, 0, 0, Map.of(), 0, 0)))
                .isEqualTo("warming up");
    }
}
