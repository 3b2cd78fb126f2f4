package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "90s, PT90S", "5m, PT5M", "720h, PT720H"})
    void a_duration_is_a_number_with_a_unit(String text, Duration duration) {
        assertThat(Settings.of(Map.of("duration", text)).duration("duration")).isEqualTo(duration);
    }

    /** Nanoseconds in 64 bits end after 292 years. */
    @ParameterizedTest
    @ValueSource(strings = {"999999999h", "721h", "0s", "5", "-5s", "1.5h", "9999999999s"})
    void a_duration_of_nothing_or_of_months_is_refused(String text) {
        for (String name : new String[] {"duration", "settle", "extend", "max-duration", "barrier-wait"}) {
            assertThatThrownBy(() -> Settings.of(Map.of(name, text)).duration(name))
                    .isInstanceOf(Misuse.class)
                    .hasMessageContainingAll("more than 0 and at most 720h", "saw " + text, "--" + name);
        }
    }
}
