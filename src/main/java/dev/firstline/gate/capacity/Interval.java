package dev.firstline.gate.capacity;

import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.capacity.Constraint.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.Well19937c;

/**
 * Between which rates the capacity lies: a parametric bootstrap (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 6.5 and 13.3). For each drawing, every step sees other bad ones, as overdispersed as its batches were; bad
 * ones over those allowed become a function of the rate that never falls (pool adjacent violators: Barlow et al.,
 * Statistical Inference under Order Restrictions, 1.2); and where that reaches 1, between two rates on logarithmic
 * scales, is the capacity of that drawing.
 *
 * <p>It knows nothing beyond the rates that were tried, and nothing of what changed from one step to the next. Rates
 * that lie closer together than the precision were never told apart, so it is never narrower than that on either side.
 */
final class Interval {
    private static final int DRAWINGS = 1_000;
    private static final int SEED = 1;
    private static final double TAIL = 0.025;

    /** Less than a fiftieth of what is allowed is as good as none. */
    private static final double LOAD_MIN = 0.02;

    /** A step without a bad one so far below the answer says that none of many would be. */
    private static final double FAR_BELOW = 0.85;

    /** What is added to the bad ones of a step, in bursts: none seen is not none to be seen. */
    private static final double HALF_A_BURST = 0.5;

    /** Of a step that is broken beyond this share, batches cannot differ. */
    private static final double SATURATED = 0.5;

    private final double rate;
    private final List<StepResult> steps;
    private final double[] dispersions;
    private final Well19937c random = new Well19937c(SEED);

    private Interval(double rate, List<StepResult> log) {
        this.rate = rate;
        this.steps = log.stream()
                .filter(step -> step.state() != State.VOID)
                .sorted(Comparator.comparingDouble(StepResult::rate))
                .toList();
        this.dispersions = new double[steps.get(0).names().size()];
        for (int c = 0; c < dispersions.length; c++) {
            dispersions[c] = dispersion(c);
        }
    }

    /** Its lower and upper end, around the rate that is the answer. */
    static double[] around(double rate, double precision, List<StepResult> log) {
        Interval interval = new Interval(rate, log);
        double[] crossings = new double[DRAWINGS];
        for (int i = 0; i < DRAWINGS; i++) {
            crossings[i] = interval.crossing();
        }
        Arrays.sort(crossings);
        return new double[] {
            Math.min(rate / (1 + precision), crossings[(int) (TAIL * DRAWINGS)]),
            Math.max(rate * (1 + precision), crossings[(int) ((1 - TAIL) * DRAWINGS)])
        };
    }

    private double crossing() {
        List<double[]> blocks = new ArrayList<>();
        for (StepResult step : steps) {
            blocks.add(new double[] {drawn(step), Math.max(1, step.turns()), 1});
            pool(blocks);
        }
        double[] heights = new double[steps.size()];
        int at = 0;
        for (double[] block : blocks) {
            // As a logarithm, since what is bad grows by a factor with each part of the rate.
            Arrays.fill(heights, at, at + (int) block[2], Math.log(Math.max(LOAD_MIN, block[0])));
            at += (int) block[2];
        }
        for (int i = 0; i < heights.length; i++) {
            if (heights[i] > 0) {
                return i == 0 ? steps.get(0).rate() : between(i - 1, heights);
            }
        }
        return steps.get(steps.size() - 1).rate();
    }

    private double between(int below, double[] heights) {
        double share = -heights[below] / (heights[below + 1] - heights[below]);
        double from = Math.log(steps.get(below).rate());
        double to = Math.log(steps.get(below + 1).rate());
        return Math.exp(from + share * (to - from));
    }

    private static void pool(List<double[]> blocks) {
        for (int last = blocks.size() - 1; last > 0 && blocks.get(last - 1)[0] > blocks.get(last)[0]; last--) {
            double[] right = blocks.remove(last);
            double[] left = blocks.get(last - 1);
            double weight = left[1] + right[1];
            left[0] = (left[0] * left[1] + right[0] * right[1]) / weight;
            left[1] = weight;
            left[2] += right[2];
        }
    }

    /** What the step's binding constraint might have seen instead. */
    private double drawn(StepResult step) {
        // What was ended at once may have seen nothing.
        double most = step.aborted() && step.load() <= 1 ? Loads.HOPELESS : 0;
        for (int c = 0; c < dispersions.length; c++) {
            Tally tally = step.tally(c);
            boolean certain = tally.bad() == 0 && step.rate() < FAR_BELOW * rate;
            most = Math.max(
                    most,
                    certain || tally.of() == 0 || step.allowed().get(c) == 0
                            ? step.load(c)
                            : drawn(tally, dispersions[c]) / step.allowed().get(c));
        }
        return most;
    }

    /** Bursts of bad ones, as many as a Poisson process might bring: a share. */
    private double drawn(Tally tally, double dispersion) {
        double bursts = tally.bad() / dispersion + HALF_A_BURST;
        return new GammaDistribution(random, bursts, dispersion).sample() / tally.of();
    }

    /**
     * How many times as much the batches of a step differ as independent calls would make them, with what a batch and
     * the next have in common; at least 1.
     */
    private double dispersion(int c) {
        double squares = 0;
        double degrees = 0;
        for (StepResult step : steps) {
            Tally all = step.tally(c);
            if (all.bad() > 0 && all.share() <= SATURATED) {
                double before = 0;
                for (Batch batch : step.batches()) {
                    Tally tally = batch.tallies().get(c);
                    double expected = Math.max(1e-9, all.share() * tally.of());
                    double off = tally.bad() - expected;
                    squares += off * (off + 2 * before) / expected;
                    before = off;
                }
                degrees += step.batches().size() - 1;
            }
        }
        return degrees == 0 ? 1 : Math.max(1, squares / degrees);
    }
}
