package dev.firstline.bench;

import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** WireMock roots for benchmarks: one that is a stub's, with a recording of its own, and some that serve its bytes. */
final class BenchRoot {
    /** A path that WireMock answers by itself, with the bytes of the recording. */
    static final String STATIC_PATH = "/static";

    private static final String HEADERS =
            "{\"Content-Type\":\"application/json\",\"Grpc-Metadata-Content-Type\":\"application/grpc\"}";
    private static final Path SHIPPED = Path.of("stubs", "__files", "recordings");

    private final List<String> lines;
    private final double[] offsetsMillis;

    /**
     * @param lines how many lines the recording has
     * @param bytes about how long each is
     * @param seconds how long it takes; its waits are uneven, but always the same
     */
    BenchRoot(int lines, int bytes, double seconds) {
        String padding = "x".repeat(Math.max(0, bytes - line(0, "").length()));
        this.lines = Stream.iterate(0, i -> i + 1)
                .limit(lines)
                .map(i -> line(i, padding))
                .toList();
        SplittableRandom random = new SplittableRandom(lines);
        offsetsMillis = random.doubles(lines)
                .map(d -> 100 + d * (seconds * 1_000 - 100))
                .sorted()
                .toArray();
        for (int i = 0; i < lines; i++) {
            offsetsMillis[i] = Math.round(offsetsMillis[i] * 10) / 10.0;
        }
    }

    /** When each line is due after the request, in nanoseconds. */
    long[] offsetsNanos() {
        long[] nanos = new long[offsetsMillis.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) (offsetsMillis[i] * 1e6);
        }
        return nanos;
    }

    /** A root whose turns are all answered by this recording; {@link #STATIC_PATH} is there, too. */
    Path stub(Path folder) throws IOException {
        write(folder, "agent.json", """
                {"priority":8,"request":{"method":"POST","urlPathPattern":"%s.*"},"response":{"status":200,\
                "transformers":["agent-graph"],"transformerParameters":{"recording":"bench/turn-1"}}}\
                """.formatted(Endpoint.PATH_PREFIX));
        write(folder, "static.json", mapping("urlPath", STATIC_PATH, ""));
        Path recordings = folder.resolve("__files/recordings");
        for (String single : List.of("init", "health", "close")) {
            Files.createDirectories(recordings);
            Files.copy(SHIPPED.resolve(single + ".ndjson"), recordings.resolve(single + ".ndjson"));
        }
        StringBuilder rows =
                new StringBuilder("""
                {"recording":1,"answers":{"endpoint":"invoke","journey":"bench","turn":1},"status":200,"headers":%s,\
                "headersAt":%s,"endAt":%s,"placeholders":["sessionId"],"from":{"source":"written by hand",\
                "date":"2026-11-21","harness":"0.1.0"}}
                """.formatted(HEADERS, offsetsMillis[0], offsetsMillis[offsetsMillis.length - 1]));
        for (int i = 0; i < offsetsMillis.length; i++) {
            rows.append("{\"at\":%s,\"line\":%s}%n".formatted(offsetsMillis[i], lines.get(i)));
        }
        Files.createDirectories(recordings.resolve("bench"));
        Files.writeString(recordings.resolve("bench/turn-1.ndjson"), rows);
        return folder;
    }

    /** A root that serves the same bytes by WireMock alone, on every path. */
    Path plain(Path folder) throws IOException {
        write(folder, "static.json", mapping("urlPathPattern", ".*", ""));
        return folder;
    }

    /** The same in as many chunks as there are lines, evenly spread over so long. */
    Path dribbling(Path folder, long millis) throws IOException {
        String delay =
                "\"chunkedDribbleDelay\":{\"numberOfChunks\":%d,\"totalDuration\":%d},".formatted(lines.size(), millis);
        write(folder, "static.json", mapping("urlPathPattern", ".*", delay));
        return folder;
    }

    private String mapping(String how, String path, String more) {
        String body = String.join("\n", lines).replace("{{sessionId}}", "b6bed81c-5fda-486d-b96c-1ff3af36219a") + "\n";
        return """
                {"priority":9,"request":{"method":"POST","%s":"%s"},"response":{"status":200,"headers":%s,%s\
                "body":"%s"}}""".formatted(
                        how, path, HEADERS, more, body.replace("\"", "\\\"").replace("\n", "\\n"));
    }

    private static void write(Path folder, String name, String mapping) throws IOException {
        Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(folder.resolve("mappings").resolve(name), mapping, StandardCharsets.UTF_8);
    }

    private static String line(int number, String text) {
        return """
                {"result":{"response":{"sessionId":"{{sessionId}}","responseEvents":[{"messageEvent":{"content":\
                {"textContent":{"text":"%s"}}},"eventId":"bench-%02d"}]}}}""".formatted(text, number);
    }
}
