package dev.firstline.stats;

import java.time.Duration;

/**
 * What makes a turn a good one ({@code turn:} of {@code slo.yaml}), and from when on a gap is a stall.
 *
 * @param ttfl the longest time to first line of a good turn
 * @param maxGap the longest gap of a good turn
 * @param e2e the longest whole answer of a good turn
 * @param stall a gap above this makes a turn a stalled one
 */
public record TurnLimits(Duration ttfl, Duration maxGap, Duration e2e, Duration stall) {
    public TurnLimits {
        for (Duration limit : new Duration[] {ttfl, maxGap, e2e, stall}) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("a limit must be positive: " + limit);
            }
        }
    }

    /** Whether the turn kept every limit and ended {@code ok}. A turn without lines by nature has only its whole. */
    public boolean good(CallResult turn) {
        CallTiming timing = turn.timing();
        boolean inTime = timing.e2eNanos() <= e2e.toNanos();
        if (turn.call() == CallKind.INVOKE_SYNC) {
            return inTime && turn.outcome().kind() == Outcome.Kind.OK;
        }
        return inTime
                && turn.outcome().kind() == Outcome.Kind.OK
                && timing.ttflNanos() <= ttfl.toNanos()
                && timing.lines().gapNanosMax() <= maxGap.toNanos();
    }

    /** Whether the turn had a gap above the stall limit; a wait that was cut short by the stall timeout is one. */
    public boolean stalled(CallResult turn) {
        return turn.timing().lines().gapNanosMax() > stall.toNanos()
                || turn.outcome().kind() == Outcome.Kind.STALLED_OUT;
    }
}
