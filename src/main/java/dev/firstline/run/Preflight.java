package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.gate.Reason;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.Requests;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Target;
import dev.firstline.journey.Turn;
import dev.firstline.stats.Clock;
import dev.firstline.stub.Conversation;
import dev.firstline.stub.TapingClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a target that somebody else runs may be given load: it says that it is well, and before the first step it
 * leads one customer through a whole journey. The stub that a step starts for itself needs neither: its own run asks
 * for its health, and its warm-up walks every journey before a call is measured.
 */
final class Preflight {
    /** In the folder of a search: the ledgers of its journeys before the first step, when their sessions are closed. */
    static final String LEDGER = "preflight.jsonl";

    private static final String NAME = "preflight";

    /** How much longer than a good answer may take one is waited for, as in a run. */
    private static final int PATIENCE = 5;

    private final Preparation.Look look;
    private final Target target;
    private final Secret key;
    private final Requests requests;
    private final Path reports;
    private final Path search;
    private final Consumer<String> says;
    private final Clock clock;
    private volatile @Nullable Walk walk;
    private boolean walked;

    /**
     * @param environment {@link System#getenv()}
     * @param search the folder of the search
     * @param says is told what the journey was like
     */
    Preflight(
            Preparation.Look look,
            Map<String, String> environment,
            Path reports,
            Path search,
            Consumer<String> says,
            Clock clock) {
        this.look = look;
        this.target = look.target();
        this.key = target.apiKey(environment);
        this.requests = Requests.of(target, look.journeys());
        this.reports = reports;
        this.search = search;
        this.says = says;
        this.clock = clock;
    }

    /** Why no step may begin now, if none may. Once it may, later calls ask for health alone. */
    Optional<Reason> whyNot() throws InterruptedException {
        @Nullable URI baseUrl = target.baseUrl();
        if (baseUrl == null) {
            return Optional.empty();
        }
        String unwell = new Service(baseUrl, key).whyUnwell(requests);
        if (!unwell.isEmpty()) {
            return Optional.of(Reason.noVerdict(
                    "the target " + target.name() + " is not well" + (walked ? " between two steps: " : ": ") + unwell,
                    "see what it says, and go on with --resume when it is well again"));
        }
        if (walked) {
            return Optional.empty();
        }
        String failed = journey(baseUrl);
        walked = failed.isEmpty();
        return walked
                ? Optional.empty()
                : Optional.of(Reason.noVerdict(
                        "one customer alone did not get through " + golden().name() + ": " + failed,
                        "run smoke against " + target.name() + " first"));
    }

    /** Closes the session of a journey that is under way. */
    void closeSessions() {
        Walk current = walk;
        if (current != null) {
            current.closeSessions();
        }
    }

    private Journey golden() {
        return look.journeys().get(0);
    }

    private String journey(URI baseUrl) throws InterruptedException {
        Path folder = RunFolder.create(reports, NAME, clock.now());
        String name = folder.getFileName().toString();
        note(StopSigns.RUNS, (name + "\n").getBytes(StandardCharsets.UTF_8));
        Ledger ledger = Ledger.create(
                folder.resolve(Ledger.FILE_NAME),
                new Ledger.Header(name, target.name(), baseUrl.toString(), target.businessId(), target.apiKeyEnv()));
        Walk current = new Walk(new TapingClient(clock), baseUrl, key, requests, golden(), ledger);
        walk = current;
        try {
            String failed = inTime(current, new ClientKeys(name, 0).of(0));
            says.accept("before the first step, one customer alone in " + golden().name() + ": " + current.summary());
            return failed.isEmpty() ? current.flaws() : failed;
        } finally {
            current.closeSessions();
            walk = null;
            boolean allClosed = ledger.open().isEmpty();
            ledger.close();
            if (allClosed) {
                keep(folder);
            }
        }
    }

    /** A target that is silent would be waited for as long as a recording may take. */
    private String inTime(Walk current, String clientKey) throws InterruptedException {
        Duration most = look.turn()
                .e2e()
                .multipliedBy((long) PATIENCE * golden().turns().size())
                .plus(golden().turns().stream().map(Turn::think).reduce(Service.TIMEOUT, Duration::plus));
        ExecutorService customer = Executors.newSingleThreadExecutor();
        Future<String> walking = customer.submit(() -> current.take(new Conversation(golden().name()), clientKey, 1));
        try {
            return walking.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "it was not through after " + most.toSeconds() + " s";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Misuse misuse) {
                return String.valueOf(misuse.getMessage());
            }
            throw new IllegalStateException("a journey before the first step", e);
        } finally {
            customer.shutdownNow();
        }
    }

    /** The ledger stays as a proof; a folder without a run would be listed among the runs. */
    private void keep(Path folder) {
        try {
            Path ledger = folder.resolve(Ledger.FILE_NAME);
            note(LEDGER, Files.readAllBytes(ledger));
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + folder, e);
        }
    }

    private void note(String file, byte[] rows) {
        try {
            Files.write(search.resolve(file), rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + " into " + search, e);
        }
    }
}
