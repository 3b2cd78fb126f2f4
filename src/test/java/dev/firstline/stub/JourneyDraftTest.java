package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.contract.ContractFiles;
import dev.firstline.journey.Journey;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was said while it was recorded can be said again. */
final class JourneyDraftTest {
    private static final String ANSWER = """
            {"result":{"response":{"sessionId":"s-1","responseEvents":[{"blipCommandEvent":{"type":"t","content":"c"}},\
            {"messageEvent":{"role":"ASSISTANT","content":{"textContent":{"text":"Oi!"}}}}]}}}
            """;

    private final Redaction redaction = Redaction.of(List.of("Zoë"), List.of());
    private final Conversation conversation = new Conversation("shop");

    @TempDir
    private Path root;

    @Test
    void texts_are_a_journey_that_a_run_can_read() throws IOException {
        said(Endpoint.INVOKE, "Do you have \\\"Zoë's\\\" shoes?\\n- 42: yes # no");
        said(Endpoint.INVOKE_SYNC, "write to ana.silva@example.com");
        new RecordedStubs(root, redaction, "staging", Clock.system()).writeDraft(conversation);
        byte[] written = Files.readAllBytes(root.resolve("journeys/shop.yaml"));

        Journey journey = journey(written);

        assertThat(journey.name()).isEqualTo("shop");
        assertThat(journey.turns()).hasSize(2);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .contains("expect: messageEvent", "sync: true", "shoes?\\n- 42: yes # no\"")
                .doesNotContain("Zoë", "ana.silva", "@example.com");
    }

    @Test
    void what_is_no_text_has_to_be_completed_by_hand_and_says_so() {
        String request = "{\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"s-1\",\"inputEvents\":"
                + "[{\"buttonResponseEvent\":{\"buttonId\":\"b-1\"}}]}";
        conversation.add(Endpoint.INVOKE, request.getBytes(StandardCharsets.UTF_8), answer());
        String script = conversation.draft(redaction).text();

        assertThat(script).contains("# The customer sent no text but: buttonResponseEvent");
        assertThatThrownBy(() -> journey(script.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("shop.yaml:5");
    }

    @Test
    void before_the_first_turn_there_is_none() throws IOException {
        new RecordedStubs(root, redaction, "staging", Clock.system()).writeDraft(conversation);

        assertThat(root).isEmptyDirectory();
    }

    private void said(Endpoint endpoint, String text) {
        conversation.add(endpoint, Customer.says("s-1", text).getBytes(StandardCharsets.UTF_8), answer());
    }

    private static Take answer() {
        Tape tape = new Tape(0);
        tape.body(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.UTF_8)), 1);
        return tape.ended(2);
    }

    private static Journey journey(byte[] yaml) {
        return Journey.read(
                "shop.yaml",
                ContractFiles.shipped().read("shop.yaml", yaml, "journey").root());
    }
}
