package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The schema of a YAML file: it approves the file or says what is wrong in which line. */
final class FileSchema {
    private static final int OTHERS_TOLD = 5;

    private final JsonNode text;
    private final Schema schema;

    FileSchema(byte[] bytes) {
        try {
            text = new ObjectMapper().readTree(bytes);
        } catch (IOException e) {
            throw new Misuse(
                    "a JSON Schema", String.valueOf(e.getMessage()), "contracts/schemas/files", "mend the schema");
        }
        SchemaRegistryConfig english =
                SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
        schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(english))
                .getSchema(text);
    }

    /**
     * Says nothing if the file is well.
     *
     * @throws Misuse if it is not: the first thing that is wrong in full, where the next ones stand after it
     */
    void approve(YamlFile file) {
        List<Complaint> complaints = new ArrayList<>();
        for (Error error : schema.validate(file.root())) {
            complaints.add(complaint(file, error));
        }
        if (complaints.isEmpty()) {
            return;
        }
        complaints.sort(Comparator.comparingInt(Complaint::line).thenComparing(Complaint::rank));
        Complaint first = complaints.get(0);
        String others = complaints.stream()
                .skip(1)
                .limit(OTHERS_TOLD)
                .map(other -> file.source() + ":" + other.line() + " " + other.saw())
                .collect(Collectors.joining("; "));
        int left = complaints.size() - 1;
        String attempt = left == 0 ? first.attempt() : first.attempt() + "; " + left + " more: " + others;
        throw new Misuse(first.expected(), first.saw(), file.source() + ":" + first.line(), attempt);
    }

    /** One thing that is wrong; what has a lower rank explains others in its line. */
    private record Complaint(int line, int rank, String expected, String saw, String attempt) {}

    private Complaint complaint(YamlFile file, Error error) {
        String pointer = error.getInstanceLocation().toString();
        JsonNode at = file.root().at(pointer);
        JsonNode rules = rules(error);
        int line = file.line(pointer);
        switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" -> {
                List<String> known = new ArrayList<>();
                rules.path("properties").fieldNames().forEachRemaining(known::add);
                String key = String.valueOf(error.getProperty());
                String child = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
                return new Complaint(
                        file.line(child), 0, "one of " + String.join(", ", known), "the key " + key, hint(key, known));
            }
            case "required" -> {
                String key = String.valueOf(error.getProperty());
                return new Complaint(line, 1, "the key " + key, "none" + in(pointer), "add " + key + ":");
            }
            case "enum" -> {
                List<String> known = new ArrayList<>();
                rules.path("enum").forEach(value -> known.add(value.asText()));
                String expected = "one of " + String.join(", ", known);
                return new Complaint(line, 2, expected, shown(pointer, at) + in(pointer), hint(at.asText(), known));
            }
            default -> {
                String meant = rules.path("description").asText(message(error));
                return new Complaint(
                        line, 3, meant, shown(pointer, at) + in(pointer), "mend the value: it " + message(error));
            }
        }
    }

    /** The schema object whose keyword complains. */
    private JsonNode rules(Error error) {
        String keyword = error.getSchemaLocation().getFragment().toString();
        return text.at(keyword.substring(0, Math.max(0, keyword.lastIndexOf('/'))));
    }

    private static String hint(String word, List<String> known) {
        return Nearest.to(word, known).map(near -> "did you mean " + near + "?").orElse("remove it, or mend it");
    }

    private static String in(String pointer) {
        return pointer.isEmpty() ? "" : " in " + pointer.substring(1);
    }

    private static String shown(String pointer, JsonNode value) {
        if (pointer.toLowerCase(Locale.ROOT).contains("key")) {
            // What stands there may be a key itself.
            return "another value (not shown)";
        }
        String json = value.toString();
        return json.length() <= 80 ? json : json.substring(0, 80) + "…";
    }

    private static String message(Error error) {
        return error.getMessage();
    }
}
