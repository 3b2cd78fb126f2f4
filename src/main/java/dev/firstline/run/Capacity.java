package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.Certificate.Standing;
import dev.firstline.gate.Reason;
import dev.firstline.gate.capacity.Answer;
import dev.firstline.gate.capacity.Estimate;
import dev.firstline.gate.capacity.Next;
import dev.firstline.gate.capacity.Search;
import dev.firstline.gate.capacity.SearchPlan;
import dev.firstline.gate.capacity.StepResult;
import dev.firstline.report.CapacityText;
import dev.firstline.report.ReportFiles;
import dev.firstline.report.StepSummary;
import dev.firstline.stats.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One capacity search: asks {@link Search} what comes next, carries it out in a {@link StepProcess}, writes it down,
 * and so on until it is over. What is written down is enough to go on after a {@code kill -9}.
 */
public final class Capacity {
    /** Every option, in the order in which help tells them. */
    public static final List<Settings.Setting> OPTIONS = CapacityOptions.KNOWN;

    /** What is found. */
    static final String RESULT = "capacity.json";

    private static final Logger log = LoggerFactory.getLogger(Capacity.class);
    private static final String ASKED = "options.json";
    private static final String NAME = "capacity";
    private static final String TOUCH_IT = "touch it while the search lasts";
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How long an ended step may take to close its sessions. */
    private static final Duration END_MAX = Duration.ofSeconds(60);

    private final CapacityOptions options;
    private final String main;
    private final Listener listener;
    private final Clock clock = Clock.system();
    private final Path folder;
    private final SearchLock lock;
    private final Preparation.Look look;
    private final SearchPlan plan;
    private final List<StepResult> steps;
    private final Preflight preflight;
    private volatile @Nullable StepProcess running;
    private volatile boolean stopped;

    /** Who is told of it while it lasts. */
    public interface Listener {
        /** A line that is to stay. */
        void said(String line);

        /** What is going on, once a second; the next replaces it. */
        void now(String line);
    }

    /**
     * A search that is over.
     *
     * @param folder where its files are
     * @param result what was found
     * @param table the same for a person
     */
    public record Found(Path folder, CapacityResult result, String table) {}

    private Capacity(CapacityOptions options, Path folder, String main, Listener listener) throws IOException {
        this.options = options;
        this.folder = folder;
        this.lock = SearchLock.take(folder);
        this.main = main;
        this.listener = listener;
        this.look = look(options);
        this.steps = StepFiles.log(folder);
        SearchPlan planned = planned(options, look, folder);
        this.plan = steps.isEmpty() ? planned : planned.startingAt(steps.get(0).rate());
        this.preflight = new Preflight(look, System.getenv(), options.reports(), folder, listener::said, clock);
    }

