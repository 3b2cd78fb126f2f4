package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The schemas as JSON and nothing else: what the checker is held against without being asked. Immutable. */
final class Schemas {
    /** What every path of a schema below {@code v1} ends in. */
    static final String ENDING = ".schema.json";

    /** The keywords that can say no. {@code properties} and {@code items} only lead to others. */
    static final List<String> ASSERTING = List.of(
            "type",
            "required",
            "additionalProperties",
            "enum",
            "pattern",
            "format",
            "minLength",
            "minimum",
            "maximum",
            "minItems",
            "oneOf");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NavigableMap<String, JsonNode> byFile;

    private final Map<Place, JsonNode> objects = new HashMap<>();

    private Schemas(NavigableMap<String, JsonNode> byFile) {
        this.byFile = byFile;
        byFile.forEach((file, schema) -> index(new Place(file, ""), schema));
    }

    private void index(Place object, JsonNode schema) {
        objects.put(object, schema);
        schema.path("properties")
                .properties()
                .forEach(member -> index(object.in("properties", member.getKey()), member.getValue()));
        if (schema.has("items")) {
            index(object.in("items"), schema.path("items"));
        }
    }

    /** Every schema below {@code schemas/v1} of a folder of contracts. */
    static Schemas in(Path contracts) {
        Path root = contracts.resolve("schemas/v1");
        NavigableMap<String, JsonNode> byFile = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                byFile.put(root.relativize(file).toString().replace('\\', '/'), JSON.readTree(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Schemas(byFile);
    }

    /** The schemas by their paths below {@code v1}. */
    NavigableMap<String, JsonNode> byFile() {
        return byFile;
    }

    /** What a schema object, or one of its keywords, says. */
    JsonNode at(Place place) {
        JsonNode object = objects.get(place);
        if (object != null) {
            return object;
        }
        JsonNode around = objects.get(place.around());
        if (around == null) {
            throw new AssertionError("no schema has " + place);
        }
        return around.path(place.keyword());
    }

    /** Where a schema begins, by its path without its ending: {@code events/message-event}. */
    Place root(String schema) {
        return new Place(schema + ENDING, "");
    }

    /** The schema object that is meant there: the one that a {@code $ref} leads to, or the place itself. */
    Place meant(Place object) {
        JsonNode ref = at(object).path("$ref");
        if (ref.isMissingNode()) {
            return object;
        }
        Path file = Path.of(object.file()).resolveSibling(ref.asText()).normalize();
        return meant(new Place(file.toString().replace('\\', '/'), ""));
    }

    /** Every keyword that can say no, in every file. */
    NavigableSet<Place> places() {
        return reachable(byFile.keySet().stream()
                .map(file -> file.substring(0, file.length() - ENDING.length()))
                .toList());
    }

    /** Every keyword that can say no to a document of one of these schemas. */
    NavigableSet<Place> reachable(Collection<String> roots) {
        NavigableSet<Place> found = new TreeSet<>();
        NavigableSet<Place> seen = new TreeSet<>();
        List<Place> left = new ArrayList<>(roots.stream().map(this::root).toList());
        while (!left.isEmpty()) {
            Place object = meant(left.remove(left.size() - 1));
            if (seen.add(object)) {
                JsonNode rules = at(object);
                ASSERTING.stream().filter(rules::has).map(object::in).forEach(found::add);
                left.addAll(below(object));
            }
        }
        return found;
    }

    /** The schema objects for the members and the elements of what the one at this place is for. */
    private List<Place> below(Place object) {
        List<Place> below = new ArrayList<>();
        at(object).path("properties").fieldNames().forEachRemaining(name -> below.add(object.in("properties", name)));
        if (at(object).has("items")) {
            below.add(object.in("items"));
        }
        return below;
    }

    /** The same schemas, but for one keyword. */
    Schemas without(Place keyword) {
        JsonNode file = at(new Place(keyword.file(), "")).deepCopy();
        ((ObjectNode) file.at(keyword.around().pointer())).remove(keyword.keyword());
        NavigableMap<String, JsonNode> rest = new TreeMap<>(byFile);
        rest.put(keyword.file(), file);
        return new Schemas(rest);
    }
}
