package dev.firstline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExcerptTest {
    private static final String PADDING = "\"" + "é".repeat(200) + "\"";
    private static final String LINE =
            "{\"a\":[" + PADDING + ",{\"b/c\":{\"d\":\"here\"}}," + PADDING + "],\"~\":1,\"z\":" + PADDING + "}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /a/1/b~1c/d | "d":"here"
            /a/1/b~1c   | "b/c":{
            /a/1        | {"b/c":{
            /~0         | "~":1,
            /a          | {"a":["é
            ''          | {"a":["é
            """)
    void it_shows_what_the_pointer_points_to(String pointer, String shown) {
        assertThat(Excerpt.of(LINE.getBytes(UTF_8), pointer)).contains(shown).hasSizeLessThan(130);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            , oops}        | oops}
            } {"more":1}   | {"more":1}
            ,"a":2}        | "a":2
            """)
    void without_a_pointer_it_shows_where_the_line_stops_being_json(String end, String shown) {
        String line = "{\"a\":" + PADDING + end;

        assertThat(Excerpt.of(line.getBytes(UTF_8), "")).startsWith("…").contains(shown);
    }

    @Test
    void no_character_is_cut_in_two() {
        for (int padding = 0; padding < 4; padding++) {
            String line = "{\"" + "a".repeat(padding) + "\":" + PADDING + ",\"b\":1,\"c\":" + PADDING + "}";

            assertThat(Excerpt.of(line.getBytes(UTF_8), "/b"))
                    .startsWith("…é")
                    .endsWith("é…")
                    .doesNotContain("\uFFFD");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":1}  | /b/c
            [1]      | /9
            text     | /a
            ''       | /a
            ''       | ''
            """)
    void a_pointer_to_nothing_does_no_harm(String line, String pointer) {
        assertThat(Excerpt.of(line.getBytes(UTF_8), pointer)).isEqualTo(line);
    }
}
