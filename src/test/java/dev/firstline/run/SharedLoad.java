package dev.firstline.run;

import static dev.firstline.stats.Calls.timing;

import dev.firstline.contract.ContractFiles;
import dev.firstline.gate.SloFile;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Ledger;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Calls;
import dev.firstline.stats.Health;
import dev.firstline.stats.JourneyResult;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RuleHit;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunRecorder;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.Shares;
import dev.firstline.stats.SharesFile;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders that the injectors of a shared load leave, written by what writes them in earnest. */
final class SharedLoad {
    static final String WHOLE = "load-20261120T180000Z";

    private static final int JOURNEYS = 120;
    private static final Outcome[] OUTCOMES = {
        Outcome.OK, Outcome.OK, Outcome.OK, Outcome.OK, Outcome.of(Outcome.Kind.STALLED_OUT), Outcome.httpError(503, "")
    };

    private final Path root;
    private final int injectors;
    private final long seed;
    private final Map<String, String> scenario;

    /**
     * @param root an empty folder
     * @param seed decides what happened, and who of the injectors it befell
     */
    SharedLoad(Path root, int injectors, long seed) throws IOException {
        this.root = root;
        this.injectors = injectors;
        this.seed = seed;
        Files.createDirectories(contracts());
        Files.writeString(contracts().resolve("slo.yaml"), """
                turn: {ttfl_ms: 800, max_gap_ms: 500, e2e_ms: 5000, stall_ms: 2000}
                simulations:
                  load:
                    promises:
                      - {metric: ttfl, p50_ms: 5000}
                      - {attained: ttfl, within_ms: 900, share: 0.1}
                      - {leaked_sessions: 0}
                    health: {lag_p99_ms: 50, loop_delay_p99_ms: 50, achieved: 0.99}
                """);
        ContractFiles files = ContractFiles.in(contracts());
        SloFile slo = SloFile.read("slo.yaml", files.slo().root());
        this.scenario = new TreeMap<>(Map.of(
                "rate", "2.0", "duration", "PT1M", "seed", "" + seed, "target", "stub", "injectors", "" + injectors));
        scenario.put(Identity.CONTRACT, Identity.contract(files, slo.turn()));
    }

    Path contracts() {
        return root.resolve("contracts");
    }

    Path folder(int injector) {
        return root.resolve("results/" + injector + "/runs/" + run(injector));
    }

    List<Path> folders() {
        return Stream.iterate(0, i -> i + 1).limit(injectors).map(this::folder).toList();
    }

    static String run(int injector) {
        return "load-20261120T18000" + injector + "Z";
    }

    /** What all of them would have measured, had they been one. */
    RunSummary unsplit() throws IOException {
        Path folder = Files.createDirectories(root.resolve("unsplit"));
        RunTally tally = record(folder, identity("unsplit", 0), journeys(-1));
        long opened = journeys(-1).stream().filter(SharedLoad::isOpen).count();
        return tally.summary(
                identity("unsplit", 0),
                new RunSummary.Sessions(opened, opened, 0),
                health(tally, journeys(-1).size()));
    }

    /** Every injector walks its share to the end. */
    SharedLoad walk() throws IOException {
        for (int injector = 0; injector < injectors; injector++) {
            walk(injector);
        }
        return this;
    }

    void walk(int injector) throws IOException {
        Path folder = Files.createDirectories(folder(injector));
        List<List<CallResult>> share = journeys(injector);
        Files.deleteIfExists(folder.resolve(Ledger.FILE_NAME));
        RunTally tally = record(folder, identity(run(injector), injector), share);
        RunSummary.Sessions sessions = ledger(injector, share, share.size());
        RunSummary summary = tally.summary(identity(run(injector), injector), sessions, health(tally, share.size()));
        SummaryFile.write(folder, summary);
        write(part(injector, share.size())
                .with(new Shares.Measured(summary.journeys(), summary.turns(), summary.seconds(), summary.health())));
    }

