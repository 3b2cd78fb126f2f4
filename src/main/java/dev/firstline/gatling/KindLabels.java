package dev.firstline.gatling;

import dev.firstline.wire.ContentKind;
import dev.firstline.wire.Event;
import dev.firstline.wire.EventKind;
import dev.firstline.wire.InteractiveKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What results call an event: {@code messageEvent.textContent}. Made once, for every event of a load run asks for it.
 */
final class KindLabels {
    /** The name of an event of no kind that we know. */
    static final String UNKNOWN = "unknown";

    private static final Map<ContentKind, String> CONTENTS =
            labels(EventKind.MESSAGE_EVENT, ContentKind.class, ContentKind::wireName);
    private static final Map<InteractiveKind, String> INTERACTIVES =
            labels(EventKind.CONNECTLY_INTERACTIVE_EVENT, InteractiveKind.class, InteractiveKind::wireName);

    private KindLabels() {}

    static String of(Event event) {
        if (event.kind() == null) {
            return UNKNOWN;
        }
        // An event of two kinds goes by the first, and what the other one holds is not the first one's.
        if (event.kind() == EventKind.MESSAGE_EVENT && event.content() != null) {
            return CONTENTS.getOrDefault(event.content(), UNKNOWN);
        }
        if (event.kind() == EventKind.CONNECTLY_INTERACTIVE_EVENT && event.interactive() != null) {
            return INTERACTIVES.getOrDefault(event.interactive(), UNKNOWN);
        }
        return event.kind().wireName();
    }

    private static <K extends Enum<K>> Map<K, String> labels(
            EventKind kind, Class<K> within, Function<K, String> wireName) {
        Map<K, String> labels = new EnumMap<>(within);
        for (K one : within.getEnumConstants()) {
            labels.put(one, kind.wireName() + "." + wireName.apply(one));
        }
        return labels;
    }
}
