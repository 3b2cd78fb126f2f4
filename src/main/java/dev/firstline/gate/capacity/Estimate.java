package dev.firstline.gate.capacity;

import dev.firstline.gate.CapacityResult.Phase;
import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.capacity.Constraint.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a search may take and how many turns it may cost, found by searching imaginary targets: at least where every
 * step is decided as soon as it may be, at most where none is and hardly a rate can be held.
 *
 * @param least the shortest search
 * @param most the longest search, never above what the plan allows
 * @param turnsLeast the cheapest search
 * @param turnsMost the dearest search, never above what the plan allows
 */
public record Estimate(Duration least, Duration most, double turnsLeast, double turnsMost) {
    private static final int TARGETS = 40;

    /** Without a cap, an imaginary target carries at most what this many first steps can climb to. */
    private static final int CLIMBS = 8;

    /** What a search with this plan, after these steps, still may take and cost. */
    public static Estimate of(SearchPlan plan) {
        double from = plan.start() / 2;
        double to =
                Math.min(plan.max(), plan.start() * Math.pow(SearchPlan.JUMP_MAX, Math.min(CLIMBS, plan.stepsMax())));
        Spent least = new Spent(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        Spent most = new Spent(0, 0);
        for (int i = 0; i <= TARGETS; i++) {
            double capacity = from * Math.pow(Math.max(1, to / from), (double) i / TARGETS) * 1.001;
            Spent easy = search(plan, capacity, plan.rule().least(), 1);
            Spent hard = search(plan, capacity, plan.rule().most(), SearchPlan.HOLDS_MAX);
            least = new Spent(Math.min(least.seconds(), easy.seconds()), Math.min(least.turns(), easy.turns()));
            most = new Spent(Math.max(most.seconds(), hard.seconds()), Math.max(most.turns(), hard.turns()));
        }
        return new Estimate(seconds(least.seconds()), seconds(most.seconds()), least.turns(), most.turns());
    }

    private record Spent(double seconds, double turns) {}

    private static Duration seconds(double seconds) {
        return Duration.ofSeconds(Math.round(seconds));
    }

    private static Spent search(SearchPlan plan, double capacity, Duration measured, int holdPasses) {
        List<StepResult> log = new ArrayList<>();
        Spent spent = new Spent(0, 0);
        int holds = 0;
        while (Search.next(plan, log) instanceof Next.Step step) {
            boolean hold = step.phase() == Phase.HOLD;
            holds += hold ? 1 : 0;
            boolean passes = hold ? holds >= holdPasses : step.rate() <= capacity;
            StepRule rule = plan.rule(step);
            Duration lasts = rule.least().compareTo(measured) > 0 ? rule.least() : measured;
            double tookS = Search.seconds(plan, lasts);
            double turns = Search.turns(plan, step.rate(), lasts);
            spent = new Spent(spent.seconds() + tookS, spent.turns() + turns);
            log.add(imagined(step, passes, capacity, tookS, turns));
        }
        return spent;
    }

    /** A slope that is gentle enough to be neither ample nor far beyond near the capacity. */
    private static StepResult imagined(Next.Step step, boolean passes, double capacity, double tookS, double turns) {
        double load = Math.pow(step.rate() / capacity, 8);
        long of = 1_000_000;
        long bad = Math.round(Math.min(0.9, Math.min(load, passes ? 1 : load) * 0.05) * of);
        return new StepResult(
                step.number(),
                step.phase(),
                step.rate(),
                passes ? State.PASSED : State.FAILED,
                true,
                false,
                "imagined",
                List.of("imagined"),
                List.of(0.05),
                List.of(new Batch(0, of, 1, List.of(new Tally(bad, of)))),
                1,
                null,
                null,
                0,
                0,
                tookS,
                Math.round(turns),
                "imagined");
    }
}
