package dev.firstline.gate.capacity;

import dev.firstline.gate.capacity.Constraint.Tally;
import dev.firstline.gate.capacity.Ruling.Seen;
import dev.firstline.gate.capacity.Ruling.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When a step is decided: by batch means. A constraint is kept once the share of bad ones lies {@value #SIGMAS}
 * standard errors below what is allowed, and broken once it lies as far above. A step passes when every constraint is
 * kept, and fails with the first that is broken. When the time is up, what is open passes only with half a standard
 * error to spare.
 *
 * <p>Where the time is fixed, nothing but its end decides, and the estimate must keep what is allowed; only where it no
 * longer can, whatever comes, it has failed before.
 *
 * <p>The standard error is that of a ratio of sums over batches (Cochran, Sampling Techniques, 6.3), and never less
 * than the binomial one of independent calls at the allowed share, so that three batches without a bad call are not
 * taken for certainty.
 *
 * @param settle what is measured before is in no figure
 * @param batch how long a batch is
 * @param least how long is measured at least
 * @param most how long is measured at most
 */
public record StepRule(Duration settle, Duration batch, Duration least, Duration most) {
    /** How many standard errors decide. */
    public static final double SIGMAS = 2;

    /** How many standard errors to spare an undecided step needs to pass. */
    public static final double SPARE = 0.5;

    private static final double MORE_THAN_EXPECTED = 1.1;

    /** Fewer batches have no spread to speak of. */
    public static final int BATCHES_MIN = 3;

    public StepRule {
        if (settle.isNegative() || batch.isNegative() || batch.isZero()) {
            throw new IllegalArgumentException("settle " + settle + ", batch " + batch);
        }
        if (least.compareTo(batch.multipliedBy(BATCHES_MIN)) < 0) {
            throw new IllegalArgumentException(
                    "at least " + BATCHES_MIN + " batches of " + batch + " must be measured, not " + least);
        }
        if (most.compareTo(least) < 0) {
            throw new IllegalArgumentException("at most " + most + " is less than at least " + least);
        }
    }

    /** The same rule for a fixed time. */
    public StepRule fixed(Duration time) {
        return new StepRule(settle, batch, time, time);
    }

    /** The same rule with so long at least, as far as the most allows. */
    StepRule atLeast(Duration time) {
        return new StepRule(settle, batch, time.compareTo(most) > 0 ? most : time, most);
    }

    private boolean isFixed() {
        return least.equals(most);
    }

    /**
     * What the batches so far come to.
     *
     * @param over whether there will be no more
     */
    public Ruling decide(List<Constraint> constraints, List<Batch> batches, boolean over) {
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < constraints.size(); i++) {
            seen.add(seen(i, constraints.get(i), batches));
        }
        seen.sort(Comparator.comparingDouble(Seen::load).reversed().thenComparingInt(Seen::index));
        int n = batches.size();
        if (seen.stream().anyMatch(one -> isLost(one, n))) {
            return new Ruling(State.FAILED, true, seen);
        }
        if (n >= batches(least) && seen.stream().allMatch(one -> one.state() == State.PASSED)) {
            return new Ruling(State.PASSED, true, seen);
        }
        if (!over && n < batches(most)) {
            return new Ruling(State.OPEN, false, seen);
        }
        boolean kept = n > 0 && seen.stream().allMatch(this::isKept);
        return new Ruling(kept ? State.PASSED : State.FAILED, false, seen);
    }

    /** How many batches such a time is. */
    public int batches(Duration time) {
        return Math.toIntExact(Math.max(1, time.toNanos() / batch.toNanos()));
    }

    private boolean isLost(Seen one, int batches) {
        if (one.constraint().allowed() == 0 || !isFixed()) {
            return one.state() == State.FAILED
                    && (batches >= BATCHES_MIN || one.constraint().allowed() == 0);
        }
        // Even if not one more is bad, there are too many for as many calls as must be expected, and some more.
        double expected = one.tally().of() * MORE_THAN_EXPECTED * batches(most) / Math.max(1, batches);
        return batches >= BATCHES_MIN && one.tally().bad() > one.constraint().allowed() * expected;
    }

    private boolean isKept(Seen one) {
        double spare = isFixed() ? 0 : SPARE * one.sigma();
        return one.tally().bad() == 0
                || one.tally().share() + spare <= one.constraint().allowed();
    }

    private static Seen seen(int index, Constraint constraint, List<Batch> batches) {
        Tally all = new Tally(0, 0);
        for (Batch batch : batches) {
            all = all.plus(batch.tallies().get(index));
        }
        double allowed = constraint.allowed();
        if (allowed == 0) {
            return new Seen(index, constraint, all, 0, all.bad() == 0 ? State.PASSED : State.FAILED);
        }
        double sigma = sigma(index, allowed, all, batches);
        State state = all.share() + SIGMAS * sigma <= allowed
                ? State.PASSED
                : all.share() - SIGMAS * sigma > allowed ? State.FAILED : State.OPEN;
        return new Seen(index, constraint, all, sigma, state);
    }

    private static double sigma(int index, double allowed, Tally all, List<Batch> batches) {
        if (all.of() == 0) {
            return 1;
        }
        double squares = 0;
        for (Batch batch : batches) {
            Tally tally = batch.tallies().get(index);
            double off = tally.bad() - all.share() * tally.of();
            squares += off * off;
        }
        int n = batches.size();
        double spread = n < 2 ? 0 : squares * n / (n - 1) / ((double) all.of() * all.of());
        return Math.sqrt(Math.max(spread, allowed * (1 - allowed) / all.of()));
    }
}
