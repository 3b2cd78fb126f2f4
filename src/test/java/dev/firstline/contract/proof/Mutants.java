package dev.firstline.contract.proof;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.contract.Rule;
import dev.firstline.wire.WireNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/**
 * Makes mutants of examples: walks document and schema together and, at every keyword on the way, spoils what the
 * keyword promises.
 */
final class Mutants {
    /** The most mutants for one place in the schemas; it takes every way to break it before it takes one twice. */
    static final int A_PLACE_MAX = 12;

    private static final String EXTRA = "firstlineExtra";

    /** Where a member that nobody knows is a kind that nobody knows. */
    private static final Map<String, Rule> KINDS = Map.of(
            "events/response-event.schema.json", Rule.UNKNOWN_EVENT,
            "content/message-content.schema.json", Rule.UNKNOWN_CONTENT,
            "interactive/interactive.schema.json", Rule.UNKNOWN_INTERACTIVE);

    private final Schemas schemas;
    private final NavigableMap<Place, NavigableMap<String, Mutant>> made = new TreeMap<>();

    private Mutants(Schemas schemas) {
        this.schemas = schemas;
    }

    /** Mutants of the examples in which nothing is found, by the place that they break. */
    static NavigableMap<Place, List<Mutant>> of(Schemas schemas, Collection<Example> examples) {
        Mutants mutants = new Mutants(schemas);
        for (Example example : examples) {
            if (example.expected().isEmpty()) {
                mutants.walk(example, schemas.root(example.schema()), "", false);
            }
        }
        NavigableMap<Place, List<Mutant>> byPlace = new TreeMap<>();
        mutants.made.forEach((place, all) ->
                byPlace.put(place, all.values().stream().limit(A_PLACE_MAX).toList()));
        return byPlace;
    }

    /** @param required whether the object around it cannot do without: a null is missing there, not a bad value here */
    private void walk(Example example, Place reference, String pointer, boolean required) {
        Place object = schemas.meant(reference);
        JsonNode schema = schemas.at(object);
        JsonNode value = example.document().at(pointer);
        for (String keyword : Schemas.ASSERTING) {
            if (schema.has(keyword)) {
                for (Spoiler.Spoilt spoilt : Spoiler.spoil(keyword, schema, value)) {
                    if (required && spoilt.value().isNull()) {
                        continue;
                    }
                    String what = spoilt.value() + " in its place";
                    UnaryOperator<JsonNode> change = document -> replaced(document, pointer, spoilt.value());
                    add(new Mutant(example, what, change, object.in(keyword), spoilt.rule(), pointer));
                }
            }
        }
        if (value instanceof ObjectNode members) {
            new Members(example, object, schema, pointer, members).spoil();
            schema.path("properties").fieldNames().forEachRemaining(name -> {
                if (members.has(name)) {
                    walk(example, object.in("properties", name), below(pointer, name), requires(schema, name));
                }
            });
        }
        if (schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                walk(example, object.in("items"), below(pointer, "" + i), false);
            }
        }
    }

    private void add(Mutant mutant) {
        made.computeIfAbsent(mutant.place(), place -> new TreeMap<>()).putIfAbsent(mutant.spoilt(), mutant);
    }

    /** The ways to spoil an object in what members it has. */
    private final class Members {
        private final Example example;
        private final Place object;
        private final JsonNode schema;
        private final String pointer;
        private final ObjectNode members;

        Members(Example example, Place object, JsonNode schema, String pointer, ObjectNode members) {
            this.example = example;
            this.object = object;
            this.schema = schema;
            this.pointer = pointer;
            this.members = members;
        }

        void spoil() {
            for (JsonNode required : schema.path("required")) {
                spoilRequired(required.asText());
            }
            if (schema.has("additionalProperties")) {
                Rule rule = KINDS.getOrDefault(object.file(), rule("additionalProperties", Rule.UNKNOWN_FIELD));
                String extra = below(pointer, EXTRA);
                change("a field more", "additionalProperties", rule, extra, object -> object.put(EXTRA, 7));
                change("an object more", "additionalProperties", rule, extra, object -> object.putObject(EXTRA));
                schema.path("properties").fieldNames().forEachRemaining(this::respell);
            }
            if (schema.has("oneOf")) {
                spoilKinds();
            }
        }

        private void spoilRequired(String name) {
            Rule rule = rule("required/" + name, Rule.MISSING_FIELD);
            change("without " + name, "required", rule, pointer, object -> object.remove(name));
            JsonNode of = schemas.at(schemas.meant(object.in("properties", name)));
            if (!Spoiler.types(of.path("type")).contains("null")) {
                change(name + " null", "required", rule, pointer, object -> object.putNull(name));
            }
        }

        private void respell(String name) {
            String snake = WireNames.snakeCase(name);
            if (members.has(name) && !snake.equals(name)) {
                String respelt = below(pointer, snake);
                change(
                        name + " in both spellings",
                        "additionalProperties",
                        Rule.BOTH_SPELLINGS,
                        respelt,
                        object -> object.set(snake, object.get(name)));
                if (!object.file().startsWith("requests/")) {
                    change(
                            name + " in snake_case",
                            "additionalProperties",
                            Rule.SNAKE_CASE,
                            respelt,
                            object -> object.set(snake, object.remove(name)));
                }
            }
        }

        private void spoilKinds() {
            List<String> kinds = new ArrayList<>();
            schema.path("oneOf")
                    .forEach(branch -> kinds.add(branch.path("required").path(0).asText()));
            Rule none = rule("oneOf", Rule.NO_ENVELOPE);
            Rule two = kinds.contains("result") ? Rule.RESULT_AND_ERROR : Rule.TWO_KINDS;
            change("no kind", "oneOf", none, pointer, object -> object.remove(kinds));
            for (String kind : kinds) {
                if (members.path(kind).isObject()) {
                    change(kind + " null", "oneOf", none, pointer, object -> object.putNull(kind));
                } else {
                    change(kind + " beside it", "oneOf", two, pointer, object -> object.putObject(kind));
                }
            }
        }

        private Rule rule(String keyword, Rule otherwise) {
            return Clause.of(schema, keyword).rule().orElse(otherwise);
        }

        private void change(String what, String keyword, Rule rule, String caughtAt, Consumer<ObjectNode> change) {
            UnaryOperator<JsonNode> changed = document -> {
                change.accept((ObjectNode) document.at(pointer));
                return document;
            };
            add(new Mutant(example, what, changed, object.in(keyword), rule, caughtAt));
        }
    }

    private static boolean requires(JsonNode schema, String name) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .anyMatch(required -> required.asText().equals(name));
    }

    private static String below(String pointer, String key) {
        return pointer + "/" + Place.escaped(key);
    }

    /** Puts a value into a document in another's place. */
    private static JsonNode replaced(JsonNode document, String pointer, JsonNode value) {
        if (pointer.isEmpty()) {
            return value;
        }
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = document.at(at.head());
        if (parent instanceof ArrayNode elements) {
            elements.set(at.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
        }
        return document;
    }
}
