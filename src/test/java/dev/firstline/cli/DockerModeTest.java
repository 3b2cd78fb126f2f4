package dev.firstline.cli;

import static dev.firstline.cli.DockerMode.AUTO;
import static dev.firstline.cli.DockerMode.OFF;
import static dev.firstline.cli.DockerMode.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DockerModeTest {
    @ParameterizedTest
    @CsvSource({"auto, AUTO", "required, REQUIRED", "off, OFF"})
    void a_mode_is_a_word(String word, DockerMode mode) {
        assertThat(DockerMode.of(word)).isEqualTo(mode);
    }

    /** A misspelt "required" must not become a skip. */
    @ParameterizedTest
    @CsvSource({"require", "Required", "true", "''"})
    void another_word_is_misuse(String word) {
        assertThatThrownBy(() -> DockerMode.of(word))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("auto, required or off");
    }

    @Test
    void where_all_is_there_tests_run_unless_they_are_told_not_to() {
        assertThat(AUTO.decide(Optional::empty)).isEqualTo(new DockerMode.Decision(DockerMode.Fate.RUN, ""));
        assertThat(REQUIRED.decide(Optional::empty)).isEqualTo(new DockerMode.Decision(DockerMode.Fate.RUN, ""));
        assertThat(OFF.decide(Optional::empty).fate()).isEqualTo(DockerMode.Fate.SKIP);
    }

    @Test
    void where_something_is_missing_they_are_skipped_or_fail_as_they_were_told_and_say_what() {
        assertThat(AUTO.decide(DockerModeTest::noEngine))
                .isEqualTo(new DockerMode.Decision(DockerMode.Fate.SKIP, "no engine answers"));
        assertThat(REQUIRED.decide(DockerModeTest::noEngine))
                .isEqualTo(new DockerMode.Decision(
                        DockerMode.Fate.FAIL, "-Dfirstline.docker=required, and no engine answers"));
    }

    @Test
    void who_is_told_off_does_not_look() {
        Supplier<Optional<String>> looked = () -> {
            throw new AssertionError("it looked");
        };

        assertThat(OFF.decide(looked))
                .isEqualTo(new DockerMode.Decision(DockerMode.Fate.SKIP, "-Dfirstline.docker=off"));
    }

    private static Optional<String> noEngine() {
        return Optional.of("no engine answers");
    }
}
