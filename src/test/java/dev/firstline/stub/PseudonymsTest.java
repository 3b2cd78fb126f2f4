package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in a recording in the place of what had to go. */
final class PseudonymsTest {
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "+55 11 99999-8888, 5511999998888",
        "+55 (11) 99999-8888, 55.11.99999.8888",
        "Ana.Silva@Example.com, ana.silva@example.com",
        "ana@example.com, ana%40example.com",
    })
    void equal_stays_equal_however_it_is_written(String one, String other) {
        Pseudonyms pseudonyms = new Pseudonyms(SECRET);

        assertThat(plain(pseudonyms.of(one))).isEqualTo(plain(pseudonyms.of(other)));
        assertThat(pseudonyms.of(one)).isEqualTo(pseudonyms.of(one)).isNotEqualTo(one);
        assertThat(pseudonyms.isOne(pseudonyms.of(one))).isTrue();
        assertThat(pseudonyms.isOne(one)).isFalse();
        assertThat(new Pseudonyms("another secret..".getBytes(StandardCharsets.UTF_8)).of(one))
                .isNotEqualTo(pseudonyms.of(one));
    }

    @Test
    void different_stays_different() {
        Pseudonyms pseudonyms = new Pseudonyms(SECRET);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            made.add(pseudonyms.of("+55 11 9%04d".formatted(i)));
        }

        assertThat(made).doesNotHaveDuplicates().allMatch(number -> number.matches("\\+99 9\\d \\d{5}"));
    }

    @ParameterizedTest
    @CsvSource({
        "Ana Lima, '[A-Z][a-z]{2} [A-Z][a-z]{3}'",
        "José Ñandú, '[A-Z][a-z]{2}\u00e9? ?.*'",
        "ab-12_CD!, '[a-z]{2}-\\d{2}_[A-Z]{2}!'",
        "a@b.com, '[a-z]@[a-z]\\.invalid'",
        "ana@example.com, '[a-z]{3}@[a-z]{3}\\.invalid'",
        "日本 👋, '[\u4e00-\u5fff]{2} 👋'",
    })
    void a_replacement_has_the_shape_of_what_it_replaces(String value, String shape) {
        String made = new Pseudonyms(SECRET).of(value);

        assertThat(made).matches(shape).isNotEqualTo(value);
        if (!value.equals("a@b.com")) {
            assertThat(made.getBytes(StandardCharsets.UTF_8)).hasSameSizeAs(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String plain(String written) {
        return written.matches("[+\\d .()-]*")
                ? Sensitive.digits(written)
                : written.replace("%40", "@").toLowerCase(Locale.ROOT);
    }
}
