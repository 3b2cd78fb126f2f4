package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What was seen, in a few words that any terminal and any page can show. */
final class Seen {
    /** How many names a sentence lists. */
    static final int NAMES_MAX = 6;

    private Seen() {}

    /** The value: {@code the text "yes"}, {@code the number 12}, {@code a list of 3}. */
    static String of(JsonNode value) {
        if (value.isTextual()) {
            return cut("the text \"" + plain(value.textValue()) + "\"");
        }
        if (value instanceof ObjectNode object) {
            return object.isEmpty() ? "an empty object" : cut("an object with " + plain(names(object)));
        }
        if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list of " + value.size();
        }
        return cut(value.isNumber() ? "the number " + value.asText() : value.asText());
    }

    /** A member by its name. */
    static String member(String name) {
        return cut("the member " + plain(name));
    }

    /** Some names, those that would be too many counted: {@code a, b and 3 more}. */
    static String list(List<String> names) {
        if (names.size() == 1) {
            return names.get(0);
        }
        boolean all = names.size() <= NAMES_MAX;
        int shown = all ? names.size() - 1 : NAMES_MAX - 1;
        String last = all ? names.get(shown) : names.size() - shown + " more";
        return String.join(", ", names.subList(0, shown)) + " and " + last;
    }

    private static String names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        Iterator<String> all = object.fieldNames();
        while (all.hasNext() && names.size() < NAMES_MAX - 1) {
            names.add(all.next());
        }
        int left = object.size() - names.size();
        return String.join(", ", names) + (left == 0 ? "" : " and " + left + " more");
    }

    /** Without what moves a cursor, ends a line, turns the writing around or is no character at all. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length() && plain.length() <= Finding.SEEN_MAX; ) {
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            if (letter == '"' || letter == '\\') {
                plain.append('\\').append((char) letter);
            } else if (isOdd(letter)) {
                plain.append("\\u%04x".formatted(letter));
            } else {
                plain.appendCodePoint(letter);
            }
        }
        return plain.toString();
    }

    private static boolean isOdd(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** At most {@link Finding#SEEN_MAX} characters; no letter is cut in half. */
    static String cut(String text) {
        if (text.length() <= Finding.SEEN_MAX) {
            return text;
        }
        int end = Finding.SEEN_MAX - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
