package dev.firstline.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** All schemas of the API, compiled and linked. Immutable. */
final class Schemas {
    /** What every {@code $id} begins with; the host never resolves. */
    static final String BASE = "https://contracts.invalid/agent-graph/v1/";

    /** What the name of every schema file ends with. */
    static final String ENDING = ".schema.json";

    private final SortedMap<String, Shape> shapes;

    private Schemas(SortedMap<String, Shape> shapes) {
        this.shapes = shapes;
    }

    /**
     * Compiles schemas.
     *
     * @param files their bytes by their path below {@code v1}
     * @throws Misuse with the file and the place in it where one is not as {@code contracts/README.md} says
     */
    static Schemas compile(SortedMap<String, byte[]> files) {
        SortedMap<String, Shape> shapes = new TreeMap<>();
        Links links = new Links(files.keySet());
        files.forEach((path, bytes) -> {
            ObjectNode text = parse(path, bytes);
            shapes.put(path, SchemaCompiler.compile(SchemaObject.root(path, text), links));
        });
        for (Ref ref : links.refs) {
            ref.link(Objects.requireNonNull(shapes.get(ref.path())));
        }
        return new Schemas(shapes);
    }

    /**
     * The shape of a schema, by its path without its ending.
     *
     * @throws Misuse if there is none
     */
    Shape get(String name) {
        Shape shape = shapes.get(name + ENDING);
        if (shape == null) {
            List<String> names = names();
            String attempt = Nearest.to(name, names)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("add it");
            throw new Misuse("the schema " + name + ENDING, "none", "schemas/v1", attempt);
        }
        return shape;
    }

    private List<String> names() {
        return shapes.keySet().stream()
                .map(path -> path.substring(0, path.length() - ENDING.length()))
                .toList();
    }

    private static ObjectNode parse(String path, byte[] bytes) {
        JsonText text = JsonText.read(bytes);
        for (JsonText.Flaw flaw : text.flaws()) {
            String where = SchemaObject.file(path) + "#" + flaw.pointer();
            throw new Misuse(flaw.promised(), flaw.seen(), where, "mend the file");
        }
        if (!(text.root() instanceof ObjectNode object)) {
            throw new Misuse("a schema, which is an object", "another value", SchemaObject.file(path), "mend the file");
        }
        return object;
    }

    /** The references between files, gathered while they are compiled. */
    static final class Links {
        private final Collection<String> known;
        private final List<Ref> refs = new ArrayList<>();

        private Links(Collection<String> known) {
            this.known = known;
        }

        /** The file that a {@code $ref} names, to be linked once all are compiled. */
        Ref to(SchemaObject schema) {
            String named = schema.text("$ref");
            String path = resolved(schema.path(), named);
            if (!known.contains(path)) {
                String attempt = Nearest.to(path, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("name a file that exists, relative to this one");
                throw schema.misuse("$ref", "another schema's file, relative to this one", named, attempt);
            }
            Ref ref = new Ref(path);
            refs.add(ref);
            return ref;
        }

        private static String resolved(String from, String named) {
            try {
                // As an address, as every validator does it; a way out of the folder stays one and is found nowhere.
                return URI.create("v:/" + from).resolve(named).toString().replaceFirst("^v:/", "");
            } catch (IllegalArgumentException e) {
                return named;
            }
        }
    }
}
