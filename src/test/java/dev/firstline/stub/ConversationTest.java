package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes no recording, and the key in particular. */
final class ConversationTest {
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final String KEY = "k/9+Zx~Q\"7vT-staging";
    private static final Recording.Origin ORIGIN = new Recording.Origin("staging", "2026-11-20", "0.1.0");

    static Stream<String> hidingPlaces() {
        byte[] key = KEY.getBytes(StandardCharsets.UTF_8);
        String escaped = KEY.replace("\"", "\\\"");
        StringBuilder unicode = new StringBuilder();
        StringBuilder percent = new StringBuilder();
        StringBuilder hex = new StringBuilder();
        for (byte b : key) {
            unicode.append("\\u00%02x".formatted(b));
            percent.append("%%%02X".formatted(b));
            hex.append("%02X".formatted(b));
        }
        String basic = Base64.getEncoder().encodeToString(("me:" + KEY).getBytes(StandardCharsets.UTF_8));
        String url = Base64.getUrlEncoder().encodeToString((KEY + "&more").getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                "{\"t\":\"" + Base64.getEncoder().encodeToString(key) + "\"}",
                "{\"t\":\"" + basic + "\"}",
                "{\"t\":\"x" + url + "\"}",
                "{\"t\":\"" + percent + "\"}",
                "{\"t\":\"" + hex + "\"}",
                "{\"t\":\"" + unicode.toString().replace("\\", "\\\\") + "\"}",
                "{\"t\":\"{\\\"k\\\":\\\"" + escaped.replace("\\", "\\\\\\").replace("\\\\\"", "\\\\\\\"")
                        + "\\\"}\"}");
    }

    @ParameterizedTest
    @MethodSource("hidingPlaces")
    void a_recording_that_still_holds_the_key_is_refused(String line) {
        Redaction redaction = Redaction.of(List.of(), List.of(), SECRET);
        Conversation conversation = conversation(line + "\n");
        assertThat(conversation.pages(redaction, ORIGIN))
                .as("before the key is known")
                .hasSize(1);
        redaction.lookOutFor(KEY);

        assertThatThrownBy(() -> conversation.pages(redaction, ORIGIN))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("the key")
                .hasMessageContaining("j/turn-1.ndjson:2")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
    }

    @Test
    void the_key_in_other_letters_is_replaced_too() {
        Redaction redaction = Redaction.of(List.of(), List.of(), SECRET);
        redaction.lookOutFor("The-Key-Of-Nobody");
        String text = conversation("{\"t\":\"THE-KEY-OF-NOBODY\"}\n")
                .pages(redaction, ORIGIN)
                .get(0)
                .text();

        assertThat(text).doesNotContainIgnoringCase("the-key-of-nobody");
        assertThat(new KeyForms("The-Key-Of-Nobody").in("the-key-OF-nobody")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\\u0022"})
    void the_key_as_it_is_or_escaped_is_replaced(String quote) {
        Redaction redaction = Redaction.of(List.of(), List.of(), SECRET);
        redaction.lookOutFor(KEY);
        String line = "{\"t\":\"your key: <" + KEY.replace("\"", quote.equals("\"") ? "\\\"" : quote) + ">\"}\n";
        String text = conversation(line).pages(redaction, ORIGIN).get(0).text();

        assertThat(new KeyForms(KEY).in(line)).isPresent();
        assertThat(new KeyForms(KEY).in(text)).isEqualTo(Optional.empty());
        assertThat(text).contains("{\"t\":\"your key: <");
        assertThat(redaction.summary()).isEqualTo("1 x key");
    }

    @Test
    void a_line_that_says_a_placeholder_itself_is_refused() {
        String session = "{\"t\":\"{{sessionId}}\",\"s\":\"session-1\"}\n";

        assertThatThrownBy(() -> conversation(session).pages(Redaction.of(List.of(), List.of()), ORIGIN))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("{{sessionId}}");
        assertThat(conversation("{\"t\":\"{{sessionId}}\"}\n")
                        .pages(Redaction.of(List.of(), List.of()), ORIGIN)
                        .get(0)
                        .text())
                .as("where it is not declared it is text")
                .contains("{\"t\":\"{{sessionId}}\"}", "\"placeholders\":[]");
    }

    private static Conversation conversation(String body) {
        Tape tape = new Tape(0);
        tape.body(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), 1);
        Conversation conversation = new Conversation("j");
        conversation.add(
                Endpoint.INVOKE, Customer.says("session-1", "Oi!").getBytes(StandardCharsets.UTF_8), tape.ended(2));
        return conversation;
    }
}
