package dev.firstline.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one call ended: the only thing that passes from the load to what is made of it. Everything after it can be
 * recomputed from the result files.
 *
 * @param call which request it was
 * @param journey the journey's name
 * @param number the journey's place in the schedule, counted from 0: the same for all calls of a conversation
 * @param turn the turn's place in the journey, counted from 1; 0 for init and close
 * @param session a hash of the session's id, or empty where there was none; never the id
 * @param timing when everything happened
 * @param outcome how it ended
 * @param kinds the kinds of the events that came, in order, at most {@value #KINDS_MAX}; an interactive kind or a
 *     content kind stands behind a dot
 * @param firstContent the kind of the first event that a customer sees, or null
 * @param linesChecked how many lines that are not blank the contract has seen, or −1 where none is checked
 * @param linesUnchecked how many came beside them, in an answer of status 2xx, that it should have seen and has not
 * @param findings what the contract has to say
 */
public record CallResult(
        CallKind call,
        String journey,
        long number,
        int turn,
        String session,
        CallTiming timing,
        Outcome outcome,
        List<String> kinds,
        @Nullable String firstContent,
        int linesChecked,
        int linesUnchecked,
        List<RuleHit> findings) {
    /** How many kinds one call's result holds. */
    public static final int KINDS_MAX = 1_000;

    /** What {@code linesChecked} says where no contract is checked. */
    public static final int NOT_CHECKED = -1;

    public CallResult {
        if (number < 0 || turn < 0) {
            throw new IllegalArgumentException("journey " + number + ", turn " + turn);
        }
        if (linesChecked < NOT_CHECKED || linesUnchecked < 0) {
            throw new IllegalArgumentException(linesChecked + " lines checked, " + linesUnchecked + " not");
        }
        kinds = List.copyOf(kinds.size() > KINDS_MAX ? kinds.subList(0, KINDS_MAX) : kinds);
        findings = List.copyOf(findings);
    }

    /** Whether its TTFL is a time waited in vain: it failed and no line had come. */
    public boolean waited() {
        return !timing.hasFirstLine() && outcome.isKo();
    }

    /** The same call on a clock whose zero lies so much later. */
    CallResult minus(long originNanos) {
        return new CallResult(
                call,
                journey,
                number,
                turn,
                session,
                timing.minus(originNanos),
                outcome,
                kinds,
                firstContent,
                linesChecked,
                linesUnchecked,
                findings);
    }
}
