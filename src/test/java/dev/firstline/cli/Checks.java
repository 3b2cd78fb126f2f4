package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code firstline check} from the jar, in a folder with files to check. Quotes in JSON may be single here. */
final class Checks {
    /** Where an event stands in {@link #line}. */
    static final String EVENT = "/result/response/responseEvents/0";

    /** A line in which nothing is found. */
    static final String GOOD = line("s-1", "{'sessionCloseEvent':{},'eventId':'e-1'}");

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    Checks(Path folder) {
        this.folder = folder;
    }

    static String line(String session, String event) {
        return "{'result':{'response':{'sessionId':'%s','responseEvents':[%s]}}}\n"
                .formatted(session, event)
                .replace('\'', '"');
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void write(String name, String text) throws IOException {
        Files.writeString(file(name), text.replace('\'', '"'));
    }

    /** Runs it with arguments that are separated by spaces. */
    Jar.Ended check(String arguments) throws Exception {
        List<String> words =
                Stream.of(arguments.split(" +")).filter(word -> !word.isEmpty()).toList();
        return end(process(command(List.of(), words)));
    }

    /** The command, with flags for the JVM. */
    List<String> command(List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-jar", System.getProperty("firstline.jar"), "check"));
        command.addAll(arguments);
        return command;
    }

    /** A process whose output {@link #end} collects. */
    ProcessBuilder process(List<String> command) {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(file("out.txt").toFile())
                .redirectError(file("err.txt").toFile());
    }

    Jar.Ended end(ProcessBuilder command) throws Exception {
        return end(command.start());
    }

    Jar.Ended end(Process process) throws Exception {
        try {
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS))
                    .as("it is over")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Jar.Ended(process.exitValue(), Jar.text(file("out.txt")), Jar.text(file("err.txt")));
    }

    /** What JSON output says, a line each: the file if it is named, the line, the result, and rules with pointers. */
    static List<String> told(String json) throws IOException {
        List<String> told = new ArrayList<>();
        for (String row : json.lines().toList()) {
            JsonNode object = JSON.readTree(row);
            StringBuilder text = new StringBuilder(object.path("file").asText());
            text.append(' ').append(object.get("line").asInt());
            text.append(' ').append(object.get("result").asText());
            for (JsonNode finding : object.get("findings")) {
                text.append(' ').append(finding.get("rule").asText());
                text.append(' ').append(finding.get("pointer").asText());
                assertThat(finding.get("message").asText())
                        .startsWith("promised ")
                        .contains(", saw ");
            }
            told.add(text.toString().strip());
        }
        return told;
    }
}
