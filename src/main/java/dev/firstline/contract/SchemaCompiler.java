package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Compiles one schema object into a {@link Shape}, and refuses what it cannot vouch for. */
final class SchemaCompiler {
    private static final Set<String> SAY_NOTHING = Set.of("title", "description", "$comment");

    private final SchemaObject schema;
    private final Schemas.Links links;
    private final Clauses clauses;
    private final int types;
    private final List<Check> checks = new ArrayList<>();

    private SchemaCompiler(SchemaObject schema, Schemas.Links links) {
        this.schema = schema;
        this.links = links;
        this.clauses = new Clauses(schema.where(), schema.comment(), schema.clauseWords());
        this.types = schema.has("type") ? types() : Types.ANY;
    }

    /**
     * The shape of a schema object.
     *
     * @throws dev.firstline.Misuse if it says what we do not check, or nothing about where its rules come from
     */
    static Shape compile(SchemaObject schema, Schemas.Links links) {
        return new SchemaCompiler(schema, links).shape();
    }

    /** What stands in a place: a schema object of its own, or a reference to a file, which stands alone. */
    static Ref value(SchemaObject schema, Schemas.Links links) {
        if (!schema.has("$ref")) {
            return Ref.to(schema.where(), compile(schema, links));
        }
        if (schema.keywords().size() > 1) {
            throw schema.misuse("$ref", "a $ref alone", "keywords beside it", "say it in the schema that it refers to");
        }
        return links.to(schema);
    }

    private Shape shape() {
        if (!schema.has("type")) {
            return untyped();
        }
        Rule otherwise = clauses.rule("type", Rule.WRONG_TYPE);
        Check named = schema.has("enum") ? choice() : null;
        texts();
        numbers();
        Shape.Type type = new Shape.Type(types, otherwise, schema.source("type"), named);
        Ref items = items();
        return new Shape(type, checks, members(), items);
    }

    private Shape untyped() {
        for (String keyword : schema.keywords()) {
            if (!SAY_NOTHING.contains(keyword)) {
                throw schema.misuse(keyword, "a type beside it", "none", "add one");
            }
        }
        return new Shape(
                new Shape.Type(Types.ANY, Rule.WRONG_TYPE, schema.source("type"), null), List.of(), null, null);
    }

    private int types() {
        List<String> words = schema.get("type").isArray() ? schema.names("type") : List.of(schema.text("type"));
        int set = 0;
        for (String word : words) {
            if (Types.named(word) == 0) {
                throw schema.misuse("type", "a type of JSON", word, "mend it");
            }
            set |= Types.named(word);
        }
        return set;
    }

    /** The enumeration; returned where its values are names, for which a server may send numbers. */
    private @Nullable Check choice() {
        List<JsonNode> values = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (JsonNode value :
                schema.need("enum", "a list that is not empty", list -> list.isArray() && !list.isEmpty())) {
            if (!(value.isTextual() || value.isBoolean()) || !Types.hold(types, Types.of(value), value)) {
                throw schema.misuse(
                        "enum", "texts or truth values, of the type beside it", value.toString(), "mend it");
            }
            values.add(value);
            words.add(value.asText());
        }
        Check choice = new Check(
                Types.ANY,
                values::contains,
                clauses.rule("enum", Rule.ENUM_DRIFT),
                words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words),
                schema.source("enum"));
        checks.add(choice);
        return values.get(0).isTextual() ? choice : null;
    }

    private void texts() {
        if (schema.has("minLength")) {
            int least = schema.positive("minLength");
            String promised = least == 1 ? "a text that is not empty" : "a text of at least " + least + " characters";
            text("minLength", promised, text -> text.codePointCount(0, text.length()) >= least);
        }
        if (schema.has("pattern")) {
            String pattern = schema.text("pattern");
            text("pattern", "a text that matches " + pattern, pattern(pattern));
        }
        if (schema.has("format")) {
            schema.need(
                    "format",
                    "date-time, the one format that is checked",
                    name -> name.asText().equals("date-time"));
            text("format", "a moment such as 2026-11-20T18:00:00Z", Moment::is);
        }
    }

    private Predicate<String> pattern(String pattern) {
        try {
            return EcmaPattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw schema.misuse(
                    "pattern",
                    "a pattern that every validator reads alike, in time that grows with the text",
                    e.getDescription(),
                    "say it in another way");
        }
    }

    private void text(String keyword, String promised, Predicate<String> kept) {
        check(Types.STRING, keyword, promised, value -> kept.test(value.textValue()));
    }

    private void numbers() {
        if (schema.has("minimum")) {
            BigDecimal least = bound("minimum");
            check(Types.NUMBER, "minimum", "a number of at least " + least, value -> compare(value, least) >= 0);
        }
        if (schema.has("maximum")) {
            BigDecimal most = bound("maximum");
            check(Types.NUMBER, "maximum", "a number of at most " + most, value -> compare(value, most) <= 0);
        }
    }

    private BigDecimal bound(String keyword) {
        return schema.need(keyword, "a number", JsonNode::isNumber).decimalValue();
    }

    /** What no BigDecimal can hold is beyond every bound, on the side that its double has. */
    private static int compare(JsonNode value, BigDecimal bound) {
        return value.isDouble()
                ? Double.compare(value.doubleValue(), bound.doubleValue())
                : value.decimalValue().compareTo(bound);
    }

    private @Nullable Ref items() {
        if (schema.has("minItems")) {
            int least = schema.positive("minItems");
            String promised = least == 1 ? "a list that is not empty" : "a list of at least " + least;
            need(Types.ARRAY, "minItems");
            Rule rule = clauses.rule("minItems", Rule.MISSING_FIELD);
            checks.add(
                    new Check(Types.ARRAY, value -> value.size() >= least, rule, promised, schema.source("minItems")));
        }
        if (!schema.has("items")) {
            return null;
        }
        need(Types.ARRAY, "items");
        return value(schema.child("items"), links);
    }

    private @Nullable Members members() {
        if (!schema.has("properties")) {
            for (String keyword : List.of("required", "additionalProperties", "oneOf")) {
                if (schema.has(keyword)) {
                    throw schema.misuse(keyword, "properties beside it", "none", "name the members");
                }
            }
            return null;
        }
        need(Types.OBJECT, "properties");
        return MembersCompiler.compile(schema, clauses, links);
    }

    private void check(int type, String keyword, String promised, Predicate<JsonNode> kept) {
        need(type, keyword);
        checks.add(new Check(type, kept, clauses.rule(keyword, Rule.BAD_VALUE), promised, schema.source(keyword)));
    }

    private void need(int type, String keyword) {
        boolean wholeOnly = type == Types.NUMBER && (types & Types.INTEGER) != 0;
        if ((types & type) == 0 && !wholeOnly) {
            throw schema.misuse(keyword, "the type beside it that it is about", Types.words(types), "mend the type");
        }
    }
}
