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
    /** The most mutants for one place in the schemas. Each breaks it in another way. */
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
                mutants.walk(new Step(example, "", example.document()), schemas.root(example.schema()), false);
            }
        }
        NavigableMap<Place, List<Mutant>> byPlace = new TreeMap<>();
        mutants.made.forEach((place, all) ->
                byPlace.put(place, all.values().stream().limit(A_PLACE_MAX).toList()));
        return byPlace;
    }

    /** Where the walk stands in a document. */
    private record Step(Example example, String pointer, JsonNode value) {
        Step into(String key) {
            return new Step(example, below(key), value.path(key));
        }

        Step into(int item) {
            return new Step(example, below("" + item), value.path(item));
        }

        String below(String key) {
            return pointer + "/" + Place.escaped(key);
        }

        boolean has(String member) {
            return value.has(member);
        }
    }

    /** @param required whether the object around it cannot do without: a null is missing there, not a bad value here */
    private void walk(Step step, Place reference, boolean required) {
        Place object = schemas.meant(reference);
        JsonNode schema = schemas.at(object);
        for (String keyword : Schemas.ASSERTING) {
            if (schema.has(keyword)) {
                spoilValue(step, object.in(keyword), schema, required);
            }
        }
        if (step.value().isObject()) {
            spoilMembers(step, object, schema);
        }
        schema.path("properties").fieldNames().forEachRemaining(name -> {
            if (step.has(name)) {
                walk(step.into(name), object.in("properties", name), requires(schema, name));
            }
        });
        for (int i = 0; schema.has("items") && i < step.value().size(); i++) {
            walk(step.into(i), object.in("items"), false);
        }
    }

    private void spoilValue(Step step, Place place, JsonNode schema, boolean required) {
        if (made.containsKey(place)) {
            // A value is spoilt in the same ways wherever it stands.
            return;
        }
        for (Spoiler.Spoilt spoilt : Spoiler.spoil(place.keyword(), schema, step.value())) {
            if (!required || !spoilt.value().isNull()) {
                UnaryOperator<JsonNode> change = document -> replaced(document, step.pointer(), spoilt.value());
                String what = spoilt.value() + " in its place";
                add(new Mutant(step.example(), what, change, place, spoilt.rule(), step.pointer()));
            }
        }
    }

    private void spoilMembers(Step step, Place object, JsonNode schema) {
        for (JsonNode required : schema.path("required")) {
            spoilRequired(step, object, required.asText());
        }
        if (schema.has("additionalProperties")) {
            Place place = object.in("additionalProperties");
            Rule rule = KINDS.getOrDefault(object.file(), rule(place, Rule.UNKNOWN_FIELD));
            String extra = step.below(EXTRA);
            change(step, "a field more", place, rule, extra, members -> members.put(EXTRA, 7));
            change(step, "an object more", place, rule, extra, members -> members.putObject(EXTRA));
            schema.path("properties").fieldNames().forEachRemaining(name -> respell(step, place, name));
        }
        if (schema.has("oneOf")) {
            spoilKinds(step, object.in("oneOf"));
        }
    }

    private void spoilRequired(Step step, Place object, String name) {
        Place place = object.in("required");
        Rule rule = Clause.rule(schemas.at(object), "required/" + name).orElse(Rule.MISSING_FIELD);
        change(step, "without " + name, place, rule, step.pointer(), members -> members.remove(name));
        JsonNode member = schemas.at(schemas.meant(object.in("properties", name)));
        if (!Spoiler.types(member.path("type")).contains("null")) {
            change(step, name + " null", place, rule, step.pointer(), members -> members.putNull(name));
        }
    }

    private void respell(Step step, Place place, String name) {
        String snake = WireNames.snakeCase(name);
        if (!step.has(name) || snake.equals(name)) {
            return;
        }
        String respelt = step.below(snake);
        change(
                step,
                name + " in both spellings",
                place,
                Rule.BOTH_SPELLINGS,
                respelt,
                members -> members.set(snake, members.get(name)));
        if (!place.file().startsWith("requests/")) {
            change(
                    step,
                    name + " in snake_case",
                    place,
                    Rule.SNAKE_CASE,
                    respelt,
                    members -> members.set(snake, members.remove(name)));
        }
    }

    private void spoilKinds(Step step, Place place) {
        List<String> kinds = new ArrayList<>();
        schemas.at(place)
                .forEach(branch -> kinds.add(branch.path("required").path(0).asText()));
        Rule none = rule(place, Rule.NO_ENVELOPE);
        Rule two = kinds.contains("result") ? Rule.RESULT_AND_ERROR : Rule.TWO_KINDS;
        change(step, "no kind", place, none, step.pointer(), members -> members.remove(kinds));
        for (String kind : kinds) {
            if (step.value().path(kind).isObject()) {
                change(step, kind + " null", place, none, step.pointer(), members -> members.putNull(kind));
            } else {
                change(step, kind + " beside it", place, two, step.pointer(), members -> members.putObject(kind));
            }
        }
    }

    /** The rule that the schema names for a keyword, or the keyword's own. */
    private Rule rule(Place keyword, Rule otherwise) {
        return Clause.rule(schemas.at(keyword.around()), keyword.keyword()).orElse(otherwise);
    }

    private void change(Step step, String what, Place place, Rule rule, String caughtAt, Consumer<ObjectNode> change) {
        UnaryOperator<JsonNode> changed = document -> {
            change.accept((ObjectNode) document.at(step.pointer()));
            return document;
        };
        add(new Mutant(step.example(), what, changed, place, rule, caughtAt));
    }

    private void add(Mutant mutant) {
        made.computeIfAbsent(mutant.place(), place -> new TreeMap<>()).putIfAbsent(mutant.spoilt(), mutant);
    }

    private static boolean requires(JsonNode schema, String name) {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .anyMatch(required -> required.asText().equals(name));
    }

    /** Puts a value into a document in another's place. */
    private static JsonNode replaced(JsonNode document, String pointer, JsonNode value) {
        if (pointer.isEmpty()) {
            return value;
        }
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = document.at(at.head());
        if (parent instanceof ArrayNode items) {
            items.set(at.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
        }
        return document;
    }
}