    /** An injector is killed after so many of its journeys, the last of them still open. */
    void kill(int injector, int after) throws IOException {
        Path folder = Files.createDirectories(folder(injector));
        List<List<CallResult>> share = journeys(injector);
        record(folder, identity(run(injector), injector), share.subList(0, after));
        byte[] log = Files.readAllBytes(folder.resolve(TurnLog.NAME));
        Files.write(folder.resolve(TurnLog.NAME), Arrays.copyOf(log, log.length - 60));
        Files.deleteIfExists(folder.resolve(Ledger.FILE_NAME));
        ledger(injector, share.subList(0, after), after - 1);
        write(part(injector, share.size()));
    }

    /** An injector waits at the barrier in vain, and ends. */
    void waitInVain(int injector, String why) throws IOException {
        Path folder = Files.createDirectories(folder(injector));
        SloFile slo =
                SloFile.read("slo.yaml", ContractFiles.in(contracts()).slo().root());
        RunTally nothing = new RunTally(slo.turn(), slo.of("load").limits());
        RunSummary.Sessions sessions = ledger(injector, List.of(), 0);
        RunSummary summary = nothing.summary(identity(run(injector), injector), sessions, health(nothing, 0));
        SummaryFile.write(folder, summary);
        Shares.Part part = part(injector, planned(injector))
                .with(new Shares.Measured(0, 0, 0, summary.health()))
                .trouble(new Shares.Trouble("run", why, "start all"))
                .part();
        SharesFile.write(folder, new Shares(Shares.VERSION, Shares.NOT_MET, injectors, List.of(part)));
    }

    int planned(int injector) {
        return journeys(injector).size();
    }

    /** Gives an injector other things to say of itself. */
    void write(Said said) throws IOException {
        Shares.Part part = said.part();
        SharesFile.write(folder(part.injector()), new Shares(Shares.VERSION, WHOLE, injectors, List.of(part)));
    }

    Said said(int injector) throws IOException {
        return new Said(SharesFile.read(folder(injector)).orElseThrow().parts().get(0));
    }

    /** What an injector says of itself. */
    record Said(Shares.Part part) {
        Said with(Shares.Measured measured) {
            return of(part.lateMs(), part.clockAheadMs(), part.clockWithinMs(), measured, part.troubles());
        }

        Said late(double ms) {
            return of(ms, part.clockAheadMs(), part.clockWithinMs(), part.measured(), part.troubles());
        }

        Said clock(double aheadMs, double withinMs) {
            return of(part.lateMs(), aheadMs, withinMs, part.measured(), part.troubles());
        }

        Said trouble(Shares.Trouble trouble) {
            return of(part.lateMs(), part.clockAheadMs(), part.clockWithinMs(), part.measured(), List.of(trouble));
        }

        private Said of(
                double lateMs,
                double aheadMs,
                double withinMs,
                Shares.@Nullable Measured measured,
                List<Shares.Trouble> troubles) {
            return new Said(new Shares.Part(
                    part.injector(),
                    part.run(),
                    part.planned(),
                    lateMs,
                    aheadMs,
                    withinMs,
                    measured,
                    troubles,
                    part.notes()));
        }
    }

    private static Said part(int injector, long planned) {
        return new Said(new Shares.Part(
                injector,
                run(injector),
                planned,
                injector * 0.4,
                injector * 1.5,
                0.3,
                null,
                List.of(),
                List.of("why")));
    }

    private RunIdentity identity(String run, int injector) {
        Map<String, String> fingerprint = new TreeMap<>(scenario);
        fingerprint.put("machine", 2 + 2 * (injector % 2) + " processors");
        return new RunIdentity(run, "load", "stub", "2026-11-20T18:00:0" + injector + "Z", fingerprint);
    }

