package dev.firstline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstline.Misuse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MixTest {

    @Test
    void journeys_come_as_often_as_their_weights_say() {
        Mix mix = Mix.of(List.of(journey("rare", 1), journey("often", 6), journey("seldom", 3)));
        int arrivals = 100_000;

        Map<String, Long> seen = LongStream.range(0, arrivals)
                .mapToObj(k -> mix.choose(42, k).name())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        Map.of("rare", 0.1, "often", 0.6, "seldom", 0.3)
                .forEach((name, share) -> assertThat((double) seen.getOrDefault(name, 0L))
                        .as(name)
                        .isCloseTo(arrivals * share, within(4 * Math.sqrt(arrivals * share * (1 - share)))));
    }

    @Test
    void the_choice_depends_on_the_seed_and_the_arrival_alone() {
        List<Journey> shipped = new ArrayList<>(Yaml.shippedJourneys());
        Mix mix = Mix.of(shipped);
        Collections.reverse(shipped);
        Mix reversed = Mix.of(shipped);

        assertThat(names(mix, 5)).isEqualTo(names(reversed, 5)).isNotEqualTo(names(mix, 6));
    }

    @Test
    void the_choice_does_not_follow_the_gaps_that_the_same_seed_gives() {
        Mix mix = Mix.of(List.of(journey("a", 1), journey("b", 1)));
        long seed = 42;

        // Of the short gaps, half should be followed by each journey.
        long shortGaps = LongStream.range(0, 10_000)
                .filter(k -> SplitMix.fractionAt(seed, k) < 0.5)
                .count();
        long shortAndFirst = LongStream.range(0, 10_000)
                .filter(k -> SplitMix.fractionAt(seed, k) < 0.5
                        && mix.choose(seed, k).name().equals("a"))
                .count();
        assertThat((double) shortAndFirst / shortGaps).isCloseTo(0.5, within(0.03));
    }

    @Test
    void in_turn_every_journey_is_made_as_often_as_every_other() {
        Mix mix = Mix.inTurn(List.of(journey("c", 9), journey("a", 1), journey("b", 1)));

        assertThat(LongStream.range(0, 6).mapToObj(k -> mix.choose(1, k).name()))
                .containsExactly("a", "b", "c", "a", "b", "c");
        assertThat(mix.journeys()).extracting(Journey::name).containsExactly("a", "b", "c");
    }

    @Test
    void no_journey_and_two_of_one_name_are_refused() {
        assertThatThrownBy(() -> Mix.of(List.of())).isInstanceOf(Misuse.class).hasMessageContaining("saw none");
        assertThatThrownBy(() -> Mix.inTurn(List.of(journey("a", 1), journey("a", 2))))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("two called a");
    }

    @Test
    void client_keys_are_unique_by_run_injector_and_arrival() {
        assertThat(new ClientKeys("smoke-20261120T180000Z", 0).of(42)).isEqualTo("smoke-20261120T180000Z-i0-00042");
        assertThat(LongStream.range(0, 4)
                        .mapToObj(k -> new ClientKeys("r", (int) k % 2).of(k / 2))
                        .distinct())
                .hasSize(4);
    }

    private static List<String> names(Mix mix, long seed) {
        return LongStream.range(0, 50).mapToObj(k -> mix.choose(seed, k).name()).toList();
    }

    private static Journey journey(String name, int weight) {
        return Yaml.journey("{name: " + name + ", weight: " + weight + ", turns: [{say: hi}]}");
    }
}
