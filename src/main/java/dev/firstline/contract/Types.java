package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which JSON types a value may have: a set of bits. */
final class Types {
    static final int OBJECT = 1;
    static final int ARRAY = 1 << 1;
    static final int STRING = 1 << 2;
    static final int BOOLEAN = 1 << 3;
    static final int NULL = 1 << 4;
    static final int NUMBER = 1 << 5;
    /** A number without a fraction: a value has this bit never, a set may. */
    static final int INTEGER = 1 << 6;

    /** What a schema says that promises no type. */
    static final int ANY = OBJECT | ARRAY | STRING | BOOLEAN | NULL | NUMBER | INTEGER;

    private static final Pattern NUMERIC = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private Types() {}

    /** The type of a value. */
    static int of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> OBJECT;
            case ARRAY -> ARRAY;
            case STRING -> STRING;
            case BOOLEAN -> BOOLEAN;
            case NUMBER -> NUMBER;
            default -> NULL;
        };
    }

    /** Whether a set holds a value, whose type is known. */
    static boolean hold(int types, int type, JsonNode value) {
        return (types & type) != 0 || (type == NUMBER && (types & INTEGER) != 0 && isWhole(value));
    }

    /** Whether a text says a number that a server may have meant. */
    static boolean isNumeric(String text) {
        return NUMERIC.matcher(text).matches();
    }

    /** Whether a text is one of the three that protobuf writes for numbers that JSON does not have. */
    static boolean isNonFinite(String text) {
        return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
    }

    /** The bit that a schema's word names, or 0 for no such word. */
    static int named(String word) {
        return switch (word) {
            case "object" -> OBJECT;
            case "array" -> ARRAY;
            case "string" -> STRING;
            case "boolean" -> BOOLEAN;
            case "null" -> NULL;
            case "number" -> NUMBER;
            case "integer" -> INTEGER;
            default -> 0;
        };
    }

    /** A set in words: {@code an object or null}. */
    static String words(int types) {
        List<String> words = new ArrayList<>();
        add(words, types, OBJECT, "an object");
        add(words, types, ARRAY, "a list");
        add(words, types, STRING, "a text");
        add(words, types, NUMBER, "a number");
        add(words, types, INTEGER, "a whole number");
        add(words, types, BOOLEAN, "true or false");
        add(words, types, NULL, "null");
        return String.join(" or ", words);
    }

    private static void add(List<String> words, int types, int type, String word) {
        if ((types & type) != 0) {
            words.add(word);
        }
    }

    /** As JSON Schema has it: 5.0 is whole. */
    private static boolean isWhole(JsonNode number) {
        if (number.isIntegralNumber()) {
            return true;
        }
        if (!number.isBigDecimal()) {
            return false;
        }
        BigDecimal decimal = number.decimalValue();
        return decimal.scale() <= 0
                || decimal.signum() == 0
                || decimal.stripTrailingZeros().scale() <= 0;
    }
}
