package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.journey.Share;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharingTest {
    @Test
    void alone_there_is_nobody_to_meet() {
        assertThat(of(Map.of(), Map.of("JOB_COMPLETION_INDEX", "0")).meeting()).isNull();
        assertThat(of(Map.of("injectors", "1"), Map.of()).share()).isEqualTo(Share.WHOLE);
    }

    @Test
    void who_is_not_told_of_the_others_does_not_walk_the_whole_load() {
        assertThatThrownBy(() -> of(Map.of(), Map.of("JOB_COMPLETION_INDEX", "2")))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("FIRSTLINE_INJECTORS")
                .hasMessageContaining("JOB_COMPLETION_INDEX");
        assertThatThrownBy(() -> of(Map.of("injectors", "1", "injector", "1"), Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("this is number 1");
    }

    @Test
    void an_indexed_job_needs_no_option() {
        Sharing sharing = of(
                Map.of(),
                Map.of(
                        "FIRSTLINE_INJECTORS", "3",
                        "JOB_COMPLETION_INDEX", "2",
                        "FIRSTLINE_BARRIER", "a-injectors-0.a:7420"));

        assertThat(sharing.share()).isEqualTo(new Share(2, 3));
        assertThat(sharing.meeting()).isEqualTo(new Sharing.Address("a-injectors-0.a", 7420));
    }

    @Test
    void an_option_goes_before_the_environment() {
        Map<String, String> environment = Map.of("FIRSTLINE_INJECTORS", "9", "FIRSTLINE_INJECTOR", "8");

        assertThat(of(Map.of("injectors", "2", "injector", "1", "barrier", "[::1]:7420"), environment)
                        .share())
                .isEqualTo(new Share(1, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "injectors, 0, from 1 to 1000",
        "injectors, x, from 1 to 1000",
        "injectors, 1001, from 1 to 1000",
        "injector, 3, from 0 to 2",
        "injector, -1, from 0 to 2",
        "barrier, 7420, a host and a port",
        "barrier, a:0, a host and a port",
        "barrier, a:70000, a host and a port",
        "barrier, a b:1, a host and a port",
    })
    void what_cannot_be_is_refused_by_name(String setting, String value, String expected) {
        Map<String, String> settings = new HashMap<>(Map.of("injectors", "3", "injector", "1", "barrier", "a:7420"));
        settings.put(setting, value);
        assertThatThrownBy(() -> of(settings, Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("--" + setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"injector", "barrier"})
    void what_is_missing_is_named(String setting) {
        Map<String, String> settings = new HashMap<>(Map.of("injectors", "3", "injector", "1", "barrier", "a:7420"));
        settings.remove(setting);
        assertThatThrownBy(() -> of(settings, Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("--" + setting)
                .hasMessageContaining("FIRSTLINE_" + setting.toUpperCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"extend", "live", "allure"})
    void what_one_injector_would_decide_alone_is_refused(String setting) {
        Map<String, String> settings = Map.of("injectors", "3", "injector", "1", "barrier", "a:7420", setting, "1m");
        assertThatThrownBy(() -> of(settings, Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("--" + setting);
    }

    private static Sharing of(Map<String, String> settings, Map<String, String> environment) {
        return Sharing.of(Settings.of(settings), environment);
    }
}
