package dev.firstline.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.wire.Envelope.Answer;
import dev.firstline.wire.Envelope.Malformed;
import dev.firstline.wire.Envelope.Wrapper;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not one JSON object in UTF-8, and what only looks as if it were not. */
final class MalformedLineTest {
    private static Stream<byte[]> malformed() {
        Charset utf16 = Charset.forName("UTF-16LE");
        String secret = "{\"secret\":1}";
        return Stream.of(
                bytes(""),
                bytes("  \t"),
                bytes("secret"),
                bytes("\"secret\""),
                bytes("[{\"secret\":1}]"),
                bytes("null"),
                bytes("<html>secret</html>"),
                bytes("{\"secret\":1"),
                bytes("{\"secret\":\"secret"),
                bytes("{\"secret\":1,}"),
                bytes("{'secret':1}"),
                bytes("{secret:1}"),
                bytes("{\"secret\":NaN}"),
                bytes("{\"secret\":01}"),
                bytes("{\"secret\":secret}"),
                bytes("{\"secret\":\"\\q\"}"),
                bytes("{\"secret\":\"\u0001\"}"),
                bytes("{\"secret\":1} // secret"),
                bytes("{\"secret\":1}{\"secret\":1}"),
                bytes("{\"secret\":1}]"),
                bytes("{\"secret\":1} secret"),
                bytes("{\"secret\":1,\"secret\":2}"),
                bytes("{\"result\":{\"response\":{\"secret\":1,\"\\u0073ecret\":2}}}"),
                bytes("{\"response\":{\"responseEvents\":[{\"messageEvent\":{\"x\":[{\"secret\":{},"
                        + "\"secret\":{}}]}}]}}"),
                bytes("{\"response\":{\"sessionId\":\"secret\",\"sessionId\":\"secret\"}}"),
                bytes("{\"secret\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}"),
                bytes("{\"secret\":" + "{\"secret\":".repeat(2_000) + "1" + "}".repeat(2_001)),
                bytes("\uFEFF" + secret),
                secret.getBytes(utf16),
                ("\uFEFF" + secret).getBytes(utf16),
                secret.getBytes(Charset.forName("UTF-16BE")),
                secret.getBytes(Charset.forName("UTF-32LE")),
                secret.getBytes(Charset.forName("UTF-32BE")),
                withBytes(0xFF),
                withBytes(0x80),
                withBytes(0xC3),
                withBytes(0xC0, 0x80),
                withBytes(0xED, 0xA0, 0x80),
                withBytes(0xED, 0xA0, 0xBD, 0xED, 0xB1, 0x8B),
                withBytes(0xF5, 0x80, 0x80, 0x80),
                withBytes(0xF0, 0x80, 0x80, 0x80),
                withBytes(0xE2, 0x82));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void what_is_not_one_json_object_in_utf8_is_malformed_and_not_quoted(byte[] line) {
        Envelope envelope = EnvelopeReader.read(line);
        assertThat(envelope).as(new String(line, UTF_8)).isInstanceOf(Malformed.class);
        assertThat(((Malformed) envelope).reason())
                .isNotBlank()
                .doesNotContain("secret")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1,"a":2}        | duplicate key at byte
                    {"a":1} x            | not valid JSON at byte
                    {"a":1}{}            | something follows the JSON object at byte
                    {"a":                | not valid JSON at byte
                    7                    | not a JSON object
                    ``                   | nothing but white space
                    """)
    void the_reason_tells_what_and_where(String line, String reason) {
        assertThat(((Malformed) read(line)).reason()).startsWith(reason);
    }

    @Test
    void a_lone_surrogate_that_is_escaped_is_json() {
        assertThat(read("{\"response\":{\"sessionId\":\"\\ud800\"}}"))
                .isEqualTo(new Answer(Wrapper.RESPONSE, "\ud800", List.of()));
    }

    @Test
    void depth_and_size_within_reason_are_fine() {
        assertThat(read("{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}")).isInstanceOf(Answer.class);
        assertThat(read("{\"a\":" + "1".repeat(900) + "}")).isInstanceOf(Answer.class);
        assertThat(read("{\"error\":{\"code\":" + "1".repeat(5_000) + "}}")).isInstanceOf(Malformed.class);
        String text = "é".repeat(1 << 20);
        assertThat(read("{\"response\":{\"sessionId\":\"" + text + "\"}}"))
                .isEqualTo(new Answer(Wrapper.RESPONSE, text, List.of()));
    }

    @Test
    void nothing_that_is_mutated_or_cut_throws() {
        Random random = new Random(20_261_120);
        List<byte[]> samples = new ArrayList<>(EnvelopeReaderTest.nineLines());
        samples.add(bytes("{\"error\":{\"code\":14,\"message\":\"gone\",\"details\":[]}}"));
        samples.add(bytes("{\"message\":\"m\",\"type\":\"T\",\"code\":\"C\",\"details\":{\"a\":[1.5e3,null]}}"));
        byte[] tokens = bytes("{}[]\",:\\u0d8tfn1-.e \u00e9");
        int malformed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] line = samples.get(random.nextInt(samples.size())).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(line.length);
                line[at] = random.nextBoolean() ? (byte) random.nextInt(256) : tokens[random.nextInt(tokens.length)];
            }
            byte[] cut = random.nextInt(3) == 0 ? Arrays.copyOf(line, random.nextInt(line.length)) : line;
            Envelope envelope = EnvelopeReader.read(cut);
            assertThat(envelope).isNotNull();
            malformed += envelope instanceof Malformed ? 1 : 0;
        }
        assertThat(malformed).isBetween(1_000, 19_000);
    }

    private static Envelope read(@Nullable String line) {
        return EnvelopeReader.read(bytes(line == null ? "" : line));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** The bytes inside a text that nobody would ask for. */
    private static byte[] withBytes(int... bytes) {
        ByteBuffer line = ByteBuffer.allocate(bytes.length + 15).put(bytes("{\"secret\":\""));
        for (int b : bytes) {
            line.put((byte) b);
        }
        return Arrays.copyOf(line.put(bytes("\"}")).array(), line.position());
    }
}
