package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaskTest {
    /** Visible characters that JSON writes in more than one way, and a regular expression reads as its own. */
    private static final String KEY = "k/\"y\\.$1*(a";

    private final Mask mask = new Mask(Answers.key(KEY));

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    {"text":"key"}                          | {"text":"key"}
                    {"flowToken":"abc"}                     | {"flowToken":"***"}
                    {"a":1,"X-API-Key" : "a\\"b", "b":2}    | {"a":1,"X-API-Key" : "***", "b":2}
                    {"api_key":"a","Authorization":"b"}     | {"api_key":"***","Authorization":"***"}
                    {"password":1234,"price":5}             | {"password":0000,"price":5}
                    {"secret":true}                         | {"secret":true}
                    {"token":null,"b":1}                    | {"token":null,"b":1}
                    {"tokens":["a",{"b":"c"}],"d":"e"}      | {"tokens":["***",{"***":"***"}],"d":"e"}
                    {"a":{"clientSecret":"x"},"c":"y"}      | {"a":{"clientSecret":"***"},"c":"y"}
                    {"token":"cut off                       | {"token":"***
                    {"token":"cut off\\                     | {"token":"***
                    {"token":                               | {"token":
                    {"text":"the token is not a member"}    | {"text":"the token is not a member"}
                    {"text":"\u00e9","token":"\u00e9"}      | {"text":"\u00e9","token":"***"}
                    """)
    void what_stands_under_a_name_of_credentials_is_hidden(String line, String masked) {
        assertThat(mask.text(line)).isEqualTo(masked);
    }

    @Test
    void the_key_is_hidden_however_it_is_spelt() {
        String escaped = KEY.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
        String numbered = KEY.chars()
                .mapToObj(c -> String.format(Locale.ROOT, "\\u%04X", c))
                .collect(Collectors.joining());
        String mixed = "\\u006b" + KEY.substring(1);
        for (String spelling : new String[] {KEY, escaped, numbered, numbered.toLowerCase(Locale.ROOT), mixed}) {
            assertThat(mask.text("{\"text\":\"it is " + spelling + ", twice " + spelling + "\"}"))
                    .isEqualTo("{\"text\":\"it is ***, twice ***\"}");
        }
    }

    @Test
    void a_line_that_is_cut_off_in_the_middle_of_the_key_does_not_show_its_beginning() {
        assertThat(mask.text("{\"text\":\"it is " + KEY.substring(0, KEY.length() - 1)))
                .isEqualTo("{\"text\":\"it is ***");
        assertThat(mask.text("the text \"it is " + KEY.substring(0, KEY.length() - 1) + "…"))
                .isEqualTo("the text \"it is ***…");
        assertThat(mask.text("{\"text\":\"it is k/")).isEqualTo("{\"text\":\"it is k/");
    }

    @Test
    void a_pointer_tells_whether_its_value_may_be_seen() {
        assertThat(Mask.hides("/result/response/responseEvents/0/parameters/flowToken"))
                .isTrue();
        assertThat(Mask.hides("/result/response/sessionId")).isFalse();
    }
}
