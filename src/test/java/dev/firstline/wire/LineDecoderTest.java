package dev.firstline.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LineDecoderTest {
    /** A body of up to so many bytes is cut in every way there is: 2^13 of them. */
    private static final int EVERY_WAY_BYTES_MAX = 14;

    private static Stream<Arguments> bodies() {
        return Stream.of(
                body("nothing", ""),
                body("one line", "{}\n", "{}"),
                body("a line without its newline", "{}\n{\"a\":1", "{}", "{\"a\":1~"),
                body("blank lines are lines", "\n\n \t\n{}\n", "", "", " \t", "{}"),
                body("a carriage return goes with its newline", "a\r\nb\r\n\r\n", "a", "b", ""),
                body("only one of them", "a\r\r\nb\n", "a\r", "b"),
                body("a lone carriage return is text", "a\rb\n\rc\n", "a\rb", "\rc"),
                body("a last carriage return without a newline stays", "a\n\r", "a", "\r~"),
                body("U+2028 is text", "\u2028a\u2029\nb\n", "\u2028a\u2029", "b"),
                body("U+0085 is text", "\u0085a\u0085\nb\n", "\u0085a\u0085", "b"),
                body("other separators are text", "a\u000Bb\fc\u001Ed\n", "a\u000Bb\fc\u001Ed"),
                body("an emoji lies across chunks", "👋\né👋\n", "👋", "é👋"),
                body("no line at all", "👋é", "👋é~"),
                body(
                        "longer ones",
                        "{\"text\":\"Oi, Zoë! 👋\"}\r\n\n{\"text\":\"Blvd. – Saltillo\u2028\"}\n{\"error\":{}}",
                        "{\"text\":\"Oi, Zoë! 👋\"}",
                        "",
                        "{\"text\":\"Blvd. – Saltillo\u2028\"}",
                        "{\"error\":{}}~"));
    }

    /** A tilde stands for a newline that never came. */
    private static Arguments body(String name, String body, String... lines) {
        return Arguments.of(name, body, List.of(lines));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void lines_are_the_same_whatever_the_chunks(String name, String body, List<String> lines) {
        byte[] bytes = body.getBytes(UTF_8);
        for (int[] cuts : cuts(bytes.length)) {
            assertThat(decode(bytes, cuts))
                    .as("cut at %s", Arrays.toString(cuts))
                    .isEqualTo(lines);
        }
    }

    private static List<int[]> cuts(int length) {
        List<int[]> ways = new ArrayList<>();
        if (length <= EVERY_WAY_BYTES_MAX) {
            for (int way = 0; way < 1 << Math.max(0, length - 1); way++) {
                ways.add(bits(way));
            }
            return ways;
        }
        ways.add(new int[0]);
        for (int first = 1; first < length; first++) {
            ways.add(new int[] {first});
            for (int second = first; second < length; second++) {
                ways.add(new int[] {first, second});
            }
        }
        int[] everyByte = new int[length];
        Arrays.setAll(everyByte, i -> i);
        ways.add(everyByte);
        return ways;
    }

    private static int[] bits(int way) {
        return IntStream.range(0, 31)
                .filter(bit -> (way >> bit & 1) == 1)
                .map(bit -> bit + 1)
                .toArray();
    }

    private static List<String> decode(byte[] bytes, int[] cuts) {
        LineDecoder decoder = new LineDecoder();
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            decoder.feed(ByteBuffer.wrap(bytes, from, cut - from), lines::add);
            from = cut;
        }
        assertThat(decoder.feed(ByteBuffer.wrap(bytes, from, bytes.length - from), lines::add))
                .isTrue();
        decoder.end().ifPresent(lines::add);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).number()).isEqualTo(i + 1);
        }
        assertThat(decoder.lines()).isEqualTo(lines.size());
        assertThat(decoder.end()).isEmpty();
        return lines.stream()
                .map(line -> line.terminated() ? line.text() : line.text() + "~")
                .toList();
    }

    @Test
    void a_line_arrives_when_its_newline_does() {
        LineDecoder decoder = new LineDecoder();
        List<Line> lines = new ArrayList<>();

        decoder.feed(bytes("{\"a\":1}"), lines::add);
        assertThat(lines).isEmpty();
        assertThat(decoder.pendingBytes()).isEqualTo(7);

        decoder.feed(bytes("\n"), lines::add);
        assertThat(lines).extracting(Line::text).containsExactly("{\"a\":1}");
        assertThat(decoder.pendingBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void only_what_lies_between_position_and_limit_is_read_and_all_of_it(boolean direct) {
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(16) : ByteBuffer.allocate(16);
        buffer.put(bytes("XX{}\n{}YYYY")).position(2).limit(7);
        List<Line> lines = new ArrayList<>();
        LineDecoder decoder = new LineDecoder();

        decoder.feed(buffer, lines::add);
        decoder.feed(buffer.asReadOnlyBuffer(), lines::add);
        decoder.feed(ByteBuffer.wrap("..\n..".getBytes(UTF_8), 2, 1).slice(), lines::add);

        assertThat(lines).extracting(Line::text).containsExactly("{}", "{}");
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @Test
    void a_line_keeps_its_bytes_when_the_chunk_is_used_again() {
        byte[] chunk = "{\"a\":1}\n".getBytes(UTF_8);
        List<Line> lines = new ArrayList<>();

        new LineDecoder().feed(ByteBuffer.wrap(chunk), lines::add);
        Arrays.fill(chunk, (byte) '?');

        assertThat(lines).extracting(Line::text).containsExactly("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 100})
    void a_line_may_be_as_long_as_the_bound_and_not_a_byte_longer(int chunk) {
        List<Line> lines = new ArrayList<>();
        LineDecoder decoder = new LineDecoder(5);

        assertThat(feed(decoder, "12345\n1\n12345\n", chunk, lines)).isTrue();
        assertThat(feed(decoder, "123456\n7\n8", chunk, lines)).isFalse();
        assertThat(decoder.feed(bytes("9\n"), lines::add)).isFalse();
        assertThat(decoder.end()).isEmpty();

        assertThat(lines).extracting(Line::text).containsExactly("12345", "1", "12345");
        assertThat(decoder.pendingBytes()).isZero();
        assertThat(decoder.lines()).isEqualTo(3);
    }

    @Test
    void a_last_line_without_newline_has_the_same_bound() {
        List<Line> lines = new ArrayList<>();
        assertThat(new LineDecoder(5).feed(bytes("12345"), lines::add)).isTrue();
        assertThat(new LineDecoder(5).feed(bytes("123456"), lines::add)).isFalse();
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_bound_is_positive(int bound) {
        assertThatThrownBy(() -> new LineDecoder(bound)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_decoder_can_go_on_where_another_one_stopped() {
        List<Line> lines = new ArrayList<>();
        LineDecoder decoder = new LineDecoder(5, 41);

        decoder.feed(bytes("a\nb"), lines::add);
        decoder.end().ifPresent(lines::add);

        assertThat(lines).extracting(Line::number).containsExactly(42, 43);
        assertThat(decoder.lines()).isEqualTo(43);
        assertThatThrownBy(() -> new LineDecoder(5, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_megabyte_byte_by_byte_costs_a_few_megabytes() {
        int length = 1 << 20;
        ByteBuffer one = ByteBuffer.allocate(1).put(0, (byte) 'a');
        List<Line> lines = new ArrayList<>();
        Consumer<Line> sink = lines::add;
        LineDecoder decoder = new LineDecoder();

        long before = allocatedBytes();
        for (int i = 0; i < length; i++) {
            decoder.feed(one.rewind(), sink);
        }
        decoder.feed(bytes("\n"), sink);
        long allocated = allocatedBytes() - before;

        assertThat(lines.get(0).bytes()).hasSize(length);
        // Doubling needs 2 × 1 MiB; growing by a constant would need gigabytes.
        assertThat(allocated).isLessThan(8L << 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {4_096, 1 << 20})
    void a_megabyte_in_large_chunks_is_one_line(int chunk) {
        List<Line> lines = new ArrayList<>();
        assertThat(feed(new LineDecoder(), "a".repeat(1 << 20) + "\r\n{}\n", chunk, lines))
                .isTrue();
        assertThat(lines).extracting(line -> line.bytes().length).containsExactly(1 << 20, 2);
    }

    @Test
    void a_line_of_spaces_tabs_and_carriage_returns_is_blank() {
        List<Line> lines = new ArrayList<>();
        new LineDecoder().feed(bytes("\n \t\n\r\r\n\u00A0\n.\n"), lines::add);
        assertThat(lines).extracting(Line::isBlank).containsExactly(true, true, true, false, false);
    }

    private static boolean feed(LineDecoder decoder, String body, int chunk, List<Line> lines) {
        byte[] bytes = body.getBytes(UTF_8);
        boolean fits = true;
        for (int from = 0; from < bytes.length; from += chunk) {
            fits = decoder.feed(ByteBuffer.wrap(bytes, from, Math.min(chunk, bytes.length - from)), lines::add);
        }
        return fits;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static long allocatedBytes() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class)
                .getCurrentThreadAllocatedBytes();
    }
}
