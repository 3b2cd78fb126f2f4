package dev.firstline.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code responseEvents}, as far as a journey and its timing need it.
 *
 * @param kind the kind that its key names, or null for no key or an unknown one
 * @param key the key as the server spelt it, or the empty string where the element had none
 * @param content what a {@code messageEvent} holds, or null
 * @param interactive what a {@code connectlyInteractiveEvent} holds, or null
 * @param eventId the event's id, or null where it is absent
 * @param choices the rows and buttons it shows, in order
 */
public record Event(
        @Nullable EventKind kind,
        String key,
        @Nullable ContentKind content,
        @Nullable InteractiveKind interactive,
        @Nullable String eventId,
        List<Choice> choices) {
    public Event {
        choices = List.copyOf(choices);
    }

    /** Whether a customer sees it; never so for an event without a kind. */
    public boolean customerSees() {
        return kind != null && kind.customerSees();
    }

    /** Whether the event's kind, its content's or its interactive's has this name in the API's camelCase spelling. */
    public boolean is(String wireName) {
        return (kind != null && kind.wireName().equals(wireName))
                || (content != null && content.wireName().equals(wireName))
                || (interactive != null && interactive.wireName().equals(wireName));
    }
}
