package dev.firstline.report;

import dev.firstline.gate.Circumstances;
import dev.firstline.gate.HealthFigure;
import dev.firstline.gate.HealthLimits;
import dev.firstline.gate.Judge;
import dev.firstline.gate.Slo;
import dev.firstline.gate.Slos;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.Health;
import dev.firstline.stats.JourneyResult;
import dev.firstline.stats.LineTimes;
import dev.firstline.stats.Metric;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RuleHit;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.TurnLimits;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The result files of a run that never took place: turns of twenty lines, four a journey, at an even rate. In its
 * middle tenth the service is slow; some turns stall, some fail, and some do not keep the contract.
 */
public final class SampleRun {
    private static final int TURNS = 4;
    private static final int LINES = 20;
    private static final List<String> KINDS =
            List.of("messageEvent.textContent", "productRecommendationEvent", "chatSuggestionEvent");
    private static final TurnLimits LIMITS = new TurnLimits(
            Duration.ofMillis(1_200), Duration.ofMillis(1_500), Duration.ofSeconds(8), Duration.ofSeconds(2));

    private final Random random;
    private final double seconds;
    private final double turnsPerS;
    private final double faultShare;
    private long opened;

    private SampleRun(long seed, double seconds, double turnsPerS, double faultShare) {
        this.random = new Random(seed);
        this.seconds = seconds;
        this.turnsPerS = turnsPerS;
        this.faultShare = faultShare;
    }

    /**
     * Writes {@code summary.json}, {@code turns.jsonl.gz} and the reports.
     *
     * @param folder the run's folder, whose name is the run's; it is made
     * @param faultShare which share of the turns goes wrong
     */
    public static void write(Path folder, long seed, double seconds, double turnsPerS, double faultShare)
            throws IOException {
        Files.createDirectories(folder);
        String run = "" + folder.getFileName();
        RunIdentity identity = new RunIdentity(
                run,
                run.substring(0, run.indexOf('-')),
                "stub",
                "2026-11-21T10:00:00Z",
                Map.of("journeys", "sofia, returns", "java", "17"));
        RunSummary summary = new SampleRun(seed, seconds, turnsPerS, faultShare).write(folder, identity);
        SummaryFile.write(folder, summary);
        Slos slos = new Slos(
                List.of(
                        new Slo.Percentile(Metric.TTFL, 50, 700),
                        new Slo.Percentile(Metric.TTFL, 95, 1_200),
                        new Slo.Goodput(0.99),
                        new Slo.OutcomeShare("ko", 0.001),
                        new Slo.LeakedSessions(0)),
                new HealthLimits(Map.of(HealthFigure.LAG_P99_MS, 50.0)));
        ReportFiles.write(folder, summary, Judge.judge(summary, slos, Circumstances.ORDINARY), null);
    }

    private RunSummary write(Path folder, RunIdentity identity) throws IOException {
        RunTally tally = new RunTally(LIMITS);
        try (TurnLog log = TurnLog.create(folder, identity)) {
            long turns = (long) (seconds * turnsPerS);
            for (long i = 0; i < turns; i++) {
                long due = (long) (i / turnsPerS * 1e9);
                int turn = (int) (i % TURNS) + 1;
                if (turn == 1) {
                    opened++;
                    add(tally, log, plain(CallKind.INIT, i / TURNS, due));
                }
                add(tally, log, turn(i / TURNS, turn, due));
                if (turn == TURNS) {
                    add(tally, log, plain(CallKind.CLOSE, i / TURNS, due + 100_000_000));
                    JourneyResult journey = new JourneyResult("sofia", i / TURNS, 0, due + 1, 0);
                    tally.add(journey);
                    log.write(journey);
                }
            }
        }
        Health health = new Health(2.1, 1.4, 18, 0.42, 0.2, 2.6, 1.1, 0, opened, opened, true);
        return tally.summary(identity, new RunSummary.Sessions(opened, opened, 0), health);
    }

    private static void add(RunTally tally, TurnLog log, CallResult call) throws IOException {
        tally.add(call);
        log.write(call);
    }

    private CallResult plain(CallKind kind, long number, long due) {
        long sent = due + lagNanos();
        long end = sent + millis(40 + 20 * random.nextDouble());
        CallTiming timing = new CallTiming(due, sent, end, end, CallTiming.NEVER, LineTimes.NONE, end);
        return new CallResult(
                kind, journey(number), number, 0, "5e551011", timing, Outcome.OK, List.of(), null, 0, 0, List.of());
    }

    private CallResult turn(long number, int turn, long due) {
        boolean slow = Math.abs(due / 1e9 - seconds / 2) < seconds / 20;
        boolean spoilt = random.nextDouble() < faultShare;
        int fault = spoilt ? random.nextInt(5) : -1;
        long sent = due + lagNanos();
        long first = sent + millis((slow ? 900 : 380 + 40 * turn) * Math.exp(0.25 * random.nextGaussian()));
        if (fault == 0) {
            long end = sent + millis(10_000);
            CallTiming timing = new CallTiming(
                    due, sent, sent + millis(30), CallTiming.NEVER, CallTiming.NEVER, LineTimes.NONE, end);
            return call(number, turn, timing, Outcome.of(Outcome.Kind.FIRST_LINE_TIMEOUT), List.of());
        }
        if (fault == 1) {
            CallTiming timing = new CallTiming(
                    due,
                    sent,
                    sent + millis(25),
                    sent + millis(25),
                    CallTiming.NEVER,
                    LineTimes.NONE,
                    sent + millis(26));
            return call(number, turn, timing, Outcome.httpError(503, "14"), List.of());
        }
        long[] lines = new long[fault == 2 ? LINES / 2 : LINES];
        long at = first;
        for (int i = 0; i < lines.length; i++) {
            lines[i] = at;
            at += millis(60 * Math.exp(0.5 * random.nextGaussian()) + (fault == 3 && i == 7 ? 3_500 : 0));
        }
        long end = lines[lines.length - 1] + millis(fault == 2 ? 5_000 : 2);
        CallTiming timing = new CallTiming(due, sent, sent + millis(20), first, first, LineTimes.of(lines), end);
        return switch (fault) {
            case 2 -> call(number, turn, timing, Outcome.of(Outcome.Kind.STALLED_OUT), List.of());
            case 4 ->
                call(
                        number,
                        turn,
                        timing,
                        Outcome.of(Outcome.Kind.CONTRACT_VIOLATION),
                        List.of(new RuleHit("foreign-session", true, 3)));
            default -> call(number, turn, timing, Outcome.OK, List.of());
        };
    }

    private static CallResult call(long number, int turn, CallTiming timing, Outcome outcome, List<RuleHit> rules) {
        String kind = KINDS.get(turn % KINDS.size());
        int lines = timing.lines().count();
        return new CallResult(
                CallKind.INVOKE,
                journey(number),
                number,
                turn,
                "5e551011",
                timing,
                outcome,
                Collections.nCopies(lines, kind),
                lines == 0 ? null : kind,
                lines,
                0,
                rules);
    }

    private static String journey(long number) {
        return number % 3 == 0 ? "returns" : "sofia";
    }

    private long lagNanos() {
        return millis(-Math.log(1 - random.nextDouble()) * 0.4);
    }

    private static long millis(double ms) {
        return (long) (ms * 1e6);
    }
}
