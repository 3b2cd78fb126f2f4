package dev.firstline.gate.capacity;

import dev.firstline.gate.CapacityResult.Phase;
import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.capacity.Next.Why;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/**
 * Which rate comes next: a pure function of the plan and of the steps so far, so that a search goes on from its log as
 * if it had never stopped.
 *
 * <ol>
 *   <li>Up from the start, the nearer to broken the slower: half as much again while the binding constraint saw at most
 *       a tenth of the bad ones it allows, a fifth more up to four tenths, else 8 % more. Never more than
 *       {@link SearchPlan#JUMP_MAX} times a rate that passed. If the start fails, down instead.
 *   <li>Between the highest rate that passes and the lowest that fails, their geometric mean, until they lie within the
 *       precision. Where the one that passes has ample room, the one that fails is tried once more: a cliff fails
 *       again, a hiccup does not.
 *   <li>The one that passes is held; if it cannot be, {@link SearchPlan#HOLD_AGAIN} of it, up to
 *       {@link SearchPlan#HOLDS_MAX} times.
 * </ol>
 *
 * <p>A step whose generator was ill is repeated once. A rate that passes above one that failed makes that failure void,
 * once; twice, and there is no answer.
 */
public final class Search {
    private static final double AMPLE = 0.1;
    private static final double SOME = 0.4;
    private static final double FAR_BEYOND = 4;
    private static final double DOWN_FAR = 2;
    private static final double DOWN = 1.5;
    private static final int CONTRADICTIONS_MAX = 1;

    private final SearchPlan plan;
    private final List<StepResult> log;
    private final TreeSet<Double> fails = new TreeSet<>();
    private final TreeSet<Double> failsTwice = new TreeSet<>();
    private double low;
    private double lowLoad;
    private double lastFailLoad;
    private double lastHold;
    private int holdsFailed;
    private int contradictions;
    private int steps;
    private int illInARow;
    private boolean held;
    private boolean leaked;
    private double tookS;
    private double cost;

    private Search(SearchPlan plan, List<StepResult> log) {
        this.plan = plan;
        this.log = log;
        log.forEach(this::take);
    }

    /** What comes after these steps. */
    public static Next next(SearchPlan plan, List<StepResult> log) {
        return new Search(plan, log).next();
    }

    /** The lowest rate that failed and that no later pass has made void, or infinity. */
    static double firstFail(SearchPlan plan, List<StepResult> log) {
        return new Search(plan, log).high();
    }

    /** The highest rate that passed as a step, or 0. */
    static double lastPass(SearchPlan plan, List<StepResult> log) {
        return new Search(plan, log).low;
    }

    private void take(StepResult step) {
        tookS += step.tookS();
        cost += step.cost();
        leaked |= step.leaked() > 0;
        illInARow = step.state() == State.VOID ? illInARow + 1 : 0;
        boolean hold = step.phase() == Phase.HOLD;
        if (!hold) {
            steps++;
        }
        if (step.state() == State.PASSED) {
            passed(step, hold);
        } else if (step.state() == State.FAILED) {
            failed(step, hold);
        }
    }

    private void passed(StepResult step, boolean hold) {
        held |= hold;
        if (!fails.headSet(step.rate(), true).isEmpty()) {
            contradictions++;
            fails.headSet(step.rate(), true).clear();
        }
        if (step.rate() > low) {
            low = step.rate();
            lowLoad = step.load();
        }
    }

    private void failed(StepResult step, boolean hold) {
        if (hold) {
            holdsFailed++;
            lastHold = step.rate();
            return;
        }
        if (!fails.add(step.rate())) {
            failsTwice.add(step.rate());
        }
        lastFailLoad = step.aborted() ? Loads.HOPELESS : step.load();
    }

    private double high() {
        return fails.isEmpty() ? Double.POSITIVE_INFINITY : fails.first();
    }

