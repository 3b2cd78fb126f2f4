package dev.firstline;

import static dev.firstline.TestMode.AUTO;
import static dev.firstline.TestMode.OFF;
import static dev.firstline.TestMode.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TestModeTest {
    private static final String PROPERTY = "firstline.docker";

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "required, REQUIRED", "off, OFF"})
    void a_mode_is_a_word(String word, TestMode mode) {
        assertThat(TestMode.of(PROPERTY, word)).isEqualTo(mode);
    }

    @Test
    void unless_somebody_says_otherwise_it_is_auto() {
        assertThat(TestMode.of(PROPERTY, null)).isEqualTo(AUTO);
    }

    /** A misspelt "required" must not become a skip. */
    @ParameterizedTest
    @CsvSource({"require", "Required", "true", "''"})
    void another_word_is_misuse(String word) {
        assertThatThrownBy(() -> TestMode.of(PROPERTY, word))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("auto, required or off");
    }

    @Test
    void where_all_is_there_tests_run_unless_they_are_told_not_to() {
        assertThat(AUTO.decide(PROPERTY, Optional::empty)).isEqualTo(new TestMode.Decision(TestMode.Fate.RUN, ""));
        assertThat(REQUIRED.decide(PROPERTY, Optional::empty)).isEqualTo(new TestMode.Decision(TestMode.Fate.RUN, ""));
        assertThat(OFF.decide(PROPERTY, Optional::empty).fate()).isEqualTo(TestMode.Fate.SKIP);
    }

    @Test
    void where_something_is_missing_they_are_skipped_or_fail_as_they_were_told_and_say_what() {
        assertThat(AUTO.decide(PROPERTY, TestModeTest::noEngine))
                .isEqualTo(new TestMode.Decision(TestMode.Fate.SKIP, "no engine answers"));
        assertThat(REQUIRED.decide(PROPERTY, TestModeTest::noEngine))
                .isEqualTo(new TestMode.Decision(
                        TestMode.Fate.FAIL, "-Dfirstline.docker=required, and no engine answers"));
    }

    @Test
    void who_is_told_off_does_not_look() {
        Supplier<Optional<String>> looked = () -> {
            throw new AssertionError("it looked");
        };

        assertThat(OFF.decide(PROPERTY, looked))
                .isEqualTo(new TestMode.Decision(TestMode.Fate.SKIP, "-Dfirstline.docker=off"));
    }

    private static Optional<String> noEngine() {
        return Optional.of("no engine answers");
    }
}
