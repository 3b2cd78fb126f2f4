package dev.firstline.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What tests of this room read. */
final class Yaml {
    static final Path JOURNEYS = Path.of("simulations/journeys");
    static final Path TARGETS = Path.of("simulations/targets.yaml");

    private static final ObjectMapper YAML = new YAMLMapper();

    private Yaml() {}

    static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode file(Path path) {
        try {
            return parse(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Journey journey(String yaml) {
        return Journey.read("a.yaml", parse(yaml));
    }

    static List<Path> journeyFiles() {
        try (Stream<Path> files = Files.list(JOURNEYS)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Journey> shippedJourneys() {
        return journeyFiles().stream()
                .map(path -> Journey.read(path.toString(), file(path)))
                .toList();
    }
}
