package dev.firstline.stats;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Calls as stories tell them: times in milliseconds from due. */
public final class Calls {
    public static final TurnLimits LIMITS = new TurnLimits(
            Duration.ofMillis(800), Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(2));
    static final RunIdentity RUN =
            new RunIdentity("load-20261120T180000Z", "load", "stub", "2026-11-20T18:00:00Z", Map.of("journeys", "abc"));
    static final Health HEALTH = new Health(1.2, 0.9, 11, 0.31, 0.1, null, 2.5, 0, 3, 3, true);

    private Calls() {}

    static long ms(long millis) {
        return millis * 1_000_000;
    }

    public static CallTiming timing(long dueMs, long sentMs, long endMs, long... linesMs) {
        LineTimes lines = LineTimes.of(
                LongStream.of(linesMs).map(line -> ms(dueMs + line)).toArray());
        long first = lines.kept() == 0 ? CallTiming.NEVER : lines.nanosAt(0);
        return new CallTiming(ms(dueMs), ms(dueMs + sentMs), first, first, first, lines, ms(dueMs + endMs));
    }

    public static CallResult init(long number, long dueMs, long endMs, Outcome outcome) {
        return call(CallKind.INIT, number, 0, timing(dueMs, 0, endMs), outcome);
    }

    public static CallResult close(long number, long dueMs, long endMs, Outcome outcome) {
        return call(CallKind.CLOSE, number, 0, timing(dueMs, 0, endMs), outcome);
    }

    public static CallResult invoke(long number, int turn, CallTiming timing, Outcome outcome) {
        return call(CallKind.INVOKE, number, turn, timing, outcome);
    }

    static CallResult call(CallKind call, long number, int turn, CallTiming timing, Outcome outcome) {
        boolean lines = timing.hasFirstLine();
        return new CallResult(
                call,
                "greeting",
                number,
                turn,
                "5e55",
                timing,
                outcome,
                lines ? List.of("messageEvent.textContent") : List.of(),
                lines ? "messageEvent.textContent" : null,
                CallResult.NOT_CHECKED,
                0,
                List.of());
    }

    public static CallResult checked(CallResult call, int linesChecked, int linesUnchecked, RuleHit... findings) {
        return new CallResult(
                call.call(),
                call.journey(),
                call.number(),
                call.turn(),
                call.session(),
                call.timing(),
                call.outcome(),
                call.kinds(),
                call.firstContent(),
                linesChecked,
                linesUnchecked,
                List.of(findings));
    }
}
