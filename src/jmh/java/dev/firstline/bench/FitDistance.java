package dev.firstline.bench;

import dev.firstline.run.Recorder;
import dev.firstline.stub.Playback;
import dev.firstline.stub.Redaction;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubProcess;
import dev.firstline.stub.TakesDistance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well a fitted stub behaves like the service that it was fitted to: takes of a stub whose times vary, then takes
 * of one that draws its times from those takes, and how far the ones lie from the others.
 */
public final class FitDistance {
    private FitDistance() {}

    /** {@code -Dtakes=N}: 30 unless told; {@code -Djourney=NAME}: sofia unless told. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int takes = Integer.getInteger("takes", 30);
        String journey = System.getProperty("journey", "sofia");
        Path folder = Scratch.folder();
        try {
            System.err.printf("%d takes of %s%nload average %s%n", takes, journey, Fork.loadAverage());
            Path service = folder.resolve("service");
            Path fitted = folder.resolve("fitted");
            record(
                    StubOptions.defaults().withPlayback(Playback.recorded().withTiming("jitter=0.4")),
                    journey,
                    service,
                    takes);
            record(
                    StubOptions.defaults()
                            .withRoot(service)
                            .withPlayback(
                                    Playback.recorded().withTiming("fitted").withSeed(2)),
                    journey,
                    fitted,
                    takes);
            TakesDistance.between(fitted, service, journey).forEach(distance -> System.err.println(distance.inWords()));
            System.err.println("load average " + Fork.loadAverage());
        } finally {
            Scratch.remove(folder);
        }
    }

    private static void record(StubOptions options, String journey, Path out, int takes)
            throws IOException, InterruptedException {
        try (StubProcess stub = StubProcess.launch(options)) {
            Path folder = Files.createDirectories(out);
            Path targets = Files.writeString(
                    folder.resolve("targets.yaml"),
                    "targets:\n  bench: {baseUrl: \"%s\", environment: stub}\n".formatted(stub.baseUrl()));
            Recorder.Wish wish = new Recorder.Wish(
                    "bench",
                    targets,
                    Path.of("simulations", "journeys", journey + ".yaml"),
                    out,
                    folder.resolve("reports"),
                    takes,
                    Optional.empty());
            if (!Recorder.record(wish, Redaction.of(List.of(), List.of()), Map.of(), words -> {})) {
                throw new IllegalStateException("nothing was recorded");
            }
        }
    }
}
