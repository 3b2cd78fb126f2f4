package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.gate.capacity.SearchPlan;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search is asked for, at 2 turns a journey. */
@Epic("Capacity")
@Feature("Options")
final class CapacityOptionsTest {
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    today     | -4       | a number above 0
                    today     | NaN      | a number above 0
                    today     | 1e308    | at most 1000000
                    headroom  | 0        | a number above 0
                    headroom  | Infinity | a number above 0
                    headroom  | 1e308    | at most 1000
                    seed      | x        | a whole number
                    workers   | -1       | a whole number of 1 or more
                    speed     | -1       | a number of 0 or more
                    fault     | explode  | explode
                    timing    | slow     | a timing
                    strict    | perhaps  | true or false
                    stubs     | nowhere  | a folder in the form of stubs/
                    reports   | pom.xml  | a folder for results
                    start     | 1e9      | at most 1000000
                    max       | 1e308    | at most 1000000
                    max-turns | 1e308    | at most 1000000000000
                    max-steps | 0        | a whole number of 1 or more
                    precision | 0        | a number above 0
                    hold      | 169h     | at most 168h
                    """)
    void a_bad_one_is_refused_before_anything_is_made(String name, String value, String said) {
        CapacityOptions options = CapacityOptions.of(Map.of(name, value));

        assertThatThrownBy(options::refuseBad).isInstanceOf(Misuse.class).hasMessageContaining(said);
    }

    @Test
    void what_is_not_named_is_well() {
        CapacityOptions.of(Map.of()).refuseBad();
        CapacityOptions.refuseHopeless(plan(Map.of()));
    }

    @Test
    void a_search_that_has_no_room_for_one_step_says_what_it_needs() {
        // 20 s to settle, 30 s measured, 12 s between steps; two turns a second for 50 s.
        assertHopeless(Map.of("max-time", "61s"), "at least 62s");
        assertHopeless(Map.of("max-turns", "99"), "at least 100 turns");
        // 320 s at most: 10 million journeys.
        assertHopeless(Map.of("start", "31251"), "a start of at most 31250 journeys");
        CapacityOptions.refuseHopeless(plan(Map.of("max-time", "62s", "max-turns", "100")));
        CapacityOptions.refuseHopeless(plan(Map.of("start", "31250")));
    }

    private static void assertHopeless(Map<String, String> asked, String said) {
        assertThatThrownBy(() -> CapacityOptions.refuseHopeless(plan(asked)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(said);
    }

    private static SearchPlan plan(Map<String, String> asked) {
        SearchPlan plan =
                CapacityOptions.of(new HashMap<>(asked)).plan(Double.POSITIVE_INFINITY, Duration.ofHours(2), 2, null);
        assertThat(plan.turnsPerJourney()).isEqualTo(2);
        return plan;
    }
}
