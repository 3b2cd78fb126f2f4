package dev.firstline.gate.capacity;

import dev.firstline.gate.capacity.Constraint.Tally;
import java.util.List;

/**
 * What a rule makes of a step.
 *
 * @param state passed or failed, or open where it must go on
 * @param decided whether the figures decided it; otherwise the time was up
 * @param seen what each constraint saw, the binding one first: the one with the most bad for what is allowed
 */
public record Ruling(State state, boolean decided, List<Seen> seen) {
    public Ruling {
        seen = List.copyOf(seen);
    }

    /** What it comes to. */
    public enum State {
        OPEN,
        PASSED,
        FAILED
    }

    /**
     * What one constraint saw of a whole step.
     *
     * @param index the constraint's place among the constraints
     * @param state what it alone would come to
     * @param sigma the standard error of the share of bad ones
     */
    public record Seen(int index, Constraint constraint, Tally tally, double sigma, State state) {
        /** Bad ones over those allowed: above 1 it is broken. */
        public double load() {
            return Loads.of(tally, constraint.allowed());
        }

        /** In one line: {@code goodput ≥ 99 %: 2.9 % bad, 1 % allowed}. */
        public String text() {
            return constraint.name() + ": " + Shares.text(tally.share()) + " bad, "
                    + (constraint.allowed() == 0 ? "none" : Shares.text(constraint.allowed())) + " allowed";
        }
    }

    /** Bad ones over those allowed, of the constraint that binds; 0 where nothing was seen. */
    public double load() {
        return seen.isEmpty() ? 0 : seen.get(0).load();
    }

    /** The binding constraint in one line; where nothing was bad, none binds. */
    public String why() {
        if (seen.stream().allMatch(one -> one.tally().of() == 0)) {
            return "nothing was measured";
        }
        return load() == 0 && state != State.FAILED
                ? "nothing was bad"
                : seen.get(0).text();
    }
}
