package dev.firstline;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Epic("Command line")
@Feature("Bad input")
final class PlainWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Cannot map `null` into `int` (set DeserializationConfig.X to 'false')| Cannot map `null` into `int`
            Non-standard token 'NaN': enable `JsonReadFeature.ALLOW` to allow    | Non-standard token 'NaN'
            Missing creator property 'run' (index 1); `X.FAIL_ON_MISSING` enabled| Missing member 'run'
            Cannot take `a.b.C$D` from Array value (token `JsonToken.START_ARRAY`)| Cannot take `D` from Array value
            Unexpected character ('}' (code 125)): was expecting ,| Unexpected character ('}'): was expecting ,
            Cannot construct instance of `a.B`, problem: the rate is too low     | the rate is too low
            Unrecognized token 'abc': was expecting (JSON String, Number)        | Unrecognized token 'abc'
            """)
    void only_what_a_user_can_use_is_left(String said, String plain) {
        assertThat(PlainWords.of(said)).isEqualTo(plain);
    }
}
