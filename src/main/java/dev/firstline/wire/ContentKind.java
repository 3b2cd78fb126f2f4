package dev.firstline.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The four kinds of content that a message holds, in requests and in answers. */
public enum ContentKind {
    TEXT_CONTENT("textContent"),
    AUDIO_CONTENT("audioContent"),
    IMAGE_CONTENT("imageContent"),
    LOCATION_CONTENT("locationContent");

    private static final Map<String, ContentKind> BY_WIRE_NAME = WireNames.index(values(), ContentKind::wireName);

    private final String wireName;

    ContentKind(String wireName) {
        this.wireName = wireName;
    }

    /** The JSON key in the API's camelCase spelling. */
    public String wireName() {
        return wireName;
    }

    /** The kind that a JSON key names, in either spelling that protobuf servers write, or null for an unknown key. */
    public static @Nullable ContentKind of(String key) {
        return BY_WIRE_NAME.get(key);
    }
}
