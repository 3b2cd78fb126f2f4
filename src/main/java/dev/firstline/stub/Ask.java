package dev.firstline.stub;

import dev.firstline.wire.InputKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks, as far as the stub reads it. An absent text is empty, as in protobuf.
 *
 * @param inputs the input events, in order
 */
record Ask(String businessId, String clientKey, String sessionId, List<Input> inputs) implements AskReader.Asked {
    Ask {
        inputs = List.copyOf(inputs);
    }

    /**
     * One input event.
     *
     * @param kind null for a key that the gateway does not know, which it drops
     * @param text a customer's text, or ""
     */
    record Input(@Nullable InputKind kind, String text) {}

    /** The kind of the last input event, or null if there is none. */
    @Nullable
    InputKind lastKind() {
        return inputs.isEmpty() ? null : inputs.get(inputs.size() - 1).kind();
    }

    /** The text of the last input event, without the white space around it; empty if it bears none. */
    String lastText() {
        return inputs.isEmpty() ? "" : inputs.get(inputs.size() - 1).text().strip();
    }
}
