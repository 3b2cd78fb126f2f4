package dev.firstline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.run.PlainLines;
import dev.firstline.stats.LiveFigures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiveDisplayTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void the_line_is_written_over_and_leaves_no_trace() {
        LiveDisplay display = new LiveDisplay(new PrintStream(shown, true, UTF_8), 28);

        display.figures(at(0));
        display.figures(at(9));
        display.figures(at(0));
        display.over();

        assertThat(shown.toString(UTF_8))
                .isEqualTo("\rwarming up" + "\r00:09 4.9/5.0/s open 3 ttfl" + "\rwarming up" + " ".repeat(17) + "\r"
                        + " ".repeat(10) + "\r");
    }

    @Test
    void what_is_said_stays() {
        LiveDisplay display = new LiveDisplay(new PrintStream(shown, true, UTF_8), 80);

        display.figures(at(9));
        display.say("live page  http://127.0.0.1:4711/");
        display.over();

        assertThat(shown.toString(UTF_8)).endsWith("\rlive page  http://127.0.0.1:4711/" + System.lineSeparator());
    }

    @Test
    void a_log_gets_a_line_every_ten_seconds() {
        List<String> lines = new ArrayList<>();
        PlainLines log = new PlainLines(lines::add);
        for (double elapsedS : new double[] {0, 0.4, 9.9, 10.2, 11.2, 19.9, 34, 35, 40.1}) {
            log.figures(at(elapsedS));
        }

        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("live  00:"));
        assertThat(lines.get(1)).contains("00:34");
        assertThat(lines.get(2)).contains("00:40");
    }

    @ParameterizedTest
    @CsvSource({"24 132, 132", "0 0, 80", "'', 80", "no size, 80"})
    void a_terminal_that_does_not_say_has_80_columns(String said, int columns) {
        assertThat(LiveDisplay.width(said + "\n")).isEqualTo(columns);
    }

    private static LiveFigures at(double elapsedS) {
        return new LiveFigures(elapsedS, 5, 4.9, 3, 58, 411.6, 890.2, 312, 0, Map.of("ok", 312L), 0, 0);
    }
}
