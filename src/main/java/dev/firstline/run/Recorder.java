package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.contract.ContractFiles;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Target;
import dev.firstline.journey.Turn;
import dev.firstline.stats.Clock;
import dev.firstline.stub.Conversation;
import dev.firstline.stub.RecordedStubs;
import dev.firstline.stub.Redaction;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubProcess;
import dev.firstline.stub.StubServer;
import dev.firstline.stub.TapingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records a journey: one customer walks it, alone and once after the other, and every answer becomes a recording.
 *
 * <p>As safe as a run: it goes to targets of the list only, keeps their caps, and closes every session that it opened;
 * if it was killed, the next run does.
 */
public final class Recorder {
    /** The most conversations of one recording. */
    public static final int TAKES_MAX = 1_000;

    private static final int WARM_UPS = 3;

    /** Whose first sentence the stub that travels with the jar knows. */
    private static final String REHEARSED = "journeys/greeting.yaml";

    private final Wish wish;
    private final TargetChoice choice;
    private final Consumer<String> says;
    private final Clock clock = Clock.system();
    private final TapingClient client = new TapingClient(clock);

    private Recorder(Wish wish, TargetChoice choice, Consumer<String> says) {
        this.wish = wish;
        this.choice = choice;
        this.says = says;
    }

    /**
     * What is to be recorded.
     *
     * @param target a target's name
     * @param targets a targets file, or null for the one that travels with the jar
     * @param journey a journey file
     * @param out the stub's root to write into
     * @param reports where runs are, among which its ledger is while sessions are open
     * @param takes how many conversations, 1 to {@link #TAKES_MAX}; the one of median length becomes the recordings
     */
    public record Wish(String target, @Nullable Path targets, Path journey, Path out, Path reports, int takes) {
        /** @throws Misuse if the number of takes is out of range */
        public Wish {
            if (takes < 1 || takes > TAKES_MAX) {
                throw new Misuse("1 to " + TAKES_MAX + " takes", "" + takes, "--takes", "write a number between");
            }
        }
    }

    /**
     * Records.
     *
     * @param environment {@link System#getenv()}
     * @param says is told what happens, in sentences
     * @return whether there are recordings now; if not, it has said why
     * @throws Misuse if something was refused before the first request, or what was recorded is not fit to be written
     */
    public static boolean record(Wish wish, Redaction redaction, Map<String, String> environment, Consumer<String> says)
            throws InterruptedException {
        TargetChoice choice = TargetChoice.of(wish.target(), wish.targets(), environment);
        redaction.lookOutFor(choice.key().reveal());
        return new Recorder(wish, choice, says).record(redaction);
    }

    private boolean record(Redaction redaction) throws InterruptedException {
        Journey journey = journey(Resources.one(wish.journey(), ""));
        Target target = choice.target();
        Duration thinking = journey.turns().stream().map(Turn::think).reduce(Duration.ZERO, Duration::plus);
        // One session at a time, and never faster than the cap: what is left to be known is how long it takes at least.
        target.refuseAbove(0, 1, thinking.multipliedBy(wish.takes()));
        rehearse();
        @Nullable StubProcess stub = target.embedded() ? StubProcess.launch(StubOptions.defaults()) : null;
        try {
            Target there = stub == null ? target : target.at(stub.baseUrl());
            List<Conversation> takes = takes(there, journey);
            return write(redaction, takes);
        } finally {
            if (stub != null) {
                stub.close();
            }
        }
    }

    private boolean write(Redaction redaction, List<Conversation> takes) {
        if (takes.isEmpty()) {
            return false;
        }
        RecordedStubs stubs =
                new RecordedStubs(wish.out(), redaction, choice.target().name(), clock);
        stubs.write(RecordedStubs.median(takes)).forEach(file -> says.accept("recorded " + file));
        for (int i = 0; i < takes.size() && takes.size() > 1; i++) {
            stubs.writeTake(takes.get(i), i + 1);
        }
        if (!redaction.summary().isEmpty()) {
            says.accept("redacted " + redaction.summary());
        }
        return true;
    }

