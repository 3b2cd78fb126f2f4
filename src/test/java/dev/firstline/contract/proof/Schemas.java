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

    private Schemas(NavigableMap<String, JsonNode> byFile) {
        this.byFile = byFile;
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

    /** What a schema, or something in it, says there. */
    JsonNode at(Place place) {
        JsonNode file = byFile.get(place.file());
        if (file == null) {
            throw new AssertionError("no schema " + place.file());
        }
        return file.at(place.pointer());
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
        String object = keyword.pointer().substring(0, keyword.pointer().lastIndexOf('/'));
        ((ObjectNode) file.at(object)).remove(keyword.keyword());
        NavigableMap<String, JsonNode> rest = new TreeMap<>(byFile);
        rest.put(keyword.file(), file);
        return new Schemas(rest);
    }

    /** Writes them below {@code schemas/v1} of a folder of contracts. */
    void write(Path contracts) throws IOException {
        for (Map.Entry<String, JsonNode> schema : byFile.entrySet()) {
            Path file = contracts.resolve("schemas/v1").resolve(schema.getKey());
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, schema.getValue().toPrettyString());
        }
    }
}
