package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An OpenAPI document and all that it refers to in one, for tools that cannot follow a reference into another file, or
 * that check nothing, without a word, where a schema has an {@code $id}.
 *
 * <p>A schema's file becomes a component named after it: {@code events/response-event.schema.json} becomes
 * {@code ResponseEvent}; one that the document itself puts among its components keeps the name it has there. An
 * example's {@code externalValue} becomes its {@code value}. {@code $comment} stays: it says who promised what.
 */
public final class OpenApiBundle {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String COMPONENTS = "#/components/schemas/";
    private static final String REF = "$ref";
    private static final String EXTERNAL = "externalValue";

    private final Path openApi;
    private final Map<Path, String> names = new HashMap<>();
    private final Map<String, JsonNode> schemas = new TreeMap<>();

    private OpenApiBundle(Path openApi) {
        this.openApi = openApi;
    }

    /**
     * What the build calls: bundles one file into another.
     *
     * @param files the OpenAPI document, in YAML; and the bundle, in JSON, whose folder is made
     * @throws Misuse if there is something in the document that cannot be bundled
     */
    public static void main(String[] files) throws IOException {
        Path bundle = Path.of(files[1]).toAbsolutePath();
        Files.createDirectories(bundle.getParent());
        Files.writeString(bundle, JSON.writeValueAsString(of(Path.of(files[0]))) + "\n");
    }

    /**
     * Bundles a document.
     *
     * @throws Misuse if a file is missing, two want the same name, or a reference leads nowhere
     */
    static ObjectNode of(Path openApi) throws IOException {
        return new OpenApiBundle(openApi.toAbsolutePath().normalize()).bundle();
    }

    private ObjectNode bundle() throws IOException {
        ObjectNode root = object(openApi);
        for (Map.Entry<String, JsonNode> component :
                root.path("components").path("schemas").properties()) {
            if (component.getValue().has(REF)) {
                names.put(file(openApi, component.getValue().path(REF).asText()), component.getKey());
            }
        }
        ObjectNode bundle = (ObjectNode) resolved(root, openApi);
        ObjectNode components = bundle.withObject("/components/schemas");
        schemas.forEach(components::set);
        refuseDangling(bundle, bundle);
        return bundle;
    }

    private JsonNode resolved(JsonNode node, Path in) throws IOException {
        if (node instanceof ArrayNode array) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : array) {
                items.add(resolved(item, in));
            }
            return items;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String text = member.getValue().asText();
            if (member.getKey().equals(REF) && !(in.equals(openApi) && text.startsWith("#"))) {
                object.put(REF, COMPONENTS + component(file(in, text), in));
            } else if (member.getKey().equals(EXTERNAL) && in.equals(openApi)) {
                object.set("value", read(file(in, text)));
            } else {
                object.set(member.getKey(), resolved(member.getValue(), in));
            }
        }
        return object;
    }

    /** The name of the schema in that file, which is read when it is first met. */
    private String component(Path file, Path from) throws IOException {
        String name = names.computeIfAbsent(file, OpenApiBundle::name);
        if (!schemas.containsKey(name)) {
            // Before what it refers to, which may be itself.
            schemas.put(name, JsonNodeFactory.instance.nullNode());
            ObjectNode schema = object(file).without(List.of("$id", "$schema"));
            schemas.put(name, resolved(schema, file));
        }
        if (names.values().stream().filter(name::equals).count() > 1) {
            throw new Misuse(
                    "a name of its own for every schema",
                    name + " a second time: " + file,
                    from.toString(),
                    "another file name, or another name among the document's components");
        }
        return name;
    }

    private static Path file(Path from, String reference) {
        if (reference.contains("#") || reference.contains(":")) {
            throw new Misuse("the path of a whole file", reference, from.toString(), "a file of its own for it");
        }
        return from.resolveSibling(reference).normalize();
    }

    /** {@code response-event.schema.json}: {@code ResponseEvent}. */
    private static String name(Path file) {
        StringBuilder name = new StringBuilder();
        for (String word : ("" + file.getFileName()).replaceFirst("\\..*", "").split("-", -1)) {
            name.append(word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private static ObjectNode object(Path file) throws IOException {
        if (read(file) instanceof ObjectNode object) {
            return object;
        }
        throw new Misuse("an object", "another value", file.toString(), "another file, or mend the reference");
    }

    /** A stream of lines is no JSON document, but a text. */
    private static JsonNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Misuse("a file that is referred to", "none", file.toString(), "add it, or mend the reference");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".json")) {
            return JSON.readTree(bytes);
        }
        return file.toString().endsWith(".yaml")
                ? YamlFile.parse(file.toString(), bytes).root()
                : new TextNode(new String(bytes, StandardCharsets.UTF_8));
    }

    private void refuseDangling(JsonNode node, JsonNode bundle) {
        String reference = node.path(REF).asText();
        if (!reference.isEmpty() && bundle.at(reference.substring(1)).isMissingNode()) {
            throw new Misuse("a reference to something", reference, openApi.toString(), "add what it refers to");
        }
        node.forEach(child -> refuseDangling(child, bundle));
    }
}
