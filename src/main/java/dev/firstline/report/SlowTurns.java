package dev.firstline.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.LineTimes;
import dev.firstline.stats.RuleHit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls that somebody should look at: the slowest to their first line, those with the longest gaps, failed ones.
 */
final class SlowTurns {
    /** How many are kept for each reason. */
    static final int EACH_MAX = 30;

    /** How many failed calls of one outcome are kept, so that the most frequent does not hide the others. */
    static final int OF_ONE_OUTCOME_MAX = 5;

    /** How many lines of one call are shown. */
    static final int LINES_MAX = 200;

    private static final Comparator<CallResult> BY_TTFL =
            Comparator.comparingLong(call -> call.timing().ttflNanos());
    private static final Comparator<CallResult> BY_GAP =
            Comparator.comparingLong(call -> call.timing().lines().gapNanosMax());

    private final PriorityQueue<CallResult> slowest = new PriorityQueue<>(BY_TTFL);
    private final PriorityQueue<CallResult> longest = new PriorityQueue<>(BY_GAP);
    private final Map<String, List<CallResult>> failed = new LinkedHashMap<>();

    /**
     * A call as a timeline, in milliseconds from when it was due; what did not happen is null.
     *
     * @param chosen why it is here: {@code first line}, {@code gap}, {@code failed}
     * @param journey the journey's name
     * @param number the journey's place in the schedule
     * @param turn the turn's place in the journey, or 0
     * @param call which request it was
     * @param atS when it was due, in seconds into the run
     * @param ttfl its time to first line, or how long it waited for it
     * @param gap its longest gap
     * @param lines when lines came, at most {@value #LINES_MAX}
     * @param unshown lines that are not among them
     * @param rules what of the contract it did not keep
     */
    record Timeline(
            List<String> chosen,
            String journey,
            long number,
            int turn,
            String call,
            String outcome,
            @Nullable String kind,
            @JsonProperty("at_s") Number atS,
            Number ttfl,
            Number lag,
            @Nullable Number headers,
            @Nullable Number first,
            Number gap,
            Number end,
            List<Number> lines,
            int unshown,
            List<String> rules) {}

    void add(CallResult call) {
        if (call.call().isTurn() && call.timing().hasFirstLine()) {
            keep(slowest, call);
        }
        if (call.timing().lines().count() > 1) {
            keep(longest, call);
        }
        if (call.outcome().isKo()) {
            @Nullable List<CallResult> alike = failed.get(call.outcome().label());
            if (alike == null && failed.size() < EACH_MAX) {
                alike = new ArrayList<>();
                failed.put(call.outcome().label(), alike);
            }
            if (alike != null && alike.size() < OF_ONE_OUTCOME_MAX) {
                alike.add(call);
            }
        }
    }

    /** The slowest to their first line come first. */
    List<Timeline> timelines() {
        Map<CallResult, List<String>> chosen = new LinkedHashMap<>();
        choose(chosen, slowest.stream().sorted(BY_TTFL.reversed()), "first line");
        choose(chosen, longest.stream().sorted(BY_GAP.reversed()), "gap");
        choose(chosen, failed.values().stream().flatMap(List::stream).limit(EACH_MAX), "failed");
        return chosen.entrySet().stream()
                .map(one -> timeline(one.getKey(), one.getValue()))
                .toList();
    }

    private static void choose(Map<CallResult, List<String>> chosen, Stream<CallResult> calls, String why) {
        calls.forEach(
                call -> chosen.computeIfAbsent(call, any -> new ArrayList<>()).add(why));
    }

    private static void keep(PriorityQueue<CallResult> queue, CallResult call) {
        if (queue.size() < EACH_MAX) {
            queue.add(call);
        } else if (queue.comparator().compare(call, queue.peek()) > 0) {
            queue.poll();
            queue.add(call);
        }
    }

    private static Timeline timeline(CallResult call, List<String> chosen) {
        CallTiming timing = call.timing();
        List<Number> lines = lines(timing);
        return new Timeline(
                chosen,
                call.journey(),
                call.number(),
                call.turn(),
                call.call().label(),
                call.outcome().label(),
                call.firstContent(),
                Chart.number(timing.dueNanos() / 1e9),
                ms(timing.ttflNanos()),
                ms(timing.lagNanos()),
                timing.headersNanos() == CallTiming.NEVER ? null : ms(timing.headersNanos() - timing.dueNanos()),
                timing.hasFirstLine() ? ms(timing.firstLineNanos() - timing.dueNanos()) : null,
                ms(timing.lines().gapNanosMax()),
                ms(timing.e2eNanos()),
                lines,
                timing.lines().count() - lines.size(),
                List.copyOf(new TreeSet<>(
                        call.findings().stream().map(RuleHit::rule).toList())));
    }

    /** Of too many lines the ends of the longest gaps: the others stand close to one of them. */
    private static List<Number> lines(CallTiming timing) {
        LineTimes times = timing.lines();
        IntStream shown = IntStream.range(0, times.kept());
        if (times.kept() > LINES_MAX) {
            TreeSet<Integer> ends = new TreeSet<>(List.of(0, times.kept() - 1));
            IntStream.range(1, times.kept())
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> times.nanosAt(i - 1) - times.nanosAt(i)))
                    .limit(LINES_MAX / 2 - 1)
                    .forEach(i -> ends.addAll(List.of(i - 1, i)));
            shown = ends.stream().mapToInt(i -> i);
        }
        return shown.mapToObj(i -> ms(times.nanosAt(i) - timing.dueNanos())).toList();
    }

    private static Number ms(long nanos) {
        return Chart.number(Math.round(nanos / 1e4) / 1e2);
    }
}
