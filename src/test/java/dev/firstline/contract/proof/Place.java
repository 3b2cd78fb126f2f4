package dev.firstline.contract.proof;

import java.util.Comparator;

/**
 * A place in the schemas.
 *
 * @param file a schema's path below {@code v1}: {@code events/message-event.schema.json}
 * @param pointer the JSON pointer of a schema object, or of one of its keywords
 */
record Place(String file, String pointer) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::file).thenComparing(Place::pointer);

    /** The place below this one, by the keys that lead there. */
    Place in(String... keys) {
        StringBuilder longer = new StringBuilder(pointer);
        for (String key : keys) {
            longer.append('/').append(escaped(key));
        }
        return new Place(file, longer.toString());
    }

    /** The last key of the pointer: of a keyword's place, the keyword. */
    String keyword() {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    /** The schema object that a keyword stands in. */
    Place around() {
        return new Place(file, pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))));
    }

    /** A key as a JSON pointer spells it. */
    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** As a finding names its source: {@code events/message-event.schema.json#/required}. */
    @Override
    public String toString() {
        return file + "#" + pointer;
    }
}
