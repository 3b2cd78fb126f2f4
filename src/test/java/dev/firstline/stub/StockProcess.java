package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** WireMock's own program in a process of its own, with our jar on its class path. */
final class StockProcess implements AutoCloseable {
    private static final long WAIT_MAX_SECONDS = 60;
    private static final String PORT = "port:";

    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private int port;

    private StockProcess(Process process) {
        this.process = process;
    }

    /** Starts it; it serves when this returns. */
    static StockProcess start(Path root, String... flags) throws IOException {
        StockProcess stock = launched(root, flags);
        BufferedReader out = stock.process.inputReader(UTF_8);
        String line = out.readLine();
        for (; line != null && !line.startsWith("extensions:"); line = out.readLine()) {
            stock.said.append(line).append('\n');
            if (line.startsWith(PORT)) {
                stock.port = Integer.parseInt(line.substring(PORT.length()).strip());
            }
        }
        if (line == null) {
            throw new AssertionError("it ended: " + stock.said);
        }
        stock.said.append(line);
        return stock;
    }

    /** What it says when it does not get as far as serving. */
    static String ended(Path root, String... flags) throws Exception {
        try (StockProcess stock = launched(root, flags)) {
            if (!stock.process.waitFor(WAIT_MAX_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it serves");
            }
            return new String(stock.process.getInputStream().readAllBytes(), UTF_8);
        }
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port);
    }

    String said() {
        return said.toString();
    }

    /** The jar that is built here; its manifest names the libraries beside it. */
    static Path ourJar() {
        return Path.of(Objects.requireNonNull(System.getProperty("firstline.jar"), "firstline.jar"));
    }

    private static StockProcess launched(Path root, String... flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", stockJar() + File.pathSeparator + ourJar(), "wiremock.Run"));
        command.addAll(List.of(
                "--root-dir", root.toString(), "--port", "0", "--bind-address", "127.0.0.1", "--disable-banner"));
        return new StockProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static String stockJar() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("wiremock-standalone"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
    }
}
