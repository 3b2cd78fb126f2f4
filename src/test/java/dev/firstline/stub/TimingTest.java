package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that are drawn: by which distribution, and always alike for one seed. */
final class TimingTest {
    private static final long MILLI = 1_000_000;
    private static final int TAKES = 40;

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({"0, 10", "0.25, 15", "0.5, 20", "0.75, 30", "1, 40"})
    void a_quantile_lies_on_the_line_between_two_that_were_seen(double share, long nanos) {
        assertThat(new Quantiles(new long[] {40, 10, 20}).at(share)).isEqualTo(nanos);
    }

    @Test
    void of_one_time_every_quantile_is_that() {
        assertThat(new Quantiles(new long[] {7}).at(0.3)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 2 3 4 | 1 2 3 4   | 0    | 0
            1 2 3 4 | 3 4 5 6   | 0.5  | 2
            1 2 3 4 | 5 6 7 8   | 1    | 4
            0 600   | 0 0 600   | 0.1667 | 100
            5       | 5 5 5     | 0    | 0
            1 1 1 9 | 1 9 9 9   | 0.5  | 4
            """)
    void distances_are_what_one_works_out_by_hand(String one, String other, double ks, long move) {
        Quantiles here = quantiles(one);
        Quantiles there = quantiles(other);

        assertThat(here.farthest(there)).isCloseTo(ks, within(0.0001)).isEqualTo(there.farthest(here));
        assertThat(here.moveNanos(there)).isEqualTo(move).isEqualTo(there.moveNanos(here));
    }

    @Test
    void what_is_drawn_is_distributed_like_the_takes() throws IOException {
        Fit takes = takes().fit(recording(400, 100, 50).answers()).orElseThrow();
        Timings timings = new Timings(new Timing.Fitted(), 7, takes());
        List<Recording> drawn = LongStream.range(0, 2_000)
                .mapToObj(i -> timings.of(recording(400, 100, 50), null))
                .toList();
        Fit fit = Fit.of(drawn).orElseThrow();

        assertThat(fit.firstLine().farthest(takes.firstLine())).isLessThan(0.05);
        assertThat(fit.firstLine().moveNanos(takes.firstLine())).isLessThan(10 * MILLI);
        assertThat(fit.gap().orElseThrow().farthest(takes.gap().orElseThrow())).isLessThan(0.05);
        assertThat(fit.firstLine().at(0))
                .isGreaterThanOrEqualTo(takes.firstLine().at(0));
        assertThat(fit.firstLine().at(1)).isLessThanOrEqualTo(takes.firstLine().at(1));
        assertThat(drawn).allSatisfy(recording -> {
            assertThat(recording.headersNanos())
                    .isEqualTo(recording.rows().get(0).atNanos() - 10 * MILLI);
            assertThat(recording.rows()).extracting(Recording.Row::atNanos).isSorted();
            assertThat(recording.endNanos())
                    .isGreaterThanOrEqualTo(recording.rows().get(2).atNanos());
        });
    }

    @Test
    void the_same_seed_draws_the_same_times_whatever_else_is_played() throws IOException {
        assertThat(firstLines(7, false)).isEqualTo(firstLines(7, true)).isNotEqualTo(firstLines(8, false));
    }

    private List<Long> firstLines(long seed, boolean withOthers) throws IOException {
        Timings timings = new Timings(new Timing.Fitted(), seed, takes());
        return LongStream.range(0, 20)
                .mapToObj(i -> {
                    if (withOthers) {
                        timings.of(RecordingReader.read("r", text(400, 100, 50).replace("\"shop\"", "\"b\"")), null);
                    }
                    return timings.of(recording(400, 100, 50), null)
                            .rows()
                            .get(0)
                            .atNanos();
                })
                .toList();
    }

    @Test
    void jitter_changes_every_wait_and_its_median_is_one() throws IOException {
        Timings timings = new Timings(new Timing.Recorded(), 1, takes());
        Recording recorded = recording(400, 100, 50);
        List<Recording> drawn = LongStream.range(0, 2_000)
                .mapToObj(i -> timings.of(recorded, new Timing.Jitter(0.2)))
                .toList();
        Fit fit = Fit.of(drawn).orElseThrow();

        assertThat(fit.gap().orElseThrow().at(0.5)).isCloseTo(100 * MILLI, within(2 * MILLI));
        assertThat(fit.gap().orElseThrow().at(0.16)).isCloseTo(82 * MILLI, within(2 * MILLI));
        assertThat(fit.gap().orElseThrow().at(0.84)).isCloseTo(122 * MILLI, within(2 * MILLI));
        assertThat(timings.of(recorded, new Timing.Jitter(0)).rows()).isEqualTo(recorded.rows());
        assertThat(timings.of(recorded, null)).isSameAs(recorded);
    }

    @Test
    void an_answer_lasts_as_long_as_is_asked_for_and_its_lines_keep_their_shares_of_it() throws IOException {
        Timings timings = new Timings(new Timing.Recorded(), 1, takes());
        Recording recorded = recording(400, 100, 50);
        Recording constant = timings.of(recorded, Timing.parse("constant=1300", "here"));
        double mean = LongStream.range(0, 20_000)
                .mapToObj(i -> timings.of(recorded, Timing.parse("exponential=100", "here")))
                .mapToLong(Recording::endNanos)
                .average()
                .orElseThrow();

        assertThat(recorded.endNanos()).isEqualTo(650 * MILLI);
        assertThat(constant.endNanos()).isEqualTo(1300 * MILLI);
        assertThat(constant.rows())
                .extracting(Recording.Row::atNanos)
                .containsExactly(800 * MILLI, 1000 * MILLI, 1200 * MILLI);
        assertThat(mean).isCloseTo(100 * MILLI, within(2.0 * MILLI));
    }

    @Test
    void without_any_takes_nothing_can_be_fitted() throws IOException {
        Takes none = Takes.read(root.resolve("empty"), "root");

        assertThatThrownBy(() -> new Timings(new Timing.Fitted(), 1, none))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("--takes");
    }

    @Test
    void a_turn_without_takes_is_played_as_recorded() throws IOException {
        Recording other = RecordingReader.read("r", text(400, 100, 50).replace("\"turn\":1", "\"turn\":2"));

        assertThat(new Timings(new Timing.Fitted(), 1, takes()).of(other, null)).isSameAs(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slow",
                "jitter",
                "jitter=",
                "jitter=-1",
                "jitter=3",
                "jitter=NaN",
                "fitted=1",
                "constant",
                "constant=-1",
                "exponential=1e9",
                "exponential=NaN"
            })
    void what_is_no_timing_is_misuse(String text) {
        assertThatThrownBy(() -> Timing.parse(text, "here"))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("a timing")
                .hasMessageContaining("here");
    }

    /** First lines from 400 to 595 ms, gaps from 100 to 139 ms. */
    private Takes takes() throws IOException {
        Path folder = Files.createDirectories(root.resolve(Takes.FOLDER).resolve("shop/turn-1"));
        for (int i = 0; i < TAKES; i++) {
            Files.writeString(folder.resolve("take-%03d.ndjson".formatted(i)), text(400 + 5 * i, 100 + i, 50));
        }
        return Takes.read(root, "root");
    }

    private static Recording recording(int first, int gap, int tail) {
        return RecordingReader.read("r", text(first, gap, tail));
    }

    private static String text(int first, int gap, int tail) {
        return String.format(Locale.ROOT, """
                {"recording":1,"answers":{"endpoint":"invoke","journey":"shop","turn":1,"text":"Hi"},"status":200,\
                "headers":{},"headersAt":%d,"endAt":%d,"placeholders":[],"from":{"source":"s","date":"2026-11-20"}}
                {"at":%d,"line":{}}
                {"at":%d,"line":{}}
                {"at":%d,"line":{}}
                """, first - 10, first + 2 * gap + tail, first, first + gap, first + 2 * gap);
    }

    private static Quantiles quantiles(String nanos) {
        return new Quantiles(List.of(nanos.trim().split(" ")).stream()
                .mapToLong(Long::parseLong)
                .toArray());
    }
}
