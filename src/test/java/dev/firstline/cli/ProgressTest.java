package dev.firstline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stats.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final FakeClock clock = new FakeClock();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void it_is_written_over_and_leaves_no_trace() {
        Progress progress = progress(true);
        clock.advance(Duration.ofSeconds(2));

        progress.show(1_234_000_000, OptionalDouble.of(0.5));
        progress.show(3_000_000, OptionalDouble.empty());
        progress.erase();
        progress.erase();

        assertThat(shown.toString(UTF_8))
                .isEqualTo("\r1,234 MB, 617 MB/s, 50 %" + "\r3 MB, 2 MB/s            " + "\r            \r");
    }

    @Test
    void it_comes_after_a_second_and_then_four_times_a_second() {
        Progress progress = progress(true);

        assertThat(progress.isDue()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(progress.isDue()).isTrue();
        progress.show(1, OptionalDouble.empty());
        clock.advance(Duration.ofMillis(249));
        assertThat(progress.isDue()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(progress.isDue()).isTrue();
    }

    @Test
    void without_a_terminal_there_is_none() {
        Progress progress = progress(false);
        clock.advance(Duration.ofSeconds(5));

        assertThat(progress.isDue()).isFalse();
        assertThat(progress.isDue()).isFalse();
        progress.erase();

        assertThat(shown.size()).isZero();
    }

    private Progress progress(boolean isTerminal) {
        return new Progress(new PrintStream(shown, true, UTF_8), () -> isTerminal, clock);
    }
}
