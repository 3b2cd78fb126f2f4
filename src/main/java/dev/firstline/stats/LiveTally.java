package dev.firstline.stats;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Adds up calls for whoever looks on while a run is under way: totals, and a window that slides by the second.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>{@link #add} never blocks and never throws: one offer to a bounded queue, whatever the rest costs;
 *   <li>memory is bounded by {@value #QUEUE_MAX} results, {@value #WINDOW_SECONDS} small histograms and
 *       {@value RunTally#OUTCOMES_MAX} labels;
 *   <li>{@link #sample} is called by one thread at a time, once a second or so.
 * </ol>
 */
public final class LiveTally {
    /** How long the window is; the second that has just begun is its last. */
    public static final int WINDOW_SECONDS = 10;

    /** How many results may wait for the next sample. */
    public static final int QUEUE_MAX = 65_536;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Set<String> WELL =
            Set.of(Outcome.Kind.OK.label(), Outcome.Kind.OK_EMPTY.label(), Outcome.Kind.ABANDONED.label());

    private final Clock clock;
    private final BlockingQueue<CallResult> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final LongAdder unseen = new LongAdder();
    private final @Nullable Second[] window = new Second[WINDOW_SECONDS];
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long ok;
    private long ko;
    private long violations;

    /** What ended in one second of the clock. */
    private static final class Second {
        private final long number;
        private final LatencyHistogram ttfl = LatencyHistogram.sparse();
        private long inits;

        Second(long number) {
            this.number = number;
        }
    }

    public LiveTally(Clock clock) {
        this.clock = clock;
    }

    /** Whether an outcome with this label is none of those that fail. */
    static boolean isWell(String label) {
        return WELL.contains(label);
    }

    /** Takes a call whose times are the clock's. Any thread; never blocks. */
    public void add(CallResult result) {
        if (!queue.offer(result)) {
            unseen.increment();
        }
    }

    /**
     * How the run stands now.
     *
     * @param originNanos when the schedule began, on the clock
     * @param due how many journeys are due so many nanoseconds after that
     * @param openSessions sessions that are open
     */
    public synchronized LiveFigures sample(long originNanos, LongUnaryOperator due, long openSessions) {
        long nowNanos = clock.nanoTime();
        for (CallResult next = queue.poll(); next != null; next = queue.poll()) {
            count(next);
        }
        long firstSecond = nowNanos / SECOND_NANOS - WINDOW_SECONDS + 1;
        long fromNanos = Math.max(originNanos, firstSecond * SECOND_NANOS);
        double seconds = Math.max(nowNanos - fromNanos, SECOND_NANOS / 10) / 1e9;
        LatencyHistogram ttfl = new LatencyHistogram();
        long inits = 0;
        for (Second second : window) {
            if (second != null && second.number >= firstSecond) {
                ttfl.add(second.ttfl);
                inits += second.inits;
            }
        }
        long offered = due.applyAsLong(nowNanos - originNanos) - due.applyAsLong(fromNanos - originNanos - 1);
        boolean none = ttfl.count() == 0;
        return new LiveFigures(
                tenths(Math.max(0, nowNanos - originNanos) / 1e9),
                tenths(Math.max(0, offered) / seconds),
                tenths(inits / seconds),
                openSessions,
                ttfl.count(),
                none ? null : MetricSummary.ms(ttfl.percentileNanos(50)),
                none ? null : MetricSummary.ms(ttfl.percentileNanos(95)),
                ok,
                ko,
                outcomes,
                violations,
                unseen.sum());
    }

    private void count(CallResult result) {
        boolean isTurn = result.call().isTurn();
        Outcome outcome = result.outcome();
        if (isTurn || outcome.isKo()) {
            String of = isTurn ? "" : result.call().label() + " ";
            boolean isNew = !outcomes.containsKey(of + outcome.label()) && outcomes.size() >= RunTally.OUTCOMES_MAX;
            outcomes.merge(of + (isNew ? outcome.kind().label() : outcome.label()), 1L, Long::sum);
        }
        if (outcome.isKo()) {
            ko++;
        } else if (isTurn && outcome.kind() != Outcome.Kind.ABANDONED) {
            ok++;
        }
        violations += result.findings().stream().filter(RuleHit::violation).count();
        Second second = second(result.timing().endNanos() / SECOND_NANOS);
        if (result.call() == CallKind.INIT) {
            second.inits++;
        } else if (result.call() == CallKind.INVOKE) {
            if (result.waited()) {
                second.ttfl.recordWaited(result.timing().ttflNanos());
            } else if (result.timing().hasFirstLine()) {
                second.ttfl.record(result.timing().ttflNanos());
            }
        }
    }

    /** A second that is long over makes way; what ended in it, and comes only now, counts as of no second. */
    private Second second(long number) {
        int place = (int) (number % WINDOW_SECONDS);
        Second there = window[place];
        if (there == null || there.number < number) {
            there = new Second(number);
            window[place] = there;
        }
        return there.number == number ? there : new Second(number);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
