package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What is promised of one message and no schema can state: that two of its members agree. */
final class Beyond {
    private static final Map<String, BiConsumer<ObjectNode, Probe>> BY_PATH =
            Map.of("interactive/list-message" + Schemas.ENDING, Beyond::label);

    private Beyond() {}

    /** What holds beyond a schema, by its path, or null. */
    static @Nullable BiConsumer<ObjectNode, Probe> of(String path) {
        return BY_PATH.get(path);
    }

    /** A list's button says what its {@code buttonText} says, where both say anything (A22). */
    private static void label(ObjectNode list, Probe probe) {
        String spelling = list.has("buttonText") ? "buttonText" : "button_text";
        JsonNode buttonText = list.path(spelling);
        JsonNode text = list.path("button").path("text");
        boolean bothSay = isText(buttonText) && isText(text);
        if (bothSay && !text.equals(buttonText)) {
            probe.enter(spelling);
            probe.found(Rule.LABEL_MISMATCH, "what the button says, " + Seen.of(text), buttonText, "A22");
            probe.leave();
        }
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty();
    }
}
