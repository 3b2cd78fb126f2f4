package dev.firstline.gate;

import java.util.Iterator;
import java.util.List;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The exact permutation test of runs of two builds. If the builds are alike, every way to deal the runs out between
 * them was as likely as the one that was seen. All figures are judged together by the largest of their t statistics in
 * each way (Westfall and Young's single-step maxT): it keeps the false alarms of them all together at alpha, and as
 * they go together it costs hardly any power. With Holm, five runs of each could never show anything: their smallest p
 * is 1/252.
 */
final class Rearrangements {
    /** More would take minutes: twelve runs against twelve are 2,704,156. */
    static final int WAYS_MAX = 3_000_000;

    private static final double EQUAL = 1e-9;

    private final int candidates;
    private final int runs;
    private final List<double[]> figures;

    /**
     * The runs of both builds.
     *
     * @param figures of each figure one logarithm a run, the candidates' first
     * @param candidates how many of them are the candidates'
     */
    Rearrangements(List<double[]> figures, int candidates) {
        this.figures = figures;
        this.candidates = candidates;
        this.runs = figures.get(0).length;
    }

    /** How many ways there are to deal them out. */
    static double ways(int candidates, int others) {
        return CombinatoricsUtils.binomialCoefficientDouble(candidates + others, candidates);
    }

    /**
     * For each figure the share of all ways in which some figure differs as much as this one did.
     *
     * @param sign 1 where the candidates being slower counts, −1 where their being faster does
     */
    double[] p(int sign) {
        double[] seen = new double[figures.size()];
        int[] first = new int[candidates];
        for (int run = 0; run < candidates; run++) {
            first[run] = run;
        }
        for (int figure = 0; figure < seen.length; figure++) {
            seen[figure] = t(figures.get(figure), first, sign);
        }
        long[] asMuch = new long[seen.length];
        long ways = 0;
        Iterator<int[]> each = CombinatoricsUtils.combinationsIterator(runs, candidates);
        while (each.hasNext()) {
            double most = most(each.next(), sign);
            ways++;
            for (int figure = 0; figure < seen.length; figure++) {
                if (most >= seen[figure] - EQUAL) {
                    asMuch[figure]++;
                }
            }
        }
        double[] p = new double[seen.length];
        for (int figure = 0; figure < p.length; figure++) {
            p[figure] = (double) asMuch[figure] / ways;
        }
        return p;
    }

    private double most(int[] dealt, int sign) {
        double most = Double.NEGATIVE_INFINITY;
        for (double[] logs : figures) {
            most = Math.max(most, t(logs, dealt, sign));
        }
        return most;
    }

    /** Student's t of those that were dealt out against the rest. */
    private double t(double[] logs, int[] dealt, int sign) {
        int others = runs - candidates;
        double sum = 0;
        double squares = 0;
        for (double log : logs) {
            sum += log;
        }
        double mean = sum / runs;
        for (double log : logs) {
            squares += (log - mean) * (log - mean);
        }
        double above = 0;
        for (int run : dealt) {
            above += logs[run] - mean;
        }
        // The others lie below the mean as far in sum as these lie above it.
        double difference = sign * (above / candidates + above / others);
        double weight = (double) candidates * others / runs;
        double within = squares - weight * difference * difference;
        if (within <= EQUAL * EQUAL * squares || squares == 0) {
            return squares == 0 ? 0 : Math.signum(difference) * Double.MAX_VALUE;
        }
        return difference * Math.sqrt(weight) / Math.sqrt(within / (runs - 2));
    }
}
