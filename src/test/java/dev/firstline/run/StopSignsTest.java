package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.stats.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StopSignsTest {
    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();
    private Path file = Path.of("");

    @BeforeEach
    void touched() throws IOException {
        file = Files.writeString(folder.resolve("alive"), "");
        Files.setLastModifiedTime(file, FileTime.from(clock.now()));
    }

    @Test
    void a_dead_mans_file_that_nobody_touches() throws IOException {
        StopSigns signs = signs();
        clock.advance(StopSigns.DEAD_MAN_MAX);
        assertThat(signs.stop()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(signs.stop()).contains("the dead-man's file was last touched 31 s ago");
        Files.setLastModifiedTime(file, FileTime.from(clock.now()));
        assertThat(signs.stop()).isEmpty();
    }

    @Test
    void a_dead_mans_file_that_is_gone() throws IOException {
        StopSigns signs = signs();
        assertThat(signs.stop()).isEmpty();
        Files.delete(file);
        assertThat(signs.stop()).contains("the dead-man's file is not there");
    }

    @Test
    void nothing_begins_with_a_stale_one_or_none() throws IOException {
        clock.advance(StopSigns.DEAD_MAN_MAX.plusSeconds(1));
        assertThatThrownBy(this::signs).isInstanceOf(Misuse.class).hasMessageContaining("31 s ago");
        Files.delete(file);
        assertThatThrownBy(this::signs).isInstanceOf(Misuse.class).hasMessageContaining("not there");
    }

    @Test
    void without_one_nothing_is_a_sign() {
        StopSigns signs = new StopSigns(Settings.unchecked(Map.of()), clock);
        clock.advance(Duration.ofDays(1));
        assertThat(signs.stop()).isEmpty();
    }

    private StopSigns signs() {
        return new StopSigns(Settings.unchecked(Map.of("dead-man", file.toString())), clock);
    }
}
