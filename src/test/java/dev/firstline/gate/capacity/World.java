package dev.firstline.gate.capacity;

import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.capacity.Constraint.Sight;
import dev.firstline.gate.capacity.Constraint.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A service that exists in figures only: turns arrive at random, wait in one queue for a worker, and show their first
 * line some time after one has taken them. Seconds throughout. Seeded.
 */
final class World {
    /** 95 % of turns have their first line within a second. */
    static final Constraint TTFL = new Constraint("ttfl p95 ≤ 1000 ms", 0.05, call -> Sight.NONE);

    private static final double LIMIT_S = 1;
    private static final double HOPELESS_S = 8 * LIMIT_S;
    private static final int WORKERS = 32;
    private static final double TURN_S = 2.3;
    private static final double FIRST_LINE_S = 0.35;

    /** What becomes of one turn. */
    interface Service {
        /**
         * How long a turn waits for its first line.
         *
         * @param rate of arrivals in the step
         * @param atS when it comes, from the beginning of the whole search
         * @param waitS how long it waits for a worker
         * @return time to first line
         */
        double ttflS(double rate, double atS, double waitS, SplittableRandom random);
    }

    private final int workers;
    private final Service service;
    private final SplittableRandom random;
    private double nowS;

    World(int workers, Service service, long seed) {
        this.workers = workers;
        this.service = service;
        this.random = new SplittableRandom(seed);
    }

    /** 32 workers, turns of 2.3 s, first lines some 350 ms after a worker has begun. */
    static World queue(long seed) {
        return new World(
                WORKERS, (rate, atS, waitS, random) -> waitS + FIRST_LINE_S * random.nextDouble(0.5, 1.5), seed);
    }

    /** All is well up to a rate, and nothing beyond it. */
    static World cliff(double capacity, long seed) {
        return new World(
                100_000, (rate, atS, waitS, random) -> rate > capacity ? 20 : 0.2 + 0.1 * random.nextDouble(), seed);
    }

    /** Carries out a step as the rule says. */
    StepResult step(Next.Step step, SearchPlan plan) {
        StepRule rule = plan.rule(step);
        double settleS = rule.settle().toMillis() / 1e3;
        double batchS = rule.batch().toMillis() / 1e3;
        Steps steps = new Steps(step.rate(), nowS);
        steps.batch(settleS);
        List<Batch> batches = new ArrayList<>();
        boolean aborted = steps.hopeless;
        int low = 0;
        Ruling ruling = rule.decide(List.of(TTFL), batches, false);
        while (!aborted && ruling.state() == Ruling.State.OPEN) {
            batches.add(steps.batch(batchS));
            Tally last = batches.get(batches.size() - 1).tallies().get(0);
            low = last.share() > 0.5 ? low + 1 : 0;
            aborted = steps.hopeless || low >= 2;
            ruling = rule.decide(List.of(TTFL), batches, false);
        }
        double tookS = settleS + batches.size() * batchS + plan.betweenSteps().toMillis() / 1e3;
        nowS += tookS;
        return new StepResult(
                step.number(),
                step.phase(),
                step.rate(),
                aborted || ruling.state() == Ruling.State.FAILED ? State.FAILED : State.PASSED,
                ruling.decided(),
                aborted,
                aborted ? "aborted" : ruling.why(),
                List.of(TTFL.name()),
                List.of(TTFL.allowed()),
                batches,
                batchS,
                null,
                null,
                TURN_S,
                0,
                tookS,
                steps.turns,
                "world");
    }

    /** The share of turns above the limit at a rate, of very many turns. */
    double badShare(double rate, int turns) {
        Steps steps = new Steps(rate, 0);
        steps.batch(1_000);
        return steps.batch(turns / rate).tallies().get(0).share();
    }

    /** One step's turns, one after the other. */
    private final class Steps {
        private final double rate;
        private final double fromS;
        private final PriorityQueue<Double> free = new PriorityQueue<>();
        private double atS;
        private double endS;
        private long turns;
        private boolean hopeless;

        Steps(double rate, double fromS) {
            this.rate = rate;
            this.fromS = fromS;
            for (int i = 0; i < Math.min(workers, 10_000); i++) {
                free.add(0.0);
            }
            this.atS = gap();
        }

        Batch batch(double lengthS) {
            double beginS = endS;
            endS += lengthS;
            long bad = 0;
            long of = 0;
            double insideS = 0;
            for (; atS < endS; atS += gap()) {
                double beginsS = Math.max(atS, free.remove());
                double lastsS = -Math.log(1 - random.nextDouble()) * TURN_S;
                free.add(beginsS + lastsS);
                double ttflS = service.ttflS(rate, fromS + atS, beginsS - atS, random);
                bad += ttflS > LIMIT_S ? 1 : 0;
                hopeless |= ttflS > HOPELESS_S;
                insideS += beginsS - atS + lastsS;
                of++;
            }
            turns += of;
            return new Batch(beginS, of, insideS / lengthS, List.of(new Tally(bad, of)));
        }

        private double gap() {
            return -Math.log(1 - random.nextDouble()) / rate;
        }
    }

    /** The plan that field and tests use: ten-second batches, 30 to 240 s a step, five minutes of hold. */
    static SearchPlan plan(double start) {
        return new SearchPlan(
                start,
                Double.POSITIVE_INFINITY,
                0.05,
                new StepRule(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(240)),
                Duration.ofMinutes(5),
                12,
                Duration.ofHours(4),
                1e9,
                1,
                Duration.ofSeconds(10));
    }

    /** Searches to the end. */
    List<StepResult> search(SearchPlan plan) {
        List<StepResult> log = new ArrayList<>();
        while (Search.next(plan, log) instanceof Next.Step step) {
            log.add(step(step, plan));
        }
        return log;
    }
}
