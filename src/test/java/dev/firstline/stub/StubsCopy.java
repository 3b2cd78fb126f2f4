package dev.firstline.stub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The shipped stubs in a folder of a test's own, for the test to change. */
final class StubsCopy {
    private StubsCopy() {}

    static void into(Path root) throws IOException {
        Path shipped = Path.of("stubs");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.toList()) {
                Path target = root.resolve(shipped.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Has the shipped mapping tell the agent something: {@code "speed":0}. */
    static void tell(Path root, String parameters) throws IOException {
        Path mapping = root.resolve("mappings/agent-graph.json");
        String told = "\"transformers\": [\"agent-graph\"], \"transformerParameters\": {" + parameters + "}}";
        Files.writeString(
                mapping, Files.readString(mapping).replaceFirst("\"transformers\": \\[\"agent-graph\"]}", told));
    }

    /** Puts members into the header row of a recording: {@code "speed":0}. */
    static void head(Path root, String recording, String members) throws IOException {
        Path file = root.resolve(Recordings.FOLDER).resolve(recording + ".ndjson");
        Files.writeString(
                file, Files.readString(file).replaceFirst("\\{\"recording\":1,", "{\"recording\":1," + members + ","));
    }
}
