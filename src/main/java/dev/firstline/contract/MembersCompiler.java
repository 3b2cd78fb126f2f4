package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.wire.WireNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles what a schema object says of an object's members. */
final class MembersCompiler {
    /** The one message that is open although some of its members are known: protobuf's Any. */
    private static final String OPEN = "common/any" + Schemas.ENDING;

    /** What requests are made of. Their reader takes both spellings. */
    private static final String REQUESTS = "requests/";

    private static final Map<Rule, Rule> UNKNOWN_KIND = Map.of(
            Rule.EMPTY_EVENT, Rule.UNKNOWN_EVENT,
            Rule.EMPTY_CONTENT, Rule.UNKNOWN_CONTENT,
            Rule.EMPTY_INTERACTIVE, Rule.UNKNOWN_INTERACTIVE);

    private final SchemaObject schema;
    private final Clauses clauses;
    private final Schemas.Links links;
    private final Map<String, Members.Member> bySpelling = new HashMap<>();
    private final List<String> names;

    private MembersCompiler(SchemaObject schema, Clauses clauses, Schemas.Links links) {
        this.schema = schema;
        this.clauses = clauses;
        this.links = links;
        this.names = schema.keys("properties");
    }

    static Members compile(SchemaObject schema, Clauses clauses, Schemas.Links links) {
        return new MembersCompiler(schema, clauses, links).members();
    }

    private Members members() {
        if (names.size() > Members.MEMBERS_MAX) {
            throw schema.misuse(
                    "properties", "at most " + Members.MEMBERS_MAX, names.size() + " of them", "split the message");
        }
        for (String name : names) {
            Ref value = SchemaCompiler.value(schema.child("properties", name), links);
            long bit = 1L << names.indexOf(name);
            put(name, new Members.Member(bit, name, false, value));
            if (!WireNames.snakeCase(name).equals(name)) {
                put(WireNames.snakeCase(name), new Members.Member(bit, name, true, value));
            }
        }
        @Nullable Rule closed = closed();
        return new Members(
                bySpelling,
                names,
                new Members.Terms(
                        closed,
                        schema.source("additionalProperties"),
                        required(),
                        schema.has("oneOf") ? oneOf(closed == null ? Rule.UNKNOWN_FIELD : closed) : null,
                        schema.path().startsWith(REQUESTS),
                        Beyond.of(schema.path())));
    }

    private void put(String spelling, Members.Member member) {
        if (bySpelling.put(spelling, member) != null) {
            throw schema.misuse("properties", "names that differ in both spellings", spelling, "rename one");
        }
    }

    private @Nullable Rule closed() {
        if (schema.has("additionalProperties")) {
            schema.need("additionalProperties", "false", value -> value.isBoolean() && !value.booleanValue());
            return clauses.rule("additionalProperties", Rule.UNKNOWN_FIELD);
        }
        if (!schema.path().equals(OPEN)) {
            throw schema.misuse("additionalProperties", "false beside properties", "nothing", "close the message");
        }
        return null;
    }

    private List<Members.Required> required() {
        List<Members.Required> required = new ArrayList<>();
        if (schema.has("required")) {
            for (String name : schema.names("required")) {
                Rule rule = clauses.rule("required/" + name, Rule.MISSING_FIELD);
                required.add(
                        new Members.Required(member("required", name).bit(), name, rule, schema.source("required")));
            }
        }
        return required;
    }

    private Members.OneOf oneOf(Rule closed) {
        JsonNode branches = schema.need("oneOf", "a list that is not empty", list -> list.isArray() && !list.isEmpty());
        long bits = 0;
        List<String> kinds = new ArrayList<>();
        for (JsonNode branch : branches) {
            String kind = branch.path("required").path(0).asText();
            ObjectNode form = branch(kind);
            if (!form.equals(branch) || kinds.contains(kind)) {
                throw schema.misuse(
                        "oneOf",
                        "branches for one member each, in this form: " + form,
                        branch.toString(),
                        "see contracts/README.md");
            }
            kinds.add(kind);
            bits |= member("oneOf", kind).bit();
        }
        Rule none = clauses.rule("oneOf", Rule.WRONG_TYPE);
        if (none == Rule.WRONG_TYPE) {
            throw schema.misuse(
                    "oneOf",
                    "a rule in its clause for where none is there",
                    "none",
                    "name it: oneOf documented A4 empty-event");
        }
        Rule several = none == Rule.NO_ENVELOPE ? Rule.RESULT_AND_ERROR : Rule.TWO_KINDS;
        clauses.approve("oneOf", several);
        Rule unknown = UNKNOWN_KIND.getOrDefault(none, closed);
        return new Members.OneOf(bits, kinds, none, several, unknown, schema.source("oneOf"));
    }

    /** How a branch must be written. */
    private static ObjectNode branch(String kind) {
        ObjectNode branch = JsonNodeFactory.instance.objectNode();
        branch.putArray("required").add(kind);
        branch.putObject("properties").putObject(kind).put("type", "object");
        return branch;
    }

    private Members.Member member(String keyword, String name) {
        Members.Member member = bySpelling.get(name);
        if (member == null || member.snake()) {
            throw schema.misuse(keyword, "names that properties has", name, "mend one of them");
        }
        return member;
    }
}
