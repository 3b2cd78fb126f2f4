package dev.firstline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class YamlFileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no         | `\"no\"`",
                "2026-12-01 | `\"2026-12-01\"`",
                "1:30       | `\"1:30\"`",
                "0x1f       | `\"0x1f\"`",
                "300ms      | `\"300ms\"`",
                "true       | true",
                "~          | null",
                "-7         | -7",
                "007        | 7",
                "0.25       | 0.25",
                "1e3        | 1E+3",
                "'12'       | `\"12\"`",
                "\"true\"   | `\"true\"`",
                "12345678901234567890 | 12345678901234567890",
                "[1, {a: b}] | `[1,{\"a\":\"b\"}]`",
            })
    void a_value_is_what_a_tester_means(String yaml, String json) {
        assertThat(parse("v: " + yaml).root().get("v").toString()).isEqualTo(json);
    }

    @Test
    void every_value_knows_its_line() {
        YamlFile file = parse("a:\n  b: 1\n\n  c:\n    - x\n    - y: 2\n'd/e': 3\n");

        assertThat(file.where("/a/b")).isEqualTo("f.yaml:2");
        assertThat(file.where("/a/c/1/y")).isEqualTo("f.yaml:6");
        assertThat(file.where("/d~1e")).isEqualTo("f.yaml:7");
        assertThat(file.where("/a/c/7/z")).isEqualTo("f.yaml:4");
    }

    @Test
    void an_alias_is_its_anchor_again() {
        assertThat(parse("a: &x {k: 1}\nb: *x\n").root().at("/b/k").asInt()).isEqualTo(1);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("a: 1\nb: 2\na: 3\n", "f.yaml:3", "a a second time; it stands in line 1 too"),
                Arguments.of("a: 1\n b: 2\n", "f.yaml:2", "mapping values are not allowed here"),
                Arguments.of("a: [1, 2\nb: 3\n", "f.yaml:2", "expected ',' or ']'"),
                Arguments.of("a: 'open\n", "f.yaml:2", "unexpected end of stream"),
                Arguments.of("a: 1\n---\nb: 2\n", "f.yaml:2", "but found another document"),
                Arguments.of("a: 1\nb: *nowhere\n", "f.yaml:2", "undefined alias nowhere"),
                Arguments.of("a: !custom 1\n", "f.yaml:1", "the tag !custom"),
                Arguments.of("? [a, b]\n: 1\n", "f.yaml:1", "a list or a mapping"),
                Arguments.of("a: &a [*a]\n", "f.yaml:1", "nested at most 50 deep"),
                Arguments.of("a: " + "[".repeat(60) + "]".repeat(60), "f.yaml", "Nesting Depth"),
                Arguments.of(bomb(), "f.yaml:", "at most 100000 values"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void what_is_no_tame_yaml_is_told_with_its_line(String yaml, String where, String what) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(where)
                .hasMessageContaining(what);
    }

    @Test
    void bytes_that_are_no_text_or_too_many_are_a_misuse() {
        assertThatThrownBy(() -> YamlFile.parse("f.yaml", new byte[] {'a', ':', (byte) 0xC3, '\n'}))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> YamlFile.parse("f.yaml", new byte[YamlFile.BYTES_MAX + 1]))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("at most");
    }

    /** Nine levels of nine aliases each: nine lines that would be 387 million values. */
    private static String bomb() {
        StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
        for (int level = 1; level < 10; level++) {
            String alias = "*a" + (level - 1) + ", ";
            text.append("a%d: &a%d [%s%s]\n".formatted(level, level, alias.repeat(8), "*a" + (level - 1)));
        }
        return text.toString();
    }

    private static YamlFile parse(String text) {
        return YamlFile.parse("f.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
