package dev.firstline.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firstline.wire.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text is as JSON: its tree, and what is wrong with it. As strict as {@link dev.firstline.wire.EnvelopeReader},
 * which calls malformed what has a flaw here.
 *
 * @param root the tree, or null where there is none; of a key that comes twice it holds the first value: the second is
 *     the flaw
 * @param flaws what is wrong, in order; none for most
 */
record JsonText(@Nullable JsonNode root, List<Flaw> flaws) {
    /** What a text breaks, and where. */
    record Flaw(Rule rule, String pointer, String promised, String seen) {}

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // An address inside the source would quote the line, and a line may hold what a customer said.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Reads a text. Never throws for anything a server may send. */
    static JsonText read(byte[] json) {
        int fault = Utf8.fault(json);
        if (fault != Utf8.NO_FAULT) {
            return broken(Rule.NOT_UTF8, "text in UTF-8", "a byte that belongs to no character at byte " + fault);
        }
        if (Utf8.isMistaken(json)) {
            return broken(Rule.NOT_JSON, "one JSON object in UTF-8", "neither white space nor JSON at byte 0");
        }
        Reading reading = new Reading();
        try (JsonParser parser = FACTORY.createParser(json)) {
            return reading.read(parser);
        } catch (StreamConstraintsException e) {
            return broken(Rule.NOT_JSON, "one JSON object within reason", "numbers, keys or nesting beyond reason");
        } catch (JsonProcessingException e) {
            return broken(Rule.NOT_JSON, "one JSON object", "no JSON" + place(e));
        } catch (IOException e) {
            return broken(Rule.NOT_JSON, "one JSON object", "no JSON");
        }
    }

    /** Whether it is no JSON at all, which the beginning of an object over several lines is, too. */
    boolean isNoJson() {
        return root == null && flaws.get(0).rule == Rule.NOT_JSON;
    }

    /** Tells what is wrong. */
    void report(Probe probe) {
        for (Flaw flaw : flaws) {
            probe.foundAt(flaw.pointer, flaw.rule, flaw.promised, flaw.seen, "");
        }
    }

    /** Tells what it is instead of an object, which it is not. */
    void reportNoObject(Probe probe) {
        if (root == null) {
            report(probe);
        } else {
            probe.found(Rule.NOT_JSON, "one JSON object", root, "");
        }
    }

    private static JsonText broken(Rule rule, String promised, String seen) {
        return new JsonText(null, List.of(new Flaw(rule, "", promised, seen)));
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
    }

    /** Builds one tree. Jackson's own reader knows no pointer for a key that comes twice. */
    private static final class Reading {
        private List<Flaw> flaws = List.of();

        JsonText read(JsonParser parser) throws IOException {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return broken(Rule.NOT_JSON, "one JSON object", "nothing but white space");
            }
            JsonNode root = value(parser, first);
            if (hasMore(parser)) {
                flaw(new Flaw(
                        Rule.TRAILING_DATA,
                        "",
                        "nothing after the object",
                        "more at byte " + parser.currentTokenLocation().getByteOffset()));
            }
            return new JsonText(root, flaws);
        }

        private static boolean hasMore(JsonParser parser) {
            try {
                return parser.nextToken() != null;
            } catch (IOException e) {
                return true;
            }
        }

        private JsonNode value(JsonParser parser, JsonToken token) throws IOException {
            return switch (token) {
                case START_OBJECT -> object(parser);
                case START_ARRAY -> array(parser);
                case VALUE_STRING -> TextNode.valueOf(parser.getText());
                case VALUE_NUMBER_INT -> integer(parser);
                case VALUE_NUMBER_FLOAT -> decimal(parser);
                case VALUE_TRUE -> BooleanNode.TRUE;
                case VALUE_FALSE -> BooleanNode.FALSE;
                default -> NullNode.instance;
            };
        }

        private ObjectNode object(JsonParser parser) throws IOException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonNode first = object.replace(key, value(parser, parser.nextToken()));
                if (first != null) {
                    object.set(key, first);
                    String pointer = parser.getParsingContext().pathAsPointer().toString();
                    flaw(new Flaw(Rule.DUPLICATE_KEY, pointer, "each key once", "the key a second time"));
                }
            }
            return object;
        }

        private ArrayNode array(JsonParser parser) throws IOException {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                array.add(value(parser, token));
            }
            return array;
        }

        private static JsonNode integer(JsonParser parser) throws IOException {
            return switch (parser.getNumberType()) {
                case INT -> IntNode.valueOf(parser.getIntValue());
                case LONG -> LongNode.valueOf(parser.getLongValue());
                default -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
            };
        }

        private static JsonNode decimal(JsonParser parser) throws IOException {
            try {
                return DecimalNode.valueOf(parser.getDecimalValue());
            } catch (JsonProcessingException | NumberFormatException e) {
                // An exponent of more than ten digits is JSON, but no BigDecimal.
                return DoubleNode.valueOf(parser.getDoubleValue());
            }
        }

        private void flaw(Flaw flaw) {
            if (flaws.isEmpty()) {
                flaws = new ArrayList<>();
            }
            if (flaws.size() < Probe.FINDINGS_MAX) {
                flaws.add(flaw);
            }
        }
    }
}
