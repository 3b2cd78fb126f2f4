package dev.firstline.stub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import java.util.Base64;
import java.util.Iterator;
import java.util.Set;

/** A JSON object of a recording, whose members are asked for by name and type. */
record JsonRow(JsonNode object, String where) {
    private static final int ABRIDGED_CHARS = 120;
    /** The longest time that a row can name: an hour. */
    private static final double MILLIS_MAX = 3_600_000;

    /** @throws Misuse if it is no object */
    JsonRow {
        if (!object.isObject()) {
            throw new Misuse("a JSON object", abridged(object.toString()), where, "write {\"at\":400,\"line\":{...}}");
        }
    }

    boolean has(String key) {
        return object.has(key);
    }

    JsonNode get(String key) {
        return object.path(key);
    }

    String text(String key) {
        if (!get(key).isTextual()) {
            throw misuse("\"" + key + "\" as a text", get(key).toString());
        }
        return get(key).textValue();
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    byte[] bytes(String key) {
        try {
            return Base64.getDecoder().decode(text(key));
        } catch (IllegalArgumentException e) {
            throw misuse("\"" + key + "\" as bytes in base64", get(key).toString());
        }
    }

    boolean bool(String key, boolean otherwise) {
        if (has(key) && !get(key).isBoolean()) {
            throw misuse("\"" + key + "\" as true or false", get(key).toString());
        }
        return get(key).asBoolean(otherwise);
    }

    int whole(String key, int least, int most) {
        JsonNode value = get(key);
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw misuse("\"%s\" as a whole number from %d to %d".formatted(key, least, most), value.toString());
        }
        return value.intValue();
    }

    /** Milliseconds, fractions allowed, as nanoseconds. */
    long nanos(String key) {
        JsonNode value = get(key);
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= MILLIS_MAX)) {
            throw misuse("\"" + key + "\" in milliseconds, from 0 to an hour", value.toString());
        }
        return Math.round(value.doubleValue() * 1e6);
    }

    JsonRow object(String key) {
        if (!get(key).isObject()) {
            throw misuse("\"" + key + "\" as an object", get(key).toString());
        }
        return new JsonRow(get(key), where);
    }

    void refuseOthers(Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw misuse("a member of " + known.stream().sorted().toList(), "\"" + name + "\"");
            }
        }
    }

    Misuse misuse(String expected, String saw) {
        return new Misuse(expected, saw.isEmpty() ? "nothing" : abridged(saw), where, "correct that row");
    }

    static String abridged(String text) {
        return text.length() <= ABRIDGED_CHARS ? text : text.substring(0, ABRIDGED_CHARS) + "…";
    }
}
