package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firstline.contract.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Values that one keyword refuses, and the rule by which it does; what they do to other keywords does not matter. */
final class Spoiler {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    /** Something of every JSON type, and the texts that protobuf servers write for numbers. */
    private static final List<JsonNode> ANYTHING = List.of(
            TextNode.valueOf("firstline"),
            IntNode.valueOf(7),
            DoubleNode.valueOf(7.5),
            BooleanNode.TRUE,
            JSON.arrayNode(),
            JSON.objectNode(),
            NullNode.getInstance(),
            TextNode.valueOf("7"),
            TextNode.valueOf("NaN"),
            TextNode.valueOf("-Infinity"));

    /** One of them breaks any pattern that our schemas have and keeps whatever else is asked of a text. */
    private static final List<String> ODD_TEXTS = List.of(
            "2026-01-01T00:00:00.1Z", "2026-01-01T00:00:00+02:00", "ftp://example.com/a", "lower", "25,41914", "#");

    /** A day that no calendar has, in the right pattern; a month likewise; a time of day. */
    private static final List<String> ODD_MOMENTS =
            List.of("2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:01:00Z");

    private Spoiler() {}

    /**
     * A value to put in another's place.
     *
     * @param rule how it must be caught
     */
    record Spoilt(JsonNode value, Rule rule) {}

    /** What to put in the place of a value so that this keyword of its schema refuses it. */
    static List<Spoilt> spoil(String keyword, JsonNode schema, JsonNode value) {
        JsonNode limit = schema.path(keyword);
        return switch (keyword) {
            case "type" -> mistyped(schema);
            case "enum" -> all(schema, keyword, Rule.ENUM_DRIFT, others(limit));
            case "pattern" ->
                all(schema, keyword, Rule.BAD_VALUE, value.isTextual() ? unlike(limit.asText()) : Stream.of());
            case "format" ->
                all(schema, keyword, Rule.BAD_VALUE, ODD_MOMENTS.stream().map(TextNode::valueOf));
            case "minLength" -> all(schema, keyword, Rule.BAD_VALUE, shorter(value, limit.asInt()));
            case "minimum" -> all(schema, keyword, Rule.BAD_VALUE, beyond(value, limit.decimalValue(), -1));
            case "maximum" -> all(schema, keyword, Rule.BAD_VALUE, beyond(value, limit.decimalValue(), 1));
            case "minItems" -> all(schema, keyword, Rule.MISSING_FIELD, fewer(value, limit.asInt()));
            default -> List.of();
        };
    }

    private static List<Spoilt> all(
            JsonNode schema, String keyword, Rule otherwise, Stream<? extends JsonNode> values) {
        Rule rule = Clause.rule(schema, keyword).orElse(otherwise);
        return values.map(value -> new Spoilt(value, rule)).toList();
    }

    private static List<Spoilt> mistyped(JsonNode schema) {
        Set<String> promised = types(schema.path("type"));
        List<Spoilt> found = new ArrayList<>();
        for (JsonNode value : ANYTHING) {
            // A server writes the number of a name that it does not know: that is the enumeration's business.
            boolean ofEnum = schema.has("enum") && promised.contains("string") && value.isInt();
            if (!ofEnum && promised.stream().noneMatch(type -> is(value, type))) {
                found.add(new Spoilt(value, ruleOfType(schema, promised, value)));
            }
        }
        return found;
    }

    private static Rule ruleOfType(JsonNode schema, Set<String> promised, JsonNode seen) {
        boolean number = promised.contains("number") || promised.contains("integer");
        if (seen.isNull()) {
            return Rule.NULL_VALUE;
        }
        if (number && NON_FINITE.contains(seen.asText())) {
            return Rule.NON_FINITE;
        }
        if (number && seen.isTextual() && seen.asText().equals("7")) {
            return Rule.NUMERIC_STRING;
        }
        return Clause.rule(schema, "type").orElse(Rule.WRONG_TYPE);
    }

    /** What a {@code type} names, whether it is one or a list. */
    static Set<String> types(JsonNode type) {
        return type.isTextual()
                ? Set.of(type.asText())
                : Set.copyOf(StreamSupport.stream(type.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isInt();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("no type of JSON Schema: " + type);
        };
    }

    /** Values of the same type that an enumeration does not have, and the number that stands for such a name. */
    private static Stream<JsonNode> others(JsonNode named) {
        return Stream.<JsonNode>of(
                        TextNode.valueOf("FIRSTLINE_UNHEARD_OF"),
                        TextNode.valueOf("USER"),
                        TextNode.valueOf("user"),
                        TextNode.valueOf(""),
                        IntNode.valueOf(7),
                        BooleanNode.FALSE,
                        BooleanNode.TRUE)
                .filter(value -> value.getNodeType() == named.path(0).getNodeType()
                        || (value.isInt() && named.path(0).isTextual()))
                .filter(value ->
                        StreamSupport.stream(named.spliterator(), false).noneMatch(value::equals));
    }

    private static Stream<JsonNode> unlike(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return ODD_TEXTS.stream().filter(text -> !compiled.matcher(text).find()).map(TextNode::valueOf);
    }

    private static Stream<JsonNode> shorter(JsonNode value, int length) {
        return value.isTextual() ? Stream.of(TextNode.valueOf("x".repeat(length - 1))) : Stream.of();
    }

    private static Stream<JsonNode> beyond(JsonNode value, BigDecimal limit, int sign) {
        return value.isNumber()
                ? Stream.of("0.001", "1", "1000")
                        .map(step ->
                                DecimalNode.valueOf(limit.add(new BigDecimal(step).multiply(BigDecimal.valueOf(sign)))))
                : Stream.of();
    }

    private static Stream<JsonNode> fewer(JsonNode value, int items) {
        ArrayNode some = JSON.arrayNode();
        for (int i = 0; i < Math.min(items - 1, value.size()); i++) {
            some.add(value.get(i));
        }
        return Stream.of(some);
    }
}
