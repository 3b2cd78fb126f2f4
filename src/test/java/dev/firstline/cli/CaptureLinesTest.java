package dev.firstline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.wire.LineDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptureLinesTest {
    private static final String TOO_LONG = "x".repeat(LineDecoder.LINE_BYTES_MAX + 1);

    @ParameterizedTest
    @ValueSource(ints = {CaptureLines.CHUNK_BYTES, 100_003})
    void a_line_that_is_too_long_is_told_of_and_the_next_ones_are_read(int chunk) {
        assertThat(read("a\n" + TOO_LONG + "\nb\n\n" + TOO_LONG + TOO_LONG + "\r\nc", chunk))
                .containsExactly("1 a", "2 too long", "3 b", "4 ", "5 too long", "6 c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void the_last_line_may_be_too_long(String end) {
        assertThat(read("a\n" + TOO_LONG + end, CaptureLines.CHUNK_BYTES)).containsExactly("1 a", "2 too long");
    }

    private static List<String> read(String text, int chunk) {
        List<String> seen = new ArrayList<>();
        CaptureLines lines = new CaptureLines(
                line -> seen.add(line.number() + " " + line.text()), number -> seen.add(number + " too long"));
        byte[] bytes = text.getBytes(UTF_8);
        byte[] buffer = new byte[chunk];
        for (int from = 0; from < bytes.length; from += chunk) {
            int length = Math.min(chunk, bytes.length - from);
            System.arraycopy(bytes, from, buffer, 0, length);
            lines.feed(buffer, length);
        }
        lines.end();
        assertThat(lines.lines()).isEqualTo(seen.size());
        return seen;
    }
}
