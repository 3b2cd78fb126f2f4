package dev.firstline.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no schema may say, and how it is told. */
final class SchemaRefusalsTest {
    private static final String PATH = "a/thing.schema.json";
    private static final String NAME = "'name':{'$comment':'documented S002','type':'string'}";
    private static final String KINDS = "'one':{'$ref':'kind.schema.json'},'two':{'$ref':'kind.schema.json'}";

    @TempDir
    private Path folder;

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("'type':'object'", "#", "a $comment", "add one: documented S002"),
                refused(
                        "'$comment':'sure','type':'string'",
                        "#",
                        "documented, measured, inferred or ours",
                        "say first"),
                refused("'$comment':'documented','type':'string'", "#", "the source", "documented S002"),
                refused(
                        "'$comment':'documented S002 odd-valeu','type':'string'",
                        "#",
                        "at most one rule",
                        "odd-value?"),
                refused("'$comment':'documented S009','type':'string'", "#", "sources or rulings", "README"),
                refused("'$comment':'ours','type':'string'", "#", "drift", "name a rule of drift"),
                refused(
                        "'$comment':'documented S002; pattern inferred','type':'string','pattern':'^a$'",
                        "#",
                        "drift",
                        "pattern ours odd-value"),
                refused(
                        "'$comment':'documented S002; minLength ours missing-field','type':'string','minLength':1",
                        "#",
                        "drift",
                        "a violation"),
                refused(
                        "'$comment':'documented S002; pattern ours odd-value','type':'string'",
                        "#",
                        "a keyword",
                        "see"),
                refused(
                        "'$comment':'documented S002; type ours odd-value; type ours odd-value','type':'string'",
                        "#",
                        "one clause a keyword",
                        "join them"),
                refused("'$comment':'documented S002','type':'strin'", "#/type", "a type of JSON", "mend it"),
                refused("'$comment':'documented S002','type':[]", "#/type", "not empty", "mend"),
                refused(
                        "'$comment':'documented S002','type':'string','maxLength':3",
                        "#/maxLength",
                        "keywords",
                        "minLength?"),
                refused(
                        "'$comment':'documented S002','type':'string','$defs':{}",
                        "#/$defs",
                        "keywords",
                        "no rule without"),
                refused(
                        "'$comment':'documented S002','type':'object','minLength':1",
                        "#/minLength",
                        "type",
                        "mend the type"),
                refused("'$comment':'documented S002','type':'string','minLength':0", "#/minLength", "above 0", "mend"),
                refused(
                        "'$comment':'documented S002','type':'string','minimum':0",
                        "#/minimum",
                        "type",
                        "mend the type"),
                refused("'$comment':'documented S002','type':'number','minimum':'0'", "#/minimum", "a number", "mend"),
                refused("'$comment':'documented S002','type':'string','format':'uri'", "#/format", "date-time", "mend"),
                refused(
                        "'$comment':'documented S002','type':'string','pattern':'(a|b)*'",
                        "#/pattern",
                        "alike",
                        "another"),
                refused("'$comment':'documented S002','type':'string','pattern':'(a'", "#/pattern", "alike", "another"),
                refused(
                        "'$comment':'documented S002','type':'string','pattern':'\\\\\\\\p{L}'",
                        "#/pattern",
                        "alike",
                        "another"),
                refused("'$comment':'documented S002','type':'string','enum':[]", "#/enum", "not empty", "mend"),
                refused("'$comment':'documented S002','type':'string','enum':[true]", "#/enum", "of the type", "mend"),
                refused("'$comment':'documented S002','type':'number','enum':[1]", "#/enum", "texts", "mend"),
                refused(
                        "'$comment':'documented S002','type':'object','required':['a']",
                        "#/required",
                        "properties",
                        "name"),
                refused(
                        "'$comment':'documented S002','type':'object','additionalProperties':false",
                        "#/additionalProperties",
                        "properties",
                        "name"),
                refused(
                        "'$comment':'documented S002; title ours odd-value','type':'string','title':'x'",
                        "#",
                        "a keyword",
                        "see"),
                refused(
                        "'$comment':'documented S002; oneOf ours A4 empty-event','type':'object','properties':{" + KINDS
                                + "},'additionalProperties':false,'oneOf':[" + branch("one") + "]",
                        "#",
                        "drift",
                        "oneOf ours odd-value"),
                refused("'minLength':1", "#/minLength", "a type beside it", "add one"),
                refused(object(NAME), "#/additionalProperties", "false", "close the message"),
                refused(object(NAME) + ",'additionalProperties':true", "#/additionalProperties", "false", "mend"),
                refused(closed(NAME) + ",'required':['nam']", "#/required", "names that properties has", "mend"),
                refused(closed(NAME) + ",'required':['name','name']", "#/required", "each once", "remove"),
                refused(closed("'aB':{},'a_b':{}"), "#/properties", "both spellings", "rename"),
                refused(closed("'name':{'type':'string'}"), "#/properties/name", "a $comment", "add one"),
                refused(closed("'name':true"), "#/properties/name", "a schema", "make it one"),
                refused(
                        closed("'name':{'$ref':'knd.schema.json'}"),
                        "#/properties/name/$ref",
                        "file",
                        "a/kind.schema.json?"),
                refused(
                        closed("'name':{'$ref':'kind.schema.json','title':'x'}"),
                        "#/properties/name/$ref",
                        "alone",
                        "refers"),
                refused(
                        closed("'name':{'$ref':'kind.schema.json#/type'}"),
                        "#/properties/name/$ref",
                        "file",
                        "relative"),
                refused(closed("'name':{'$id':'x'}"), "#/properties/name/$id", "keywords", "no rule"),
                refused(closed(KINDS) + ",'oneOf':[{'required':['one']}]", "#/oneOf", "in this form", "README"),
                refused(
                        closed(KINDS) + ",'oneOf':[" + branch("one") + "," + branch("one") + "]",
                        "#/oneOf",
                        "one member each",
                        "README"),
                refused(closed(KINDS) + ",'oneOf':[" + branch("three") + "]", "#/oneOf", "properties has", "mend"),
                refused(
                        closed(KINDS) + ",'oneOf':[" + branch("one") + "]",
                        "#/oneOf",
                        "a rule in its clause",
                        "empty-event"),
                refused(
                        "'$comment':'documented S002','type':'array','items':{},'minItems':0",
                        "#/minItems",
                        "above 0",
                        "mend"),
                refused("'$comment':'documented S002','type':'object','items':{}", "#/items", "type", "mend the type"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_schema_that_says_what_we_do_not_check_is_refused(
            String keywords, String pointer, String expected, String attempt) {
        assertThatThrownBy(() -> Schemas.compile(set(PATH, schema(PATH, keywords))))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("schemas/v1/" + PATH + pointer)
                .hasMessageContaining(expected)
                .hasMessageContaining(attempt);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("{", "one JSON object"),
                Arguments.of("[]", "a schema, which is an object"),
                Arguments.of("{}", "https://json-schema.org/draft/2020-12/schema"),
                Arguments.of("{'$schema':'x','$schema':'y'}", "each key once"),
                Arguments.of("{} {}", "nothing after the object"),
                Arguments.of(schema("a/other.schema.json", "'title':'x'"), "v1/" + PATH));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_file_that_is_no_schema_of_its_path_is_refused(String text, String expected) {
        assertThatThrownBy(() -> Schemas.compile(set(PATH, text)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("schemas/v1/" + PATH)
                .hasMessageContaining(expected);
    }

    @Test
    void schemas_may_refer_to_one_another_in_a_circle() {
        String path = "a/tree.schema.json";
        String tree = "'items':{'$comment':'documented S002','type':'array','items':{'$ref':'tree.schema.json'}}";

        Shape shape = Schemas.compile(set(path, schema(path, closed(tree)))).get("a/tree");

        Probe probe = new Probe();
        JsonText deep = JsonText.read(Answers.bytes("{'items':[{},{'items':[{'items':0}]}]}"));
        shape.check(Objects.requireNonNull(deep.root()), probe);
        assertThat(probe.take()).extracting(Finding::pointer).containsExactly("/items/1/items/0/items");
    }

    @Test
    void a_folder_without_schemas_borrows_the_shipped_ones() {
        assertThat(Contracts.load(ContractFiles.in(folder)).document("wire/status", Answers.bytes("{'code':'5'}")))
                .extracting(Finding::rule)
                .containsExactly(Rule.NUMERIC_STRING);
    }

    @Test
    void a_folder_with_schemas_has_all_of_them_or_is_refused() throws IOException {
        Path file = Files.createDirectories(folder.resolve("schemas/v1/a")).resolve("thing.schema.json");
        Files.writeString(file, schema(PATH, "'title':'x'").replace('\'', '"'));

        assertThatThrownBy(() -> Contracts.load(ContractFiles.in(folder)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("the schema requests/health-request.schema.json");
    }

    @Test
    void a_file_among_the_schemas_that_is_none_is_refused() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("schemas/v1")).resolve("notes.txt"), "x");

        assertThatThrownBy(() -> Contracts.load(ContractFiles.in(folder)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("notes.txt");
    }

    @Test
    void a_schema_that_nobody_knows_is_told_with_a_guess() {
        assertThatThrownBy(() -> Answers.SHIPPED.document("events/mesage-event", Answers.bytes("{}")))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("did you mean events/message-event?");
    }

    private static SortedMap<String, byte[]> set(String path, String text) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        String kind = "a/kind.schema.json";
        files.put(kind, Answers.bytes(schema(kind, "'$comment':'documented S002','type':['object','null']")));
        files.put(path, text.replace('\'', '"').getBytes(UTF_8));
        return files;
    }

    private static String schema(String path, String keywords) {
        return "{'$schema':'https://json-schema.org/draft/2020-12/schema','$id':'" + Schemas.BASE + path + "',"
                + keywords + "}";
    }

    private static String object(String properties) {
        return "'$comment':'documented S002','type':'object','properties':{" + properties + "}";
    }

    private static String closed(String properties) {
        return object(properties) + ",'additionalProperties':false";
    }

    private static String branch(String kind) {
        return "{'required':['" + kind + "'],'properties':{'" + kind + "':{'type':'object'}}}";
    }

    private static Arguments refused(String keywords, String pointer, String expected, String attempt) {
        return Arguments.of(keywords, pointer, expected, attempt);
    }
}
