package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Severity;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.LineDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The examples, in the order of their names.
 *
 * @param documents one message each
 * @param streams whole answers, for the rules that no schema can state
 */
record Examples(List<Example> documents, List<StreamExample> streams) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            // 89.90 and 1e3 stay what they are.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern SNAKE = Pattern.compile("_([a-z])");
    private static final ObjectMapper YAML = new YAMLMapper();

    Examples {
        documents = List.copyOf(documents);
        streams = List.copyOf(streams);
    }

    /** Whether what is expected has no violation in it. */
    static boolean pass(List<Expected> expected) {
        return expected.stream().noneMatch(one -> one.rule().severity() == Severity.VIOLATION);
    }

    /** Reads every example below {@code examples/v1} of a folder of contracts. */
    static Examples in(Path contracts) {
        Path root = contracts.resolve("examples/v1");
        List<Example> documents = new ArrayList<>();
        List<StreamExample> streams = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".json")) {
                    documents.add(document(root, name.substring(0, name.length() - ".json".length())));
                } else if (name.endsWith(".ndjson")) {
                    streams.add(stream(root, name.substring(0, name.length() - ".ndjson".length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Examples(documents, streams);
    }

    private static Example document(Path root, String name) throws IOException {
        String json = Files.readString(root.resolve(name + ".json"));
        Path expect = root.resolve(name + ".expect");
        List<Expected> expected = new ArrayList<>();
        for (String row : Files.exists(expect) ? Files.readAllLines(expect) : List.<String>of()) {
            if (!row.isBlank()) {
                expected.add(Expected.parse(expect.toString(), "1 " + row));
            }
        }
        JsonNode document = JSON.readTree(json);
        return new Example(
                name,
                name.substring(0, name.lastIndexOf('/')),
                json,
                name.startsWith("requests/") ? camelCase(document) : document,
                expected);
    }

    /** A request may be spelt in snake_case too (A1), of which its schema knows nothing. */
    private static JsonNode camelCase(JsonNode request) {
        if (request instanceof ObjectNode members) {
            ObjectNode respelt = JSON.createObjectNode();
            members.properties().forEach(member -> {
                String camel = SNAKE.matcher(member.getKey())
                        .replaceAll(hump -> hump.group(1).toUpperCase(Locale.ROOT));
                respelt.set(members.has(camel) ? member.getKey() : camel, camelCase(member.getValue()));
            });
            return respelt;
        }
        if (request instanceof ArrayNode items) {
            ArrayNode respelt = JSON.createArrayNode();
            items.forEach(item -> respelt.add(camelCase(item)));
            return respelt;
        }
        return request;
    }

    private static StreamExample stream(Path root, String name) throws IOException {
        Path about = root.resolve(name + ".yaml");
        JsonNode facts = YAML.readTree(about.toFile());
        List<Expected> expected = new ArrayList<>();
        facts.path("findings").forEach(row -> expected.add(Expected.parse(about.toString(), row.asText())));
        return new StreamExample(
                name,
                endpoint(facts.path("endpoint").asText("invoke")),
                facts.path("session").asText(""),
                facts.path("status").asInt(200),
                contentType(facts.path("contentType").asText()),
                new AnswerEnd(
                        facts.path("whole").asBoolean(true), nanos(facts.path("totalMs")), nanos(facts.path("lastMs"))),
                Body.read(
                        Files.readAllBytes(root.resolve(name + ".ndjson")),
                        facts.path("lineBytesMax").asInt(LineDecoder.LINE_BYTES_MAX)),
                expected,
                facts.path("ruling").asText(""));
    }

    private static @Nullable String contentType(String written) {
        return written.equals("none") ? null : written;
    }

    private static long nanos(JsonNode millis) {
        return millis.isNumber() ? Duration.ofMillis(millis.asLong()).toNanos() : AnswerEnd.UNKNOWN;
    }

    private static Endpoint endpoint(String wireName) {
        return Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no endpoint " + wireName));
    }

    /** The same without the examples of these names. */
    Examples without(Predicate<String> names) {
        return new Examples(
                documents.stream()
                        .filter(example -> !names.test(example.name()))
                        .toList(),
                streams.stream().filter(example -> !names.test(example.name())).toList());
    }
}
