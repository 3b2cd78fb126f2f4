package dev.firstline.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The five kinds of event that a customer's side sends ({@code inputEvents}). */
public enum InputKind {
    MESSAGE_EVENT("messageEvent"),
    BUTTON_RESPONSE_EVENT("buttonResponseEvent"),
    LIST_REPLY_EVENT("listReplyEvent"),
    FILLED_FORM_RESPONSE_EVENT("filledFormResponseEvent"),
    STORE_EVENT("storeEvent");

    private static final Map<String, InputKind> BY_WIRE_NAME = WireNames.index(values(), InputKind::wireName);

    private final String wireName;

    InputKind(String wireName) {
        this.wireName = wireName;
    }

    /** The JSON key in the API's camelCase spelling. */
    public String wireName() {
        return wireName;
    }

    /** The kind that a JSON key names, in either spelling that protobuf servers write, or null for an unknown key. */
    public static @Nullable InputKind of(String key) {
        return BY_WIRE_NAME.get(key);
    }
}
