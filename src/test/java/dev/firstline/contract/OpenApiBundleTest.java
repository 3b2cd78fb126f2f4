package dev.firstline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenApiBundleTest {
    private static final String DOCUMENT = """
            openapi: 3.1.0
            paths:
              /invoke:
                post:
                  requestBody: {$ref: '#/components/requestBodies/Invoke'}
                  responses:
                    '200':
                      content:
                        application/json:
                          schema: {$ref: ../schemas/v1/wire/stream-line.schema.json}
                          examples:
                            one: {externalValue: ../examples/line.json}
                            stream: {externalValue: ../examples/stream.ndjson}
            components:
              requestBodies:
                Invoke: {content: {application/json: {schema: {$ref: ../schemas/v1/requests/invoke.schema.json}}}}
              schemas:
                InvokeRequest: {$ref: ../schemas/v1/requests/invoke.schema.json}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        write("openapi/api.yaml", DOCUMENT);
        write("schemas/v1/wire/stream-line.schema.json", """
                {"$schema": "s", "$id": "https://contracts.invalid/line", "$comment": "documented S002",
                 "properties": {"$id": {"type": "string"}, "part": {"$ref": "../parts/text-part.schema.json"}}}
                """);
        write("schemas/v1/parts/text-part.schema.json", """
                {"$id": "https://contracts.invalid/part",
                 "properties": {"more": {"items": {"$ref": "text-part.schema.json"}}}}
                """);
        write(
                "schemas/v1/requests/invoke.schema.json",
                "{\"$id\": \"https://contracts.invalid/i\", \"type\": \"object\"}");
        write("examples/line.json", "{\"part\": {}}");
        write("examples/stream.ndjson", "{}\n{}\n");
    }

    @Test
    void every_file_becomes_a_component_without_an_id() throws IOException {
        JsonNode bundle = OpenApiBundle.of(folder.resolve("openapi/api.yaml"));

        JsonNode schemas = bundle.at("/components/schemas");
        assertThat(schemas.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("InvokeRequest", "StreamLine", "TextPart");
        assertThat(schemas.at("/InvokeRequest").toString()).isEqualTo("{\"type\":\"object\"}");
        assertThat(schemas.at("/StreamLine/$comment").asText()).isEqualTo("documented S002");
        assertThat(schemas.at("/StreamLine/properties/$id/type").asText())
                .as("a field of that name is no keyword")
                .isEqualTo("string");
        assertThat(references(bundle))
                .containsExactlyInAnyOrder(
                        "#/components/requestBodies/Invoke",
                        "#/components/schemas/InvokeRequest",
                        "#/components/schemas/StreamLine",
                        "#/components/schemas/TextPart",
                        "#/components/schemas/TextPart");
        JsonNode examples = bundle.at("/paths/~1invoke/post/responses/200/content/application~1json/examples");
        assertThat(examples.at("/one/value").toString()).isEqualTo("{\"part\":{}}");
        assertThat(examples.at("/stream/value").asText()).isEqualTo("{}\n{}\n");
    }

    @Test
    void the_build_writes_it_as_json() throws IOException {
        Path bundle = folder.resolve("target/openapi/api.bundle.json");

        OpenApiBundle.main(new String[] {folder.resolve("openapi/api.yaml").toString(), bundle.toString()});

        assertThat(new ObjectMapper().readTree(bundle.toFile()))
                .isEqualTo(OpenApiBundle.of(folder.resolve("openapi/api.yaml")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ../schemas/v1/wire/gone.schema.json        | gone.schema.json
                    '#/components/schemas/Gone'                | #/components/schemas/Gone
                    https://example.com/x.json                 | https://example.com/x.json
                    ../schemas/v1/wire/stream-line.schema.json#/properties | the path of a whole file
                    ../other/text-part.schema.json             | TextPart a second time
                    ../other/list.json                         | an object
                    """)
    void what_cannot_be_bundled_is_told(String reference, String said) throws IOException {
        write("other/text-part.schema.json", "{}");
        write("other/list.json", "[]");
        write("openapi/api.yaml", DOCUMENT + "    Other: {properties: {it: {$ref: '" + reference + "'}}}\n");

        assertThatThrownBy(() -> OpenApiBundle.of(folder.resolve("openapi/api.yaml")))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(said);
    }

    private static List<String> references(JsonNode node) {
        return node.findValues("$ref").stream().map(JsonNode::asText).toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
