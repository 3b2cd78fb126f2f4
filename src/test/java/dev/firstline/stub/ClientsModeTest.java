package dev.firstline.stub;

import static dev.firstline.stub.ClientsMode.AUTO;
import static dev.firstline.stub.ClientsMode.OFF;
import static dev.firstline.stub.ClientsMode.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientsModeTest {
    private static final Supplier<Optional<String>> ALL_THERE = Optional::empty;

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "required, REQUIRED", "off, OFF"})
    void a_mode_is_a_word(String word, ClientsMode mode) {
        assertThat(ClientsMode.of(word)).isEqualTo(mode);
    }

    /** A misspelt "required" must not become a skip. */
    @ParameterizedTest
    @CsvSource({"require", "Required", "true", "''"})
    void another_word_is_misuse(String word) {
        assertThatThrownBy(() -> ClientsMode.of(word))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("auto, required or off");
    }

    @Test
    void where_all_is_there_tests_run_unless_they_are_told_not_to() {
        assertThat(AUTO.decide(ALL_THERE)).isEqualTo(new ClientsMode.Decision(ClientsMode.Fate.RUN, ""));
        assertThat(REQUIRED.decide(ALL_THERE)).isEqualTo(new ClientsMode.Decision(ClientsMode.Fate.RUN, ""));
    }

    @Test
    void where_something_is_missing_they_are_skipped_or_fail_as_they_were_told_and_say_what() {
        assertThat(AUTO.decide(ClientsModeTest::noCurl))
                .isEqualTo(new ClientsMode.Decision(ClientsMode.Fate.SKIP, "there is no curl"));
        assertThat(REQUIRED.decide(ClientsModeTest::noCurl))
                .isEqualTo(new ClientsMode.Decision(
                        ClientsMode.Fate.FAIL, "-Dfirstline.clients=required, and there is no curl"));
    }

    @Test
    void who_is_told_off_does_not_look() {
        Supplier<Optional<String>> looked = () -> {
            throw new AssertionError("it looked");
        };

        assertThat(OFF.decide(looked))
                .isEqualTo(new ClientsMode.Decision(ClientsMode.Fate.SKIP, "-Dfirstline.clients=off"));
    }

    private static Optional<String> noCurl() {
        return Optional.of("there is no curl");
    }
}
