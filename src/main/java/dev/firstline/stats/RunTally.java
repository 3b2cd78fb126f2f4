package dev.firstline.stats;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds up calls, live or read back from a {@link TurnLog}, and makes a {@link RunSummary} of them.
 *
 * <p>Memory is bounded by the number of metrics, kinds, turns and windows, never by the number of calls. Times are
 * nanoseconds from the run's origin. Not thread-safe.
 */
public final class RunTally {
    /** Places in a journey that are told apart; later turns count as the last of them. */
    static final int TURNS_MAX = 64;

    /** Different outcomes that are told apart by their detail; beyond it only by their kind. */
    static final int OUTCOMES_MAX = 200;

    /** Windows that are kept, a day of them; what is due later counts in the last. */
    static final int WINDOWS_MAX = 24 * 3600 / Window.SECONDS;

    private final TurnLimits limits;
    private final Map<TimeLimit, Count> attained = new LinkedHashMap<>();
    private final Cut all = new Cut();
    private final Map<Integer, Cut> byTurn = new TreeMap<>();
    private final Map<String, Cut> byKind = new TreeMap<>();
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<String, Map<String, Long>> calls = new TreeMap<>();
    private final Map<Long, WindowTally> windows = new TreeMap<>();
    private final Map<String, Long> rules = new TreeMap<>();
    private final Set<String> broken = new TreeSet<>();
    private long journeys;
    private long turns;
    private long good;
    private long failedInits;
    private long stalled;
    private long abandoned;
    private long lines;
    private long checked;
    private boolean anyChecked;
    private long violations;
    private long drifts;
    private long opened;
    private long open;
    private long closed;
    private long endNanos;

    /** A tally that judges turns by these limits. */
    public RunTally(TurnLimits limits) {
        this(limits, List.of());
    }

    /**
     * A tally that judges turns by these limits, and counts those that keep others.
     *
     * @param counted what {@link RunSummary#attained()} will tell
     */
    public RunTally(TurnLimits limits, List<TimeLimit> counted) {
        this.limits = limits;
        counted.forEach(limit -> attained.put(limit, new Count()));
    }

    /** Counts a call. */
    public void add(CallResult result) {
        endNanos = Math.max(endNanos, result.timing().endNanos());
        all.record(Metric.LAG, result.timing().lagNanos());
        count(result);
        check(result);
        switch (result.call()) {
            case INIT -> init(result);
            case INVOKE -> invoke(result);
            case INVOKE_SYNC -> {
                all.record(Metric.SYNC, result.timing().e2eNanos());
                turn(result);
            }
            case CLOSE -> close(result);
        }
    }

    /** Counts a whole conversation. */
    public void add(JourneyResult result) {
        all.record(Metric.JOURNEY, result.journeyNanos());
    }

    /** Journeys whose init has ended, well or not. */
    public long journeys() {
        return journeys;
    }

    /** The metrics of every call that was sent, late or not: what {@link Health} quotes. */
    public @Nullable MetricSummary metric(Metric metric) {
        LatencyHistogram values = all.values.get(metric);
        return values == null ? null : MetricSummary.of(values);
    }

    /**
     * The figures so far.
     *
     * @param identity which run it is
     * @param sessions what the ledger says; null where there is none, and the answers themselves are counted
     * @param health how the generator fared
     */
    public RunSummary summary(RunIdentity identity, RunSummary.@Nullable Sessions sessions, Health health) {
        double seconds = Math.round(endNanos / 1e6) / 1e3;
        double perS = seconds == 0 ? 0 : Math.round(good / seconds * 1e3) / 1e3;
        List<Window> steps = new ArrayList<>();
        windows.forEach((from, window) -> steps.add(window.summary(from)));
        Map<String, Map<String, MetricSummary>> turnCuts = new TreeMap<>();
        byTurn.forEach((turn, cut) -> turnCuts.put("" + turn, cut.summaries()));
        Map<String, Map<String, MetricSummary>> kindCuts = new TreeMap<>();
        byKind.forEach((kind, cut) -> kindCuts.put(kind, cut.summaries()));
        Map<String, Map<String, Long>> callOutcomes = new TreeMap<>();
        calls.forEach((call, counts) -> callOutcomes.put(call, new TreeMap<>(counts)));
        return new RunSummary(
                RunSummary.VERSION,
                identity.run(),
                identity.simulation(),
                identity.target(),
                identity.started(),
                seconds,
                identity.fingerprint(),
                journeys,
                turns,
                new RunSummary.Goodput(good, turns - abandoned + failedInits, perS),
                new RunSummary.Stalled(stalled, turns),
                attained(),
                new TreeMap<>(outcomes),
                callOutcomes,
                all.summaries(),
                turnCuts,
                kindCuts,
                steps,
                sessions == null ? new RunSummary.Sessions(opened, closed, opened - closed) : sessions,
                anyChecked ? contract() : null,
                health);
    }

    private Map<String, RunSummary.Attained> attained() {
        Map<String, RunSummary.Attained> counts = new TreeMap<>();
        attained.forEach((limit, count) -> counts.put(limit.label(), new RunSummary.Attained(count.within, count.of)));
        return counts;
    }

    private RunSummary.Contract contract() {
        return new RunSummary.Contract(lines, checked, violations, drifts, new TreeMap<>(rules), new TreeSet<>(broken));
    }

    private void init(CallResult result) {
        journeys++;
        all.record(Metric.INIT, result.timing().e2eNanos());
        if (result.outcome().kind() == Outcome.Kind.OK) {
            opened++;
            open++;
            window(result).open(open);
        } else if (result.outcome().isKo()) {
            failedInits++;
        }
    }

