package dev.firstline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The jar that was built, run as a user runs it: {@code java -jar}, from a folder of its own, without a flag. */
final class Jar {
    private final Path folder;
    private final Map<String, String> environment;
    private final Path javaHome;

    Jar(Path folder) {
        this(folder, Map.of());
    }

    /** @param environment variables that it finds beside our own */
    Jar(Path folder, Map<String, String> environment) {
        this(folder, environment, Path.of(System.getProperty("java.home")));
    }

    /** @param javaHome the Java that runs it, which need not be our own */
    Jar(Path folder, Map<String, String> environment, Path javaHome) {
        this.folder = folder;
        this.environment = environment;
        this.javaHome = javaHome;
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    /** Runs a command to its end. */
    Ended run(Duration atMost, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = start(out, err, arguments);
        if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError(
                    "not over after " + atMost + ":\n" + Files.readString(out) + Files.readString(err));
        }
        return new Ended(process.exitValue(), text(out), text(err));
    }

    /** Starts a command and leaves it running. */
    Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.add("-jar");
        command.add(System.getProperty("firstline.jar"));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.environment().putAll(environment);
        return process.start();
    }

    /** The folder of the only run there is, or of the newest. */
    Path run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return runs.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
        }
    }

    static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }
}
