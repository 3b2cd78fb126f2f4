package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One object of a schema's text: reads its keywords, and knows where they stand when one of them is wrong. */
final class SchemaObject {
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "pattern",
            "format",
            "minLength",
            "minimum",
            "maximum",
            "minItems",
            "oneOf",
            "$ref",
            "title",
            "description",
            "$comment");

    private static final Set<String> ASSERT_NOTHING =
            Set.of("title", "description", "$comment", "$ref", "properties", "items");

    private final String path;
    private final String pointer;
    private final ObjectNode text;

    private SchemaObject(String path, String pointer, ObjectNode text) {
        this.path = path;
        this.pointer = pointer;
        this.text = text;
    }

    /** A whole file. {@code $schema} and {@code $id} stand here only. */
    static SchemaObject root(String path, ObjectNode text) {
        ObjectNode rest = text.deepCopy();
        SchemaObject root = new SchemaObject(path, "", rest);
        root.mustBe("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.mustBe("$id", Schemas.BASE + path);
        rest.remove(List.of("$schema", "$id"));
        root.approveKeywords();
        return root;
    }

    /** An object below this one. */
    SchemaObject child(String... steps) {
        JsonNode node = text;
        StringBuilder at = new StringBuilder(pointer);
        for (String step : steps) {
            node = node.path(step);
            at.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        if (!(node instanceof ObjectNode object)) {
            throw new Misuse("a schema, which is an object", node.toString(), file(path) + "#" + at, "make it one");
        }
        SchemaObject child = new SchemaObject(path, at.toString(), object);
        child.approveKeywords();
        return child;
    }

    /** The file's path below {@code v1}. */
    String path() {
        return path;
    }

    boolean has(String keyword) {
        return text.has(keyword);
    }

    Set<String> keywords() {
        Set<String> keywords = new LinkedHashSet<>();
        text.fieldNames().forEachRemaining(keywords::add);
        return keywords;
    }

    /** What a clause may be about: the keywords that assert something, and each required member: required/role. */
    Set<String> clauseWords() {
        Set<String> words = keywords();
        words.removeAll(ASSERT_NOTHING);
        text.path("required").forEach(name -> words.add("required/" + name.asText()));
        return words;
    }

    JsonNode get(String keyword) {
        return text.path(keyword);
    }

    @Nullable
    String comment() {
        return has("$comment") ? text("$comment") : null;
    }

    String text(String keyword) {
        return need(keyword, "a text", JsonNode::isTextual).textValue();
    }

    int positive(String keyword) {
        return need(keyword, "a whole number above 0", value -> value.isInt() && value.intValue() > 0)
                .intValue();
    }

    /** The members' names in a keyword whose value is an object. */
    List<String> keys(String keyword) {
        List<String> keys = new ArrayList<>();
        need(keyword, "an object", JsonNode::isObject).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The texts in a keyword whose value is a list of them, none twice, at least one. */
    List<String> names(String keyword) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : need(keyword, "a list that is not empty", list -> list.isArray() && !list.isEmpty())) {
            if (!name.isTextual() || !names.add(name.textValue())) {
                throw misuse(keyword, "texts, each once", name.toString(), "remove it, or mend it");
            }
        }
        return List.copyOf(names);
    }

    JsonNode need(String keyword, String expected, Predicate<JsonNode> right) {
        JsonNode value = text.path(keyword);
        if (!right.test(value)) {
            throw misuse(keyword, expected, value.isMissingNode() ? "nothing" : value.toString(), "mend the schema");
        }
        return value;
    }

    /** What a finding and the list of rules call a keyword of this object. */
    String source(String keyword) {
        return path + "#" + pointer + "/" + keyword;
    }

    /** Where this object stands, for messages. */
    String where() {
        return file(path) + "#" + pointer;
    }

    Misuse misuse(String keyword, String expected, String saw, String attempt) {
        return new Misuse(expected, Seen.cut(saw), where() + "/" + keyword, attempt);
    }

    static String file(String path) {
        return "schemas/v1/" + path;
    }

    private void mustBe(String keyword, String value) {
        if (!text.path(keyword).asText().equals(value)) {
            throw misuse(keyword, value, text.path(keyword).toString(), "write it so, or move the file");
        }
    }

    private void approveKeywords() {
        text.fieldNames().forEachRemaining(keyword -> {
            if (!KEYWORDS.contains(keyword)) {
                String attempt = Nearest.to(keyword, KEYWORDS)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("say it with one of the others: no rule without a check");
                throw misuse(keyword, "one of the keywords that are checked", keyword, attempt);
            }
        });
    }
}
