package dev.firstline.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a user's file, which knows where it stands. Everything that is missing, of another type or misspelt is
 * a {@link Misuse} that names the place.
 */
record Fields(String where, JsonNode node) {
    Fields {
        if (!node.isObject()) {
            throw new Misuse("a mapping of keys to values", saw(node), where, "see the files that are shipped");
        }
    }

    /** Refuses every key that is not among these. */
    Fields only(Set<String> keys) {
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw new Misuse(
                        "one of " + String.join(", ", keys.stream().sorted().toList()),
                        key,
                        where,
                        Nearest.to(key, keys).map("did you mean %s?"::formatted).orElse("remove it"));
            }
        });
        return this;
    }

    boolean has(String key) {
        return node.has(key);
    }

    String at(String key) {
        return where + ", " + key;
    }

    Fields fields(String key) {
        return new Fields(at(key), required(key));
    }

    List<JsonNode> list(String key) {
        JsonNode value = required(key);
        if (!value.isArray() || value.isEmpty()) {
            throw new Misuse(
                    "a list of at least one", saw(value), at(key), "write each on a line of its own after \"- \"");
        }
        List<JsonNode> items = new ArrayList<>();
        value.forEach(items::add);
        return items;
    }

    String text(String key) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw new Misuse("text", saw(value), at(key), "put it in quotation marks");
        }
        if (value.asText().isEmpty()) {
            throw new Misuse(
                    "text", "nothing between the quotation marks", at(key), "write something, or remove the key");
        }
        return value.asText();
    }

    @Nullable
    String optionalText(String key) {
        return has(key) ? text(key) : null;
    }

    boolean flag(String key) {
        if (!has(key)) {
            return false;
        }
        JsonNode value = required(key);
        if (!value.isBoolean()) {
            throw new Misuse("true or false", saw(value), at(key), "write it without quotation marks");
        }
        return value.asBoolean();
    }

    double number(String key, double min, double max) {
        JsonNode value = required(key);
        double number = value.asDouble();
        if (!value.isNumber() || !(number >= min && number <= max)) {
            throw new Misuse(
                    "a number from " + plain(min) + " to " + plain(max),
                    saw(value),
                    at(key),
                    "write it with a decimal point and without quotation marks");
        }
        return number;
    }

    int whole(String key, int min, int max) {
        JsonNode value = required(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < min || value.asInt() > max) {
            throw new Misuse("a whole number from " + min + " to " + max, saw(value), at(key), "change it");
        }
        return value.asInt();
    }

    private JsonNode required(String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw new Misuse(key, "nothing", where, "add \"" + key + ": …\"");
        }
        return value;
    }

    /** The value as it can be shown: never long. */
    static String saw(JsonNode value) {
        String json = value.toString();
        return json.length() <= 80 ? json : json.substring(0, 80) + "…";
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
