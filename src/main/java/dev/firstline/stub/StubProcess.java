package dev.firstline.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.stats.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A stub in a JVM of its own, so that its garbage and its threads are not the caller's.
 *
 * <p>It lives no longer than its parent, which holds the only other end of the child's standard input: when that end is
 * closed, by {@link #close()} or by the parent's death however sudden, the child halts.
 */
public final class StubProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    private static final Duration ADMIN_MAX = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;
    private static final String LOG = "log";
    private static final int LOG_QUOTED_LINES = 20;
    /** The first Java whose ZGC needs no flag of its own to be generational. */
    private static final int JAVA_WITH_GENERATIONAL_ZGC = 24;

    private final Process process;
    private final Path folder;
    private final URI baseUrl;

    private StubProcess(Process process, Path folder, URI baseUrl) {
        this.process = process;
        this.folder = folder;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts a stub with the Java and the class path of this process; it serves when this returns, after a minute at
     * most.
     *
     * @throws Misuse if it does not serve, its own words being quoted, or if there is no folder for temporary files
     */
    public static StubProcess launch(StubOptions options) {
        Path folder = temporaryFolder(Path.of(System.getProperty("java.io.tmpdir")));
        Path log = options.log() == null ? folder.resolve(LOG) : options.log();
        Process process = null;
        try {
            process = start(options, folder, log);
            URI baseUrl = awaitAddress(process, folder.resolve(StubProcessMain.ADDRESS), log);
            return new StubProcess(process, folder, baseUrl);
        } catch (IOException | RuntimeException e) {
            if (process != null) {
                stop(process);
            }
            delete(folder);
            throw e instanceof Misuse misuse ? misuse : failed(e.toString(), log);
        }
    }

    /** Where it serves, without a path: {@code http://127.0.0.1:40001}. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it is gone by now, or will be within that time: somebody else may have ended it just now. */
    public boolean isGoneWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * How late its lines were, as it says itself.
     *
     * @throws UncheckedIOException if it does not answer
     */
    public StubLag lag() {
        JsonNode lag = admin("GET", "").path("lag");
        return new StubLag(
                lag.path("lines").asLong(),
                lag.path("p50_ms").asDouble(),
                lag.path("p99_ms").asDouble(),
                lag.path("max_ms").asDouble());
    }

    /**
     * Forgets how late lines were; sessions stay. For the end of a warm-up.
     *
     * @throws UncheckedIOException if it does not answer
     */
    public void resetLag() {
        admin("POST", "/lag/reset");
    }

    /**
     * Sessions that were opened and not closed.
     *
     * @throws UncheckedIOException if it does not answer
     */
    public int openSessions() {
        return admin("GET", "").path("open_sessions").asInt();
    }

    /** Stops it and waits, five seconds at most, until it is gone. */
    @Override
    public void close() {
        stop(process);
        delete(folder);
    }

    private JsonNode admin(String method, String page) {
        HttpRequest request = HttpRequest.newBuilder(baseUrl.resolve(AdminPages.PATH + page))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(ADMIN_MAX)
                .build();
        HttpClient client = HttpClient.newBuilder().connectTimeout(ADMIN_MAX).build();
        try {
            return JSON.readTree(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException("asking the stub at " + baseUrl, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while asking the stub", e));
        }
    }

    private static Process start(StubOptions options, Path folder, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(StubProcessMain.class.getName());
        command.addAll(StubProcessMain.arguments(options, folder));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * What lets a small process pace well: pauses of a young collection are what makes lines late. ZGC has none, but
     * needs room beside what it collects: with less, who allocates has to wait.
     */
    private static List<String> flags() {
        boolean zgc = Runtime.version().feature() >= JAVA_WITH_GENERATIONAL_ZGC;
        return List.of(
                "-Xms256m",
                zgc ? "-Xmx1g" : "-Xmx512m",
                zgc ? "-XX:+UseZGC" : "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true");
    }

    private static URI awaitAddress(Process process, Path address, Path log) throws IOException {
        Clock clock = Clock.system();
        long startNanos = clock.nanoTime();
        try {
            while (!Files.exists(address)) {
                if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw failed("it ended with code " + process.exitValue(), log);
                }
                if (clock.nanoTime() - startNanos > START_MAX.toNanos()) {
                    throw failed("nothing for " + START_MAX.toSeconds() + " s", log);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the stub started", e);
        }
        return URI.create(Files.readString(address).strip());
    }

    private static Misuse failed(String saw, Path log) {
        String words;
        try (Stream<String> lines = Files.lines(log)) {
            words = String.join(
                    "\n         ",
                    lines.filter(line -> !line.startsWith("\tat "))
                            .limit(LOG_QUOTED_LINES)
                            .toList());
        } catch (IOException | UncheckedIOException e) {
            words = "(it left no log)";
        }
        return new Misuse(
                "a stub that serves", saw + "\n         " + words, "the stub's own process", "read its words");
    }

    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static Path temporaryFolder(Path parent) {
        try {
            return Files.createTempDirectory(parent, "firstline-stub-");
        } catch (IOException e) {
            throw new Misuse(
                    "a folder for temporary files that can be written to",
                    e.toString(),
                    parent.toString(),
                    "make it writable (in a container whose root is not: --tmpfs " + parent
                            + "), or name another: -Djava.io.tmpdir=FOLDER");
        }
    }

    /** Deletes the folder that parent and child share, and what either of them put there. */
    static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(StubProcessMain.ADDRESS));
            Files.deleteIfExists(folder.resolve(LOG));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // A forgotten file in the folder for temporary files harms nobody.
        }
    }
}
