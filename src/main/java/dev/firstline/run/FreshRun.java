package dev.firstline.run;

import dev.firstline.Misuse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A run in a JVM of its own, as every step of a certificate is: no step inherits the heap, the compiled code or the
 * connections of the one before it. It ends with its parent: the parent holds the only other end of its standard input.
 */
public final class FreshRun {
    private static final int LOG_QUOTED_LINES = 20;
    private static final long STOP_SECONDS = 30;

    private FreshRun() {}

    /**
     * Runs a simulation to its end and waits for it.
     *
     * @param simulation as for {@link Runs#run}
     * @param settings by their names without the prefix
     * @param log takes what the process has to say; it is begun anew
     * @return the run's own folder
     * @throws Misuse if it refused something, in its own words
     */
    public static Path run(String simulation, Map<String, String> settings, Path log) {
        Path answer = log.resolveSibling(log.getFileName() + ".answer");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                FreshRunMain.class.getName(),
                answer.toString(),
                simulation));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        Process process = null;
        try {
            Files.deleteIfExists(answer);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int code = process.waitFor();
            if (!Files.exists(answer)) {
                throw failed(code, log);
            }
            String said = Files.readString(answer);
            Files.delete(answer);
            return Path.of(said);
        } catch (IOException e) {
            throw new UncheckedIOException("running " + simulation + " in a process of its own", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(process);
            throw new UncheckedIOException(new IOException("interrupted while a run was under way", e));
        }
    }

    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static Misuse failed(int code, Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            String words = String.join(
                    "\n         ",
                    lines.filter(line -> !line.startsWith("\tat "))
                            .limit(LOG_QUOTED_LINES)
                            .toList());
            return new Misuse(
                    "a run that is judged",
                    "it ended with code " + code + "\n         " + words,
                    log.toString(),
                    "read its words");
        }
    }
}
