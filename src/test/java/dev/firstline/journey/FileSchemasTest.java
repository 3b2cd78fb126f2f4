package dev.firstline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSchemasTest {
    private static final Path FOLDER = Path.of("contracts/schemas/files");
    private static final String STAGING = "environment: staging, businessId: b, apiKeyEnv: KEY, "
            + "caps: {journeysPerSecond: 1, openSessions: 2, minutes: 3}";

    @ParameterizedTest
    @MethodSource("dev.firstline.journey.Yaml#journeyFiles")
    void every_shipped_journey_keeps_its_schema(Path file) {
        assertThat(errors("journey", Yaml.file(file))).isEmpty();
    }

    @Test
    void the_shipped_targets_keep_their_schema() {
        assertThat(errors("targets", Yaml.file(Yaml.TARGETS))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{say: hi, think: 1m, sync: true, abandon: {after: 800ms}}",
                "{say: hi, expect: [textContent, listMessage]}",
                "{say: hi, expect: sessionCloseEvent}",
                "{say: hi, abandon: {afterLines: 1}}",
                "{assistant: hi}",
                "{pressButton: first}",
                "{pickFromList: {nth: 2}}",
                "{button: {id: a, title: A}}",
                "{listReply: {id: a, title: A, description: D}}",
                "{inputs: [{say: hi}, {audio: 'https://h/a'}]}"
            })
    void a_journey_of_every_form_keeps_its_schema_and_the_reader_takes_it(String turn) {
        JsonNode file = journey("{say: first}, " + turn);

        assertThat(errors("journey", file)).isEmpty();
        assertThat(Journey.read("a.yaml", file).turns()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{say: hi, thnik: 1s}",
                "{say: 7}",
                "{say: ''}",
                "{say: hi, think: 1 s}",
                "{say: hi, think: 5}",
                "{say: hi, sync: 'true'}",
                "{say: hi, expect: mesageEvent}",
                "{say: hi, expect: []}",
                "{say: hi, expect: [messageEvent, messageEvent]}",
                "{say: hi, abandon: {}}",
                "{say: hi, abandon: {after: 1s, afterLines: 2}}",
                "{say: hi, abandon: {afterLines: 0}}",
                "{inputs: []}",
                "{inputs: [{say: hi, audio: 'https://h/a'}]}",
                "{inputs: [{think: 1s}]}",
                "{audio: /a.ogg}",
                "{image: {caption: c}}",
                "{image: {url: 'https://h', text: c}}",
                "{location: {latitude: 91, longitude: 0}}",
                "{location: {latitude: '1', longitude: 0}}",
                "{location: {latitude: 1}}",
                "{pressButton: last}",
                "{pressButton: {nth: 0}}",
                "{pressButton: {nth: 1, id: a}}",
                "{pickFromList: 2}",
                "{button: {id: a}}",
                "{button: {id: a, title: A, description: D}}",
                "{form: {}}",
                "{form: {day: 12}}",
                "{store: {storeId: 22473}}",
                "{store: {name: Centro}}"
            })
    void a_broken_turn_breaks_the_schema(String turn) {
        assertThat(errors("journey", journey(turn))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{turns: [{say: hi}]}",
                "{name: a}",
                "{name: a, turns: []}",
                "{name: A b, turns: [{say: hi}]}",
                "{name: a, weight: 0, turns: [{say: hi}]}",
                "{name: a, weight: 1.5, turns: [{say: hi}]}",
                "{name: a, spelling: CAMEL_CASE, turns: [{say: hi}]}",
                "{name: a, agent: x, turns: [{say: hi}]}",
                "[]"
            })
    void a_broken_journey_breaks_the_schema(String journey) {
        assertThat(errors("journey", Yaml.parse(journey))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{environment: stub}",
                "{baseUrl: embedded}",
                "{baseUrl: embedded, environment: test}",
                "{baseUrl: 'ftp://h', environment: stub}",
                "{baseUrl: 'https://h', environment: staging}",
                "{baseUrl: 'https://h', environment: production, businessId: b, apiKeyEnv: KEY}",
                "{baseUrl: 'https://h', apiKey: x, " + STAGING + "}",
                "{baseUrl: 'https://joe:hunter2@h', " + STAGING + "}",
                "{baseUrl: 'https://h/external/v1', " + STAGING + "}",
                "{baseUrl: 'http://127.0.0.1', environment: stub, apiKeyEnv: JAVA_TOOL_OPTIONS}",
                "{baseUrl: 'https://h', allowLoad: 'yes', " + STAGING + "}",
                "{baseUrl: 'https://h', environment: staging, businessId: b, apiKeyEnv: sk-live-abc,"
                        + " caps: {journeysPerSecond: 1, openSessions: 2, minutes: 3}}",
                "{baseUrl: 'https://h', environment: staging, businessId: b, apiKeyEnv: KEY,"
                        + " caps: {journeysPerSecond: 1, openSessions: 2}}",
                "{baseUrl: 'https://h', environment: staging, businessId: b, apiKeyEnv: KEY,"
                        + " caps: {journeysPerSecond: 0, openSessions: 2, minutes: 3}}"
            })
    void a_broken_target_breaks_the_schema(String target) {
        assertThat(errors("targets", Yaml.parse("targets: {t: " + target + "}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h/", "HTTPS://H:8443", "http://[::1]:9000"})
    void a_base_url_of_every_form_keeps_its_schema(String url) {
        assertThat(errors("targets", Yaml.parse("targets: {t: {baseUrl: '" + url + "', " + STAGING + "}}")))
                .isEmpty();
    }

    @Test
    void a_whole_target_keeps_its_schema() {
        assertThat(errors("targets", Yaml.parse("targets: {t: {baseUrl: 'https://h', " + STAGING + "}}")))
                .isEmpty();
    }

    @Test
    void what_can_be_expected_is_what_the_schema_lists() {
        List<String> listed = new ArrayList<>();
        schemaFile("journey").at("/$defs/kind/enum").forEach(kind -> listed.add(kind.asText()));

        assertThat(listed).containsExactlyElementsOf(Expectation.NAMES).hasSize(29);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journey", "targets"})
    void a_schema_is_itself_valid_refuses_unknown_keys_and_describes_every_property(String name) {
        JsonNode schema = schemaFile(name);

        assertThat(schema.path("$id").asText()).isEqualTo("https://contracts.invalid/files/" + name + ".schema.json");
        assertThat(registry()
                        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(schema))
                .isEmpty();
        objects(schema)
                .filter(node -> node.path("properties").isObject()
                        && node.path("type").asText().equals("object"))
                .forEach(node -> {
                    assertThat(node.path("additionalProperties").isMissingNode())
                            .as(node.toString())
                            .isFalse();
                    node.path("properties")
                            .forEach(property -> assertThat(property.has("description") || property.has("$ref"))
                                    .as(property.toString())
                                    .isTrue());
                });
    }

    private static Stream<JsonNode> objects(JsonNode node) {
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        return Stream.concat(Stream.of(node), children.stream().flatMap(FileSchemasTest::objects));
    }

    private static JsonNode journey(String turns) {
        return Yaml.parse("{name: a, turns: [" + turns + "]}");
    }

    private static List<String> errors(String name, JsonNode file) {
        Schema schema = registry().getSchema(schemaFile(name));
        return schema.validate(file).stream().map(Object::toString).toList();
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    }

    private static JsonNode schemaFile(String name) {
        try {
            return Yaml.parse(Files.readString(FOLDER.resolve(name + ".schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