    private Next next() {
        if (leaked) {
            return new Next.End(Why.LEAKED);
        }
        if (held) {
            boolean open = high() == Double.POSITIVE_INFINITY && holdsFailed == 0 && low >= Shares.rounded(plan.max());
            return new Next.End(open ? Why.HELD_AT_THE_CAP : Why.HELD);
        }
        if (contradictions > CONTRADICTIONS_MAX) {
            return new Next.End(Why.CONTRADICTS_ITSELF);
        }
        if (illInARow > 1) {
            return new Next.End(Why.GENERATOR_ILL);
        }
        if (illInARow == 1) {
            StepResult last = log.get(log.size() - 1);
            return affordable(last.phase(), last.rate());
        }
        if (holdsFailed > 0) {
            return holdsFailed >= SearchPlan.HOLDS_MAX
                    ? new Next.End(Why.WOULD_NOT_HOLD)
                    : affordable(Phase.HOLD, lastHold * SearchPlan.HOLD_AGAIN);
        }
        return low == 0 ? fromBelow() : above();
    }

    /** Nothing has passed yet. */
    private Next fromBelow() {
        if (high() == Double.POSITIVE_INFINITY) {
            return affordable(Phase.BRACKET, plan.start());
        }
        return steps >= plan.stepsMax()
                ? new Next.End(Why.NOTHING_PASSES)
                : affordable(Phase.BRACKET, high() / (lastFailLoad > FAR_BEYOND ? DOWN_FAR : DOWN));
    }

    private Next above() {
        boolean bracketed = high() < Double.POSITIVE_INFINITY;
        if (steps >= plan.stepsMax() || (!bracketed && low >= Shares.rounded(plan.max()))) {
            return affordable(Phase.HOLD, low);
        }
        if (!bracketed) {
            return before(step(Phase.BRACKET, Math.min(plan.max(), low * factor())));
        }
        if (high() / low > 1 + plan.precision()) {
            return before(step(Phase.REFINE, Math.sqrt(low * high())));
        }
        return lowLoad <= AMPLE && !failsTwice.contains(high())
                ? before(step(Phase.REFINE, high()))
                : affordable(Phase.HOLD, low);
    }

    /** This step, if a hold is still possible after it; else the hold, if that is possible. */
    private Next before(Next.Step step) {
        Next.Step hold = step(Phase.HOLD, low);
        boolean leavesRoom = fits(seconds(step) + seconds(hold), turns(step) + turns(hold));
        return leavesRoom || !fits(seconds(hold), turns(hold)) ? affordable(step.phase(), step.rate()) : hold;
    }

    private double factor() {
        return lowLoad <= AMPLE ? SearchPlan.JUMP_MAX : lowLoad <= SOME ? 1.2 : 1.08;
    }

    private Next affordable(Phase phase, double rate) {
        Next.Step step = step(phase, rate);
        if (!fits(seconds(step), 0)) {
            return new Next.End(Why.TIME);
        }
        return fits(0, turns(step)) ? step : new Next.End(Why.TURNS);
    }

    private boolean fits(double seconds, double turns) {
        return tookS + seconds <= plan.timeMax().toMillis() / 1e3 && cost + turns <= plan.turnsMax();
    }

    private Next.Step step(Phase phase, double rate) {
        double most = low == 0 ? Double.POSITIVE_INFINITY : low * SearchPlan.JUMP_MAX;
        double next = Shares.rounded(Math.min(rate, most));
        return new Next.Step(log.size() + 1, phase, next, phase == Phase.REFINE && fails.contains(next));
    }

    /** How long such a step takes at least. */
    private double seconds(Next.Step step) {
        return seconds(plan, plan.rule(step).least());
    }

    /** How long a step takes in which so long is measured. */
    static double seconds(SearchPlan plan, Duration measured) {
        return plan.rule().settle().plus(measured).plus(plan.betweenSteps()).toMillis() / 1e3;
    }

    /** How many turns such a step costs at least. */
    private double turns(Next.Step step) {
        return turns(plan, step.rate(), plan.rule(step).least());
    }

    /** How many turns a step costs in which so long is measured. */
    static double turns(SearchPlan plan, double rate, Duration measured) {
        return rate
                * plan.turnsPerJourney()
                * plan.rule().settle().plus(measured).toMillis()
                / 1e3;
    }
}
