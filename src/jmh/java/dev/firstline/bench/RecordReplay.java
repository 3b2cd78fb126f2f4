package dev.firstline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.run.Recorder;
import dev.firstline.stub.Redaction;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How closely what is recorded is replayed: every shipped journey is recorded from a stub, whose times are known, then
 * that recording is served and recorded again. Each line, and each end, is compared with itself.
 *
 * <p>The stub is a process of its own. What it was late by is in both recordings, so the second figure is what a
 * recording does to a recording; the first one has the stub's own lag in it.
 */
public final class RecordReplay {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JOURNEYS = Path.of("simulations", "journeys");
    private static final String RECORDINGS = "__files/recordings";

    private final Path folder = Scratch.folder();
    private final int takes = Math.max(2, Integer.getInteger("takes", 5));

    private RecordReplay() {}

    /** {@code -Dtakes=N}: how often each recording is replayed, at least 2; 5 unless told. */
    public static void main(String[] args) throws Exception {
        RecordReplay bench = new RecordReplay();
        try {
            bench.run();
        } finally {
            Scratch.remove(bench.folder);
        }
    }

    private void run() throws IOException, InterruptedException {
        System.err.println("load average " + Fork.loadAverage());
        Path recorded = folder.resolve("recorded");
        Path again = folder.resolve("again");
        record(StubOptions.defaults(), recorded, 1);
        print("recorded less scripted", differences(Path.of("stubs"), recorded));
        record(StubOptions.defaults().withRoot(recorded), again, takes);
        List<Double> replayed = new ArrayList<>();
        for (Path turn : turns(recorded)) {
            Path folderOfTakes =
                    again.resolve("__files/takes").resolve(turn.toString().replace(".ndjson", ""));
            try (Stream<Path> files = Files.list(folderOfTakes)) {
                for (Path take : files.toList()) {
                    replayed.addAll(
                            differences(times(recorded.resolve(RECORDINGS).resolve(turn)), times(take)));
                }
            }
        }
        print("replayed less recorded", replayed);
        System.err.println("load average " + Fork.loadAverage());
    }

    private void record(StubOptions options, Path out, int times) throws IOException, InterruptedException {
        try (StubProcess stub = StubProcess.launch(options);
                Stream<Path> journeys = Files.list(JOURNEYS)) {
            Path targets = Files.writeString(
                    folder.resolve("targets.yaml"),
                    "targets:\n  bench: {baseUrl: \"%s\", environment: stub}\n".formatted(stub.baseUrl()));
            for (Path journey : journeys.sorted().toList()) {
                Recorder.Wish wish = new Recorder.Wish(
                        "bench", targets, journey, out, folder.resolve("reports"), times, Optional.empty());
                if (!Recorder.record(wish, Redaction.of(List.of(), List.of()), Map.of(), words -> {})) {
                    throw new IllegalStateException("nothing was recorded of " + journey);
                }
            }
            System.err.printf("the stub's own lag: p99 %.2f ms%n", stub.lag().p99Ms());
        }
    }

    private static List<Double> differences(Path before, Path after) throws IOException {
        List<Double> differences = new ArrayList<>();
        for (Path turn : turns(after)) {
            differences.addAll(differences(
                    times(before.resolve(RECORDINGS).resolve(turn)),
                    times(after.resolve(RECORDINGS).resolve(turn))));
        }
        return differences;
    }

    private static List<Double> differences(List<Double> before, List<Double> after) {
        if (before.size() != after.size()) {
            throw new IllegalStateException(before.size() + " times became " + after.size());
        }
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            differences.add(after.get(i) - before.get(i));
        }
        return differences;
    }

    private static List<Path> turns(Path root) throws IOException {
        Path recordings = root.resolve(RECORDINGS);
        try (Stream<Path> files = Files.walk(recordings)) {
            return files.map(recordings::relativize)
                    .filter(file -> file.toString().matches(".+/turn-\\d+\\.ndjson"))
                    .sorted()
                    .toList();
        }
    }

    /** Of each row, and of the end, in milliseconds. */
    private static List<Double> times(Path recording) throws IOException {
        List<Double> times = new ArrayList<>();
        double endMillis = 0;
        for (String row : Files.readAllLines(recording)) {
            JsonNode node = row.startsWith("{") ? JSON.readTree(row) : JSON.nullNode();
            if (node.has("at")) {
                times.add(node.path("at").asDouble());
            } else if (node.has("endAt")) {
                endMillis = node.path("endAt").asDouble();
            }
        }
        times.add(endMillis);
        return times;
    }

    private static void print(String what, List<Double> differencesMillis) {
        Spread signed = new Spread(differencesMillis);
        Spread size = new Spread(differencesMillis.stream().map(Math::abs).toList());
        System.err.printf(
                "%s, %d times, in ms: p50 %.2f  p99 %.2f  max %.2f  (signed: %s)%n",
                what, size.count(), size.percentile(50), size.percentile(99), size.max(), signed);
    }
}
