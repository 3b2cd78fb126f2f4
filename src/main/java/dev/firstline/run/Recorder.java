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
import dev.firstline.stub.TakesDistance;
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
import java.util.Optional;
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

    /** How often health is asked first, so that the connection is there. */
    private static final int WARM_UPS = 3;

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
     * @param against a stub's root with takes of the same journey: says how far its times lie from the new ones
     */
    public record Wish(
            String target,
            @Nullable Path targets,
            Path journey,
            Path out,
            Path reports,
            int takes,
            Optional<Path> against) {
        /** @throws Misuse if the number of takes is out of range, or there is nothing to compare */
        public Wish {
            if (takes < 1 || takes > TAKES_MAX) {
                throw new Misuse("1 to " + TAKES_MAX + " takes", "" + takes, "--takes", "write a number between");
            }
            if (against.isPresent() && takes == 1) {
                throw new Misuse("several takes to compare", "one", "--against", "add --takes 30");
            }
            if (against.filter(other -> same(other, out)).isPresent()) {
                throw new Misuse(
                        "two folders", out + " for both", "--out and --against", "record into another one with --out");
            }
        }

        private static boolean same(Path one, Path other) {
            return one.toAbsolutePath()
                    .normalize()
                    .equals(other.toAbsolutePath().normalize());
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
        wish.against().ifPresent(other -> TakesDistance.refuseWithoutTakes(other, journey.name()));
        RecordedStubs stubs = new RecordedStubs(wish.out(), redaction, target.name(), clock);
        Rehearsal.play(client);
        @Nullable StubProcess stub = target.embedded() ? StubProcess.launch(StubOptions.defaults()) : null;
        try {
            List<Conversation> takes = takes(stub == null ? target : target.at(stub.baseUrl()), journey);
            if (!takes.isEmpty()) {
                write(stubs, journey.name(), takes, redaction);
            }
            return !takes.isEmpty();
        } finally {
            if (stub != null) {
                stub.close();
            }
        }
    }

    private void write(RecordedStubs stubs, String journey, List<Conversation> takes, Redaction redaction) {
        stubs.write(RecordedStubs.median(takes)).forEach(file -> says.accept("recorded " + file));
        if (takes.size() > 1) {
            stubs.writeTakes(takes);
        }
        if (!redaction.summary().isEmpty()) {
            says.accept("redacted " + redaction.summary());
        }
        wish.against().ifPresent(other -> {
            says.accept("beside the takes in " + other + ":");
            TakesDistance.between(wish.out(), other, journey)
                    .forEach(distance -> says.accept("  " + distance.inWords()));
        });
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
        Thread interrupted = new Thread(
                () -> {
                    walk.closeSessions();
                    says.accept("ended from outside: what was recorded until now is not written");
                },
                "firstline-record-interrupted");
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
            String failure = walk.take(conversation, customers.of(i), i == 0 ? WARM_UPS : 1);
            if (!failure.isEmpty()) {
                says.accept("take " + (i + 1) + " is not recorded: " + failure);
                break;
            }
            says.accept("take " + (i + 1) + " of " + wish.takes() + ": " + walk.summary());
            takes.add(conversation);
        }
        return takes;
    }

    static Journey journey(Resources.Text file) {
        return Journey.read(
                file.source(),
                ContractFiles.shipped()
                        .read(file.source(), file.content().getBytes(StandardCharsets.UTF_8), "journey")
                        .root());
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
