package dev.firstline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstline.Misuse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
    private static final long SEED = 20261120;
    private static final Profile SPIKE =
            Profile.spike(5, 80, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(60));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void the_shares_of_all_are_the_schedule_of_one(int injectors) {
        Arrivals whole = Arrivals.poisson(SEED, SPIKE);

        assertThat(union(injectors, share -> Arrivals.poisson(SEED, SPIKE).drawn(SEED, share)))
                .isEqualTo(numbered(whole));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 12})
    void arrivals_at_equal_distances_are_dealt_out_in_turn(int injectors) {
        Arrivals whole = Arrivals.evenly(12, Duration.ofSeconds(12));

        assertThat(union(injectors, whole::dealt)).isEqualTo(numbered(whole));
        long[] mine = whole.dealt(new Share(0, injectors)).offsetsNanos();
        assertThat(mine).hasSize(12 / injectors);
        assertThat(IntStream.range(1, mine.length)
                        .mapToLong(k -> mine[k] - mine[k - 1])
                        .distinct())
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_share_of_arrivals_at_random_is_at_random_at_its_part_of_the_rate() {
        Arrivals whole = Arrivals.poisson(SEED, Profile.constant(300, Duration.ofSeconds(1000)));
        for (int injector = 0; injector < 3; injector++) {
            long[] offsets = whole.drawn(SEED, new Share(injector, 3)).offsetsNanos();
            double[] gaps = IntStream.range(1, offsets.length)
                    .mapToDouble(k -> (offsets[k] - offsets[k - 1]) / 1e9)
                    .toArray();
            double mean = Arrays.stream(gaps).average().orElseThrow();
            double variance = Arrays.stream(gaps)
                    .map(gap -> (gap - mean) * (gap - mean))
                    .average()
                    .orElseThrow();

            // Four standard deviations, as for the whole; gaps dealt out in turn would have a third of the variance.
            assertThat(mean * 100).isCloseTo(1, within(4 / Math.sqrt(100_000)));
            assertThat(variance * 100 * 100).isCloseTo(1, within(4 * Math.sqrt(8.0 / 100_000)));
        }
    }

    @Test
    void journeys_go_with_the_number_among_all() {
        Arrivals share = Arrivals.poisson(SEED, SPIKE).drawn(SEED, new Share(1, 3));

        assertThat(IntStream.range(0, share.count()).map(share::number))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(share.number(share.count() - 1)).isGreaterThan(share.count());
    }

    @Test
    void an_injector_with_nothing_to_do_is_refused_by_all() {
        Arrivals few = Arrivals.evenly(2, Duration.ofSeconds(1));
        for (int injector = 0; injector < 3; injector++) {
            Share share = new Share(injector, 3);
            assertThatThrownBy(() -> few.dealt(share))
                    .isInstanceOf(Misuse.class)
                    .hasMessageContaining("one of 3 injectors gets none");
        }
    }

    @Test
    void open_sessions_are_capped_for_the_whole() {
        Caps caps = new Caps(20, 50, Duration.ofMinutes(1));
        Target target =
                new Target("t", URI.create("http://127.0.0.1:1"), "b", null, "KEY", Environment.STAGING, false, caps);

        List<Integer> each = IntStream.range(0, 3)
                .mapToObj(
                        injector -> target.shared(new Share(injector, 3)).caps().openSessions())
                .toList();

        assertThat(each).containsExactly(17, 17, 16);
        assertThat(target.shared(new Share(0, 3)).caps().journeysPerSecond()).isEqualTo(20);
        assertThatThrownBy(() -> target.shared(new Share(0, 51)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("50 for 51");
    }

    private interface Cut {
        Arrivals of(Share share);
    }

    private static Map<Integer, Long> union(int injectors, Cut cut) {
        Map<Integer, Long> union = new TreeMap<>();
        for (int injector = 0; injector < injectors; injector++) {
            numbered(cut.of(new Share(injector, injectors)))
                    .forEach((number, offset) -> assertThat(union.put(number, offset))
                            .as("twice: " + number)
                            .isNull());
        }
        return union;
    }

    private static Map<Integer, Long> numbered(Arrivals arrivals) {
        Map<Integer, Long> numbered = new TreeMap<>();
        IntStream.range(0, arrivals.count()).forEach(k -> numbered.put(arrivals.number(k), arrivals.offsetNanos(k)));
        return numbered;
    }
}