    private List<Conversation> takes(Target target, Journey journey) throws InterruptedException {
        Path folder = RunFolder.create(wish.reports(), "record", clock.now());
        Ledger ledger = Ledger.create(
                folder.resolve(Ledger.FILE_NAME),
                new Ledger.Header(
                        folder.getFileName().toString(),
                        target.name(),
                        String.valueOf(target.baseUrl()),
                        target.businessId(),
                        target.apiKeyEnv()));
        Walk walk = new Walk(
                client,
                URI.create(String.valueOf(target.baseUrl())),
                choice.key(),
                Requests.of(target, List.of(journey)),
                journey,
                ledger);
        Thread interrupted = new Thread(walk::closeSessions, "firstline-record-interrupted");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            return takes(target, walk, new ClientKeys(ledger.header().run(), 0));
        } finally {
            walk.closeSessions();
            if (removed(interrupted)) {
                boolean allClosed = ledger.open().isEmpty();
                ledger.close();
                if (allClosed) {
                    delete(folder);
                }
            }
        }
    }

    /** Whether the hook is out of the way; while the process ends it is not, and has the ledger for itself. */
    private static boolean removed(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return false;
        }
    }

    private List<Conversation> takes(Target target, Walk walk, ClientKeys customers) throws InterruptedException {
        List<Conversation> takes = new ArrayList<>();
        long beginNanos = clock.nanoTime();
        double perSecond = target.caps().journeysPerSecond();
        for (int i = 0; i < wish.takes(); i++) {
            long dueNanos = beginNanos + (long) (i / perSecond * 1e9);
            TimeUnit.NANOSECONDS.sleep(dueNanos - clock.nanoTime());
            if ((clock.nanoTime() - beginNanos) / 1e9 > target.caps().duration().toSeconds()) {
                says.accept("stopped after " + i + " takes: the target's cap of "
                        + target.caps().duration().toMinutes() + " minutes");
                break;
            }
            Conversation conversation = new Conversation(walk.journey().name());
            String failure = walk.take(conversation, customers.of(i), i == 0 ? WARM_UPS : 0);
            if (!failure.isEmpty()) {
                says.accept("take " + (i + 1) + " is not recorded: " + failure);
                break;
            }
            says.accept("take " + (i + 1) + " of " + wish.takes() + ": " + walk.summary());
            takes.add(conversation);
        }
        return takes;
    }

    /** Loads and compiles what will be timed, by recording a stub of our own, so that no target is asked for it. */
    private void rehearse() throws InterruptedException {
        Path folder = temporary();
        try (StubServer stub = StubServer.start(StubOptions.defaults().withSpeed(0))) {
            Target target = TargetChoice.of("stub", null, Map.of()).target().at(stub.baseUrl());
            Journey journey = journey(Resources.one(null, REHEARSED));
            Ledger ledger = Ledger.create(
                    folder.resolve(Ledger.FILE_NAME),
                    new Ledger.Header("rehearsal", "stub", String.valueOf(stub.baseUrl()), target.businessId(), null));
            Walk walk = new Walk(
                    client,
                    stub.baseUrl(),
                    target.apiKey(Map.of()),
                    Requests.of(target, List.of(journey)),
                    journey,
                    ledger);
            for (int i = 0; i < WARM_UPS; i++) {
                walk.take(new Conversation(journey.name()), "rehearsal-" + i, 1);
            }
            ledger.close();
        } finally {
            delete(folder);
        }
    }

    private static Journey journey(Resources.Text file) {
        return Journey.read(
                file.source(),
                ContractFiles.shipped()
                        .read(file.source(), file.content().getBytes(StandardCharsets.UTF_8), "journey")
                        .root());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("firstline-rehearsal");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + folder, e);
        }
    }
}
