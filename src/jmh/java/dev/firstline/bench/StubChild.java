package dev.firstline.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@link StubHost} on the server's core, and what can be seen of it from outside. */
final class StubChild implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PAUSE =
            Pattern.compile("(?:Pause|Allocation Stall|Relocation Stall) .* (\\d+\\.\\d+)ms$");

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;
    private final Path gcLog;
    private final int port;

    /** @param openFiles -1 where the machine does not tell */
    record Figures(double heapMib, long openFiles) {}

    /** The pauses of the collector since it was started, and the stalls of a thread that it let wait for memory. */
    record Pauses(List<Double> millis) {
        Pauses since(Pauses before) {
            return new Pauses(millis.subList(before.millis.size(), millis.size()));
        }

        @Override
        public String toString() {
            double sum = millis.stream().mapToDouble(Double::doubleValue).sum();
            double max = millis.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            return "%d GC pauses, longest %.2f ms, in all %.1f ms".formatted(millis.size(), max, sum);
        }
    }

    /**
     * @param home where its Java is
     * @param zgc whether it collects with ZGC; else with the serial collector
     * @param scratch where its collector may log
     * @param arguments of {@link StubHost}
     */
    StubChild(Path home, boolean zgc, Path scratch, String... arguments) throws IOException, InterruptedException {
        gcLog = Files.createTempFile(scratch, "gc", ".log");
        // As StubProcess starts it.
        List<String> all =
                new ArrayList<>(List.of("-Xms256m", zgc ? "-Xmx1g" : "-Xmx512m", "-Djava.awt.headless=true"));
        all.add(zgc ? "-XX:+UseZGC" : "-XX:+UseSerialGC");
        all.add("-Xlog:gc,gc+phases:file=" + gcLog + "::filecount=0");
        // Such as -Dstub=-XX:StartFlightRecording=filename=stub.jfr
        Stream.of(System.getProperty("stub", "").split(" ", -1))
                .filter(flag -> !flag.isEmpty())
                .forEach(all::add);
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), StubHost.class.getName()));
        all.addAll(List.of(arguments));
        process = Fork.server(home, all);
        answers = process.inputReader(StandardCharsets.US_ASCII);
        orders = process.outputWriter(StandardCharsets.US_ASCII);
        String told = answers.readLine();
        while (!told.matches("\\d+")) {
            // What Java says of its own flags.
            told = answers.readLine();
        }
        port = Integer.parseInt(told);
    }

    /** With the Java of this process. */
    static StubChild ofThisJava(Path scratch, String... arguments) throws IOException, InterruptedException {
        return new StubChild(Path.of(System.getProperty("java.home")), false, scratch, arguments);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    long cpuNanos() {
        return CpuTime.nanos(process.pid());
    }

    int threads() {
        return Integer.parseInt(Fork.processStatus(String.valueOf(process.pid()), "Threads"));
    }

    /** Its open connections, those among them that only it still believes in. */
    long sockets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
            return files.filter(StubChild::isSocket).count();
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedJustNow) {
            return false;
        }
    }

    /** After a full collection. */
    Figures figures() {
        try {
            orders.write("figures\n");
            orders.flush();
            String[] told = answers.readLine().split(" ", -1);
            return new Figures(Long.parseLong(told[0]) / (double) (1 << 20), Long.parseLong(told[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Pauses pauses() throws IOException {
        try (Stream<String> rows = Files.lines(gcLog)) {
            return new Pauses(rows.map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .map(pause -> Double.valueOf(pause.group(1)))
                    .toList());
        }
    }

    /** What the stub says of itself. */
    JsonNode admin() {
        try {
            return JSON.readTree(ask("GET", ""));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void resetLag() {
        ask("POST", "/lag/reset");
    }

    private String ask(String method, String page) {
        try (NioClient client = new NioClient()) {
            Answers answers = new Answers(client);
            answers.ask(
                    client.connect(port),
                    "%s /__admin/firstline%s HTTP/1.1\r\nHost: stub\r\nContent-Length: 0\r\n\r\n"
                            .formatted(method, page)
                            .getBytes(StandardCharsets.US_ASCII));
            return answers.await().get(0);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