    private static Health health(RunTally tally, int planned) {
        MetricSummary lag = tally.metric(Metric.LAG);
        return new Health(lag == null ? null : 4.0, 1.5, 9, 0.25, 0.1, null, null, 0, planned, tally.journeys(), true);
    }

    private RunTally record(Path folder, RunIdentity identity, List<List<CallResult>> journeys) throws IOException {
        SloFile slo =
                SloFile.read("slo.yaml", ContractFiles.in(contracts()).slo().root());
        RunTally tally = new RunTally(slo.turn(), slo.of("load").limits());
        try (RunRecorder recorder = RunRecorder.start(folder, identity, tally, 0)) {
            // Rows come as calls end, and now and then one later than it should.
            List<CallResult> calls = journeys.stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(call -> call.timing().endNanos() + call.number() % 7 * 20_000_000))
                    .toList();
            for (CallResult call : calls) {
                recorder.add(call);
                if (call.call().isTurn() || isOpen(List.of(call))) {
                    continue;
                }
                recorder.add(new JourneyResult(
                        "greeting", call.number(), 0, call.timing().endNanos(), 0));
            }
        }
        return tally;
    }

    private RunSummary.Sessions ledger(int injector, List<List<CallResult>> share, int closed) {
        ClientKeys keys = new ClientKeys(run(injector), injector);
        long opened = 0;
        long left = 0;
        try (Ledger ledger = Ledger.create(
                folder(injector).resolve(Ledger.FILE_NAME),
                new Ledger.Header(run(injector), "stub", "http://127.0.0.1:1", "b-1", null))) {
            for (int i = 0; i < share.size(); i++) {
                String key = keys.of(share.get(i).get(0).number());
                ledger.intended(key);
                if (isOpen(share.get(i))) {
                    ledger.opened("s-" + key, key);
                    opened++;
                    if (i < closed) {
                        ledger.closed("s-" + key);
                    } else {
                        left++;
                    }
                } else {
                    ledger.refused(key);
                }
            }
        }
        return new RunSummary.Sessions(opened, opened - left, left);
    }

    private static boolean isOpen(List<CallResult> journey) {
        return journey.get(0).outcome().kind() == Outcome.Kind.OK;
    }

    /** The journeys of one injector, or of all (-1), as they would have gone whoever drove them. */
    private List<List<CallResult>> journeys(int injector) {
        Random random = new Random(seed);
        List<List<CallResult>> journeys = new ArrayList<>();
        for (int number = 0; number < JOURNEYS; number++) {
            int whose = number < injectors ? number : random.nextInt(injectors);
            List<CallResult> journey = journey(random, number);
            if (injector < 0 || injector == whose) {
                journeys.add(journey);
            }
        }
        return journeys;
    }

    private static List<CallResult> journey(Random random, int number) {
        List<CallResult> calls = new ArrayList<>();
        long due = number * Duration.ofMinutes(1).toMillis() / JOURNEYS;
        boolean refused = random.nextInt(20) == 0;
        calls.add(Calls.checked(
                Calls.init(number, due, 1 + random.nextInt(50), refused ? Outcome.httpError(503, "") : Outcome.OK),
                0,
                0));
        for (int turn = 1; !refused && turn <= 1 + random.nextInt(4); turn++) {
            long sent = random.nextInt(5);
            long first = sent + 1 + random.nextInt(900);
            long second = first + random.nextInt(600);
            CallResult call = Calls.invoke(
                    number,
                    turn,
                    timing(due, sent, second + 10, first, second),
                    OUTCOMES[random.nextInt(OUTCOMES.length)]);
            RuleHit[] found =
                    random.nextInt(10) == 0 ? new RuleHit[] {new RuleHit("unknown-field", false, 1)} : new RuleHit[0];
            calls.add(Calls.checked(call, 2, 0, found));
            due += second + 100;
        }
        if (!refused) {
            calls.add(Calls.checked(Calls.close(number, due, 20, Outcome.OK), 0, 0));
        }
        return calls;
    }
}
