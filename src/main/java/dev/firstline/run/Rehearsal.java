package dev.firstline.run;

import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Target;
import dev.firstline.stats.Clock;
import dev.firstline.stub.Conversation;
import dev.firstline.stub.ProxyOptions;
import dev.firstline.stub.RecordedStubs;
import dev.firstline.stub.RecordingProxy;
import dev.firstline.stub.Redaction;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import dev.firstline.stub.TapingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Loads and compiles whatever takes part in recording, by recording a stub of our own: otherwise the first answers of a
 * target would be recorded as late as this program is cold.
 */
public final class Rehearsal {
    private static final int CONVERSATIONS = 3;
    private static final String KEY = "a-key-of-nobody";

    /** Whose first sentence the stub that travels with the jar knows. */
    private static final String JOURNEY = "journeys/greeting.yaml";

    private Rehearsal() {}

    /**
     * Plays before a recording proxy is started.
     *
     * @return how many nanoseconds of what it is going to record are its own, see {@link TapingClient#leaveOutOwn}
     */
    public static long play() throws InterruptedException {
        return play(new TapingClient(Clock.system()));
    }

    /** Plays with the client that is to record then. */
    static long play(TapingClient client) throws InterruptedException {
        Path folder = temporary();
        try (StubServer stub = StubServer.start(StubOptions.defaults().withSpeed(0));
                RecordingProxy proxy = before(stub, folder)) {
            Target target = TargetChoice.of("stub", null, Map.of()).target().at(proxy.baseUrl());
            Journey journey = Recorder.journey(Resources.one(null, JOURNEY));
            Ledger ledger = Ledger.create(
                    folder.resolve(Ledger.FILE_NAME),
                    new Ledger.Header("rehearsal", "stub", String.valueOf(proxy.baseUrl()), target.businessId(), null));
            Walk walk = new Walk(
                    client,
                    proxy.baseUrl(),
                    target.apiKey(Map.of()),
                    Requests.of(target, List.of(journey)),
                    journey,
                    ledger);
            for (int i = 0; i < CONVERSATIONS; i++) {
                walk.take(new Conversation(journey.name()), "rehearsal-" + i, 1);
            }
            ledger.close();
            return client.leaveOutOwn(stub.baseUrl());
        } catch (IOException e) {
            throw new UncheckedIOException("rehearsing with a stub of this program's own", e);
        } finally {
            delete(folder);
        }
    }

    private static RecordingProxy before(StubServer stub, Path folder) {
        Redaction redaction = Redaction.of(List.of(), List.of());
        return RecordingProxy.start(
                new ProxyOptions(
                        0, stub.baseUrl(), KEY, "rehearsal", CONVERSATIONS, CONVERSATIONS, Duration.ofMinutes(1), 0),
                new RecordedStubs(folder, redaction, "rehearsal", Clock.system()),
                redaction,
                words -> {});
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("firstline-rehearsal");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + folder, e);
        }
    }
}
