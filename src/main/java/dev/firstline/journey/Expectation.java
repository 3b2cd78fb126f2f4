package dev.firstline.journey;

import dev.firstline.wire.ContentKind;
import dev.firstline.wire.Event;
import dev.firstline.wire.EventKind;
import dev.firstline.wire.InteractiveKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind that a turn's answer should bring: of event, of message content or of interactive.
 *
 * @param wireName its JSON key in camelCase, one of {@link #NAMES}
 */
public record Expectation(String wireName) {
    /** Every kind that can be expected, by its camelCase JSON key. */
    public static final List<String> NAMES = names();

    public Expectation {
        if (!NAMES.contains(wireName)) {
            throw new IllegalArgumentException("no kind of event, content or interactive is called " + wireName);
        }
    }

    /** Whether an event is, or holds, what is expected. */
    public boolean metBy(Event event) {
        return event.is(wireName);
    }

    @Override
    public String toString() {
        return wireName;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        Stream.of(
                        Arrays.stream(EventKind.values()).map(EventKind::wireName),
                        Arrays.stream(ContentKind.values()).map(ContentKind::wireName),
                        Arrays.stream(InteractiveKind.values()).map(InteractiveKind::wireName))
                .flatMap(kinds -> kinds)
                .forEach(names::add);
        return Collections.unmodifiableList(names);
    }
}