    /**
     * Searches to the end.
     *
     * @param values what was asked for, by its names in {@link #OPTIONS}
     * @param main the class of the command line, which carries out the steps
     * @throws Misuse if something was refused before the first request
     */
    public static Found search(Map<String, String> values, String main, Listener listener) {
        Exit.claim();
        try {
            Capacity capacity = opened(values, main, listener);
            Thread hook = new Thread(capacity::interrupted, "firstline-capacity-interrupted");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                return capacity.search();
            } finally {
                capacity.forget(hook);
                capacity.lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write down the search", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Capacity opened(Map<String, String> values, String main, Listener listener) throws IOException {
        String resume = values.get("resume");
        if (resume == null) {
            CapacityOptions options = CapacityOptions.of(values);
            options.refuseBad();
            Preparation.Look look = look(options);
            CapacityOptions.refuseHopeless(planned(options, look, Path.of("")));
            Path folder =
                    RunFolder.create(options.reports(), NAME, Clock.system().now());
            StepFiles.write(folder.resolve(ASKED), options.values());
            return new Capacity(options, folder, main, listener);
        }
        Path folder = Path.of(resume);
        if (values.size() > 1 || !Files.exists(folder.resolve(ASKED))) {
            throw new Misuse(
                    "the folder of a search and nothing else",
                    values.size() > 1 ? "other options beside it" : "no " + ASKED + " in it",
                    "--resume " + resume,
                    "--resume " + RunFolder.all(Path.of("reports")).resolve(NAME + "-…"));
        }
        return new Capacity(CapacityOptions.of(StepFiles.readNames(folder.resolve(ASKED))), folder, main, listener);
    }

    private static Preparation.Look look(CapacityOptions options) {
        StopSigns.refuseStale(options.deadMan(), Clock.system());
        Map<String, String> settings = new LinkedHashMap<>(options.ofEveryStep());
        // The rate and the length of every step are refused where they are above the target's caps.
        Load least = Load.constant(1e-9, Duration.ofSeconds(1), 1);
        return new Preparation(
                        StepWatch.SIMULATION, Settings.unchecked(settings), least, System.getenv(), Clock.system())
                .look();
    }

    /** @param butFor a search that does not count as an earlier one */
    private static SearchPlan planned(CapacityOptions options, Preparation.Look look, Path butFor) {
        @Nullable Double last = Searches.last(options.reports(), options.target(), options.slo(), butFor);
        double cap = look.target().caps().journeysPerSecond();
        Duration longest = look.target().caps().duration();
        return options.plan(cap, longest, look.turnsPerJourney(), last);
    }

    private Found search() throws IOException, InterruptedException {
        begin();
        Optional<Reason> broken = Optional.empty();
        while (broken.isEmpty() && Search.next(plan, steps) instanceof Next.Step step) {
            broken = whyNot(step);
            if (broken.isEmpty()) {
                broken = carryOut(step);
            }
        }
        CapacityResult result = Answer.of(
                plan,
                steps,
                new Answer.Asked(
                        folder.getFileName().toString(),
                        options.target(),
                        options.slo(),
                        options.today(),
                        options.headroom()),
                broken);
        StepFiles.write(folder.resolve(RESULT), result);
        ReportFiles.writeCapacity(folder, result);
        StepSummary.append(System.getenv(), CapacityText.markdown(result));
        String proof = Searches.sessions(options.reports(), folder);
        return new Found(folder, result, CapacityText.table(result) + proof + "\n");
    }

    /** What keeps the search from offering that step. */
    private Optional<Reason> whyNot(Next.Step step) throws InterruptedException {
        Optional<Reason> reason = StopSigns.stale(options.deadMan(), clock).map(why -> Reason.noVerdict(why, TOUCH_IT));
        if (reason.isEmpty()) {
            reason = standing(step.rate()).doubt();
        }
        if (reason.isEmpty()) {
            reason = preflight.whyNot();
        }
        return reason.isEmpty() && stopped
                ? Optional.of(Reason.noVerdict("the search was ended from outside", "go on with --resume"))
                : reason;
    }

    /** What the certificate of this machine says of a rate. */
    private Standing standing(double rate) {
        return CertificateFile.standing(options.reports(), rate, rate * plan.turnsPerJourney());
    }

    private void begin() throws IOException, InterruptedException {
        if (Files.exists(folder.resolve(StepProcess.PID))) {
            listener.said("waiting for the step that the search before this one has left");
            awaitLeftStep();
        }
        listener.said(CapacityText.estimate(plan, Estimate.of(plan), options.target(), options.slo()));
        listener.said("generator: " + standing(plan.start()).note());
        for (StepResult step : steps) {
            listener.said(CapacityText.line(step) + "  (from the log)");
        }
    }

    /** A step whose search was killed ends itself and closes its sessions; what is killed too, the next one closes. */
    private void awaitLeftStep() throws IOException, InterruptedException {
        long pid =
                Long.parseLong(Files.readString(folder.resolve(StepProcess.PID)).strip());
        Optional<ProcessHandle> left = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (left.isPresent()) {
            try {
                left.get().onExit().get(END_MAX.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new Misuse(
                        "the step that was left to have ended", "it still runs, pid " + pid, "" + folder, "end it");
            }
        }
        Files.delete(folder.resolve(StepProcess.PID));
    }

    private Optional<Reason> carryOut(Next.Step step) throws IOException, InterruptedException {
        Path file = folder.resolve(StepWatch.FILE_NAME);
        Files.deleteIfExists(file);
        long startNanos = clock.nanoTime();
        StepProcess process = StepProcess.start(main, options, plan, step, folder);
        running = process;
        while (!process.endedWithin(TICK)) {
            double seconds = (clock.nanoTime() - startNanos) / 1e9;
            listener.now(CapacityText.now(step, seconds, plan.rule(step)));
        }
        running = null;
        Files.deleteIfExists(folder.resolve(StepProcess.PID));
        double tookS = (clock.nanoTime() - startNanos) / 1e9;
        if (stopped || !Files.exists(file)) {
            return Optional.of(Reason.noVerdict(
                    "step " + step.number() + " came to no end: " + process.words(),
                    "see " + folder.resolve("step-" + step.number() + ".log")));
        }
        StepResult seen = StepFiles.read(file, StepResult.class);
        double spentS = plan.rule().settle().toMillis() / 1e3 + seen.seconds();
        long cost = Math.max(seen.cost(), Math.round(step.rate() * plan.turnsPerJourney() * spentS));
        StepResult result = seen.as(step, tookS, cost);
        StepFiles.append(folder, result);
        steps.add(result);
        listener.said(CapacityText.line(result));
        return signedOff(result);
    }

    /** What a step says of the search and not of its rate. */
    private Optional<Reason> signedOff(StepResult step) {
        boolean ofTheSearch = step.aborted() && step.why().contains("dead-man");
        return ofTheSearch ? Optional.of(Reason.noVerdict(step.why(), TOUCH_IT)) : Optional.empty();
    }

    /** Not while the process is about to end: then it is the hook's turn. */
    private void forget(Thread hook) {
        if (!stopped) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** Ctrl-C or SIGTERM: the step ends itself and closes its sessions, and that is proven. */
    private void interrupted() {
        stopped = true;
        StepProcess process = running;
        try {
            if (process != null) {
                process.end();
                if (!process.endedWithin(END_MAX)) {
                    log.warn("event=step_left because=\"it did not end within {}\"", END_MAX);
                }
            }
            preflight.closeSessions();
            listener.said("stopped; go on with: firstline capacity --resume " + folder);
            listener.said(Searches.sessions(options.reports(), folder));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