    private void close(CallResult result) {
        all.record(Metric.CLOSE, result.timing().e2eNanos());
        if (!result.outcome().isKo() && result.outcome().kind() != Outcome.Kind.ABANDONED) {
            closed++;
            open--;
        }
    }

    private void invoke(CallResult result) {
        turn(result);
        Cut turnCut = byTurn.computeIfAbsent(Math.min(result.turn(), TURNS_MAX), turn -> new Cut());
        @Nullable
        Cut kindCut =
                result.firstContent() == null ? null : byKind.computeIfAbsent(result.firstContent(), kind -> new Cut());
        WindowTally window = window(result);
        for (Cut cut : kindCut == null ? new Cut[] {all, turnCut} : new Cut[] {all, turnCut, kindCut}) {
            cut.invoke(result);
        }
        window.ttfl(result);
        attained.forEach((limit, count) -> count.add(limit.keptBy(result)));
    }

    private void turn(CallResult result) {
        turns++;
        boolean isGood = limits.good(result);
        if (isGood) {
            good++;
        }
        if (result.outcome().kind() == Outcome.Kind.ABANDONED) {
            // Nobody waited for its end, so it can be neither good nor bad.
            abandoned++;
        }
        if (limits.stalled(result)) {
            stalled++;
        }
        WindowTally window = window(result);
        window.turn(isGood, result.outcome().isKo());
        window.open(open);
    }

    private void count(CallResult result) {
        Map<String, Long> counts = result.call().isTurn()
                ? outcomes
                : calls.computeIfAbsent(result.call().label(), call -> new TreeMap<>());
        String label = result.outcome().label();
        boolean isNew = !counts.containsKey(label) && counts.size() >= OUTCOMES_MAX;
        counts.merge(isNew ? result.outcome().kind().label() : label, 1L, Long::sum);
    }

    private void check(CallResult result) {
        if (result.linesChecked() == CallResult.NOT_CHECKED) {
            lines += result.timing().lines().count();
        } else {
            anyChecked = true;
            checked += result.linesChecked();
            lines += result.linesChecked() + result.linesUnchecked();
        }
        for (RuleHit hit : result.findings()) {
            if (hit.violation()) {
                violations++;
                broken.add(hit.rule());
            } else {
                drifts++;
            }
            rules.merge(hit.rule(), 1L, Long::sum);
        }
    }

    private WindowTally window(CallResult result) {
        long index = Math.min(result.timing().dueNanos() / (Window.SECONDS * 1_000_000_000L), WINDOWS_MAX - 1L);
        return windows.computeIfAbsent(index * Window.SECONDS, from -> new WindowTally());
    }

    /** How many kept a limit. */
    private static final class Count {
        private long within;
        private long of;

        void add(@Nullable Boolean kept) {
            if (kept != null) {
                of++;
                within += kept ? 1 : 0;
            }
        }
    }

    /** The metrics of some of the calls. */
    private static final class Cut {
        private final Map<Metric, LatencyHistogram> values = new EnumMap<>(Metric.class);

        void record(Metric metric, long durationNanos) {
            of(metric).record(durationNanos);
        }

        void invoke(CallResult result) {
            CallTiming timing = result.timing();
            record(Metric.E2E, timing.e2eNanos());
            if (result.waited()) {
                of(Metric.TTFL).recordWaited(timing.ttflNanos());
                of(Metric.TTFL_SERVICE).recordWaited(timing.ttflServiceNanos());
            } else if (timing.hasFirstLine()) {
                record(Metric.TTFL, timing.ttflNanos());
                record(Metric.TTFL_SERVICE, timing.ttflServiceNanos());
            }
            if (timing.firstContentNanos() != CallTiming.NEVER) {
                record(Metric.TTFC, timing.firstContentNanos() - timing.dueNanos());
            }
            if (timing.firstByteNanos() != CallTiming.NEVER) {
                record(Metric.TTFB, timing.firstByteNanos() - timing.sentNanos());
            }
            LineTimes lines = timing.lines();
            for (int i = 1; i < lines.kept(); i++) {
                record(Metric.GAP, lines.nanosAt(i) - lines.nanosAt(i - 1));
            }
            if (lines.count() > 1) {
                record(Metric.MAX_GAP, lines.gapNanosMax());
            }
        }

        Map<String, MetricSummary> summaries() {
            Map<String, MetricSummary> summaries = new HashMap<>();
            values.forEach((metric, histogram) -> summaries.put(metric.label(), MetricSummary.of(histogram)));
            return new TreeMap<>(summaries);
        }

        private LatencyHistogram of(Metric metric) {
            return values.computeIfAbsent(metric, m -> new LatencyHistogram());
        }
    }

    /** Ten seconds. */
    private static final class WindowTally {
        private final LatencyHistogram ttfl = LatencyHistogram.sparse();
        private long turns;
        private long good;
        private long ko;
        private long openMax;

        void turn(boolean isGood, boolean isKo) {
            turns++;
            good += isGood ? 1 : 0;
            ko += isKo ? 1 : 0;
        }

        void ttfl(CallResult result) {
            if (result.waited()) {
                ttfl.recordWaited(result.timing().ttflNanos());
            } else if (result.timing().hasFirstLine()) {
                ttfl.record(result.timing().ttflNanos());
            }
        }

        void open(long sessions) {
            openMax = Math.max(openMax, sessions);
        }

        Window summary(long fromS) {
            return new Window(fromS, turns, good, ko, MetricSummary.of(ttfl), openMax);
        }
    }
}
