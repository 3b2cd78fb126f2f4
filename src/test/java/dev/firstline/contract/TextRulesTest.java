package dev.firstline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments and patterns as every validator reads them, and what is quoted. */
final class TextRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T18:00:00Z",
                "2026-11-20t18:00:00z",
                "2026-11-20T18:00:00.123456789Z",
                "2026-11-20T18:00:00+05:30",
                "2024-02-29T00:00:00Z",
                "2000-02-29T00:00:00Z",
                "2016-12-31T23:59:60Z",
                "2016-12-31T15:59:60-08:00",
            })
    void a_moment(String text) {
        assertThat(Moment.is(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-20",
                "2026-11-20T18:00:00",
                "2026-11-20 18:00:00Z",
                "2026-11-20T18:00:00.Z",
                "2026-11-20T18:00:00Z ",
                "2026-11-20T18:00:00ZZ",
                "2026-11-20T24:00:00Z",
                "2026-11-20T18:60:00Z",
                "2026-11-20T18:00:61Z",
                "2026-11-20T18:00:60Z",
                "2026-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-11-20T18:00:00+0530",
                "2026-11-20T18:00:00+24:00",
                "2026-11-20T18:00:00-05-30",
                "２026-11-20T18:00:00Z",
                "2026-11-20T18:00:00.1",
            })
    void no_moment(String text) {
        assertThat(Moment.is(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "^a$, a, true",
        "^a$, 'a\n', false",
        "^a$, ba, false",
        "a, bab, true",
        "^[$]$, $, true",
        "^\\$$, $, true",
        "^\\S+$, 'a\u00a0b', false",
        "^\\S+$, 'a\ufeffb', false",
        "^\\S+$, 'a\u0085b', true",
        "^a\\sb$, 'a\u2003b', true",
        "^a\\sb$, 'a b', true",
        "^a{2}(b|c)?$, aa, true",
        "^.$, '\u0085', true",
        "^.$, '\u2028', false",
        "^(?:a|b)(c)[(]$, bc(, true",
    })
    void a_pattern_means_what_it_means_to_every_validator(String pattern, String text, boolean holds) {
        assertThat(EcmaPattern.compile(pattern).test(text)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+", "(a|b)*", "(?<=a)b", "(a){3}", "[\\s]", "[a&&b]", "[[a]]", "\\p{L}", "\\bword", "(", "\\"
            })
    void a_pattern_that_is_not_read_alike_is_refused(String pattern) {
        assertThatThrownBy(() -> EcmaPattern.compile(pattern)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void what_is_quoted_can_be_shown_anywhere() {
        assertThat(Seen.of(value("'a\\u001b[31m\\n\\u202e\\ud800 \\\\ \\\"'")))
                .isEqualTo("the text \"a\\u001b[31m\\u000a\\u202e\\ud800 \\\\ \\\"\"");
        assertThat(Seen.of(value("'" + "é".repeat(200) + "'")))
                .hasSize(Finding.SEEN_MAX)
                .endsWith("é…");
        assertThat(Seen.of(value("'" + "\uD83D\uDE00".repeat(100) + "'"))).endsWith("\uDE00…");
        assertThat(Seen.of(value("{'a':1,'b':2}"))).isEqualTo("an object with a, b");
        assertThat(Seen.of(value("{'a':1,'b':2,'c':1,'d':1,'e':1,'f':1}")))
                .isEqualTo("an object with a, b, c, d, e and 1 more");
        assertThat(List.of("{}", "[]", "[1,2]", "1.50", "true", "null").stream()
                        .map(json -> Seen.of(value(json)))
                        .toList())
                .containsExactly("an empty object", "an empty list", "a list of 2", "the number 1.50", "true", "null");
    }

    private static JsonNode value(String json) {
        return Objects.requireNonNull(JsonText.read(Answers.bytes(json)).root());
    }
}
