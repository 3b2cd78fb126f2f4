package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
    @ParameterizedTest
    @CsvSource({
        "Olá – 日本語 😀, Olá – 日本語 😀",
        "red\u001b[31m, red\\u001b[31m",
        "'a\nb\tc\r\bd', a\\u000ab\\u0009c\\u000d\\u0008d",
        "a\u009bb\u007f, a\\u009bb\\u007f",
        "\u202Edesrever\u2028, \\u202edesrever\\u2028",
        "half \uD83D, half \\ud83d"
    })
    void a_terminal_shows_it_and_obeys_nothing(String text, String printable) {
        assertThat(Printable.of(text, 100)).isEqualTo(printable);
    }

    @Test
    void it_is_cut() {
        assertThat(Printable.of("x".repeat(10), 10)).isEqualTo("x".repeat(10));
        assertThat(Printable.of("x".repeat(11), 10)).isEqualTo("x".repeat(10) + "…");
    }
}
