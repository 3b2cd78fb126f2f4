package dev.firstline.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Where a series of runs changed its level: E-divisive (Matteson and James 2014, JASA 109) finds where, Student's t
 * instead of permutations tells whether, as Hunter does (Fleming et al. 2023, ICPE; now Apache Otava). Points are
 * sought in windows of {@value #WINDOW} runs at ten times the chance; then the weakest is dropped and its neighbours
 * are judged anew, until each of those left is at most that likely where nothing changed, and large enough. Unlike
 * there, p counts in how many places were tried; without that, one flat history in sixty has a point at 6 % noise.
 */
final class ChangePoints {
    /** How many runs are looked at together; windows overlap by half. */
    static final int WINDOW = 50;

    /** How likely a change point is where nothing changed. */
    static final double P_MAX = 0.001;

    /** The least change that is worth a name, as a ratio. */
    static final double RATIO_MIN = 1.05;

    /** One or two odd runs are no new level. */
    static final int LEVEL_RUNS_MIN = 3;

    private static final double WEAK = 10;

    private final double[] logs;

    private ChangePoints(double[] logs) {
        this.logs = logs;
    }

    /**
     * One change point.
     *
     * @param index the first run of the new level
     * @param before the mean logarithm of the level before
     * @param after the mean logarithm of the level from it on
     * @param p how likely such a difference is where nothing changed
     */
    record Found(int index, double before, double after, double p) {
        double ratio() {
            return Math.exp(after - before);
        }

        private boolean stays() {
            return p <= P_MAX && Math.abs(after - before) >= Math.log(RATIO_MIN);
        }
    }

    /** The change points of a series of logarithms, in its order. */
    static List<Found> of(double[] logs) {
        ChangePoints series = new ChangePoints(logs);
        Set<Integer> weak = new TreeSet<>();
        int from = 0;
        do {
            series.split(from, Math.min(logs.length, from + WINDOW), weak);
            from += WINDOW / 2;
        } while (from + WINDOW / 2 < logs.length);
        return series.strong(weak);
    }

    private void split(int from, int to, Set<Integer> points) {
        int best = best(from, to);
        if (best < 0 || found(from, best, to).p() > WEAK * P_MAX) {
            return;
        }
        points.add(best);
        split(from, best, points);
        split(best, to, points);
    }

    private List<Found> strong(Set<Integer> weak) {
        List<Integer> points = new ArrayList<>(weak);
        while (true) {
            List<Found> found = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                int from = i == 0 ? 0 : points.get(i - 1);
                int to = i + 1 == points.size() ? logs.length : points.get(i + 1);
                found.add(found(from, points.get(i), to));
            }
            Found weakest = null;
            for (Found point : found) {
                if (!point.stays() && (weakest == null || point.p() > weakest.p())) {
                    weakest = point;
                }
            }
            if (weakest == null) {
                return found;
            }
            points.remove(Integer.valueOf(weakest.index()));
        }
    }

    /** Student's t with one variance for both sides. */
    private Found found(int from, int at, int to) {
        int left = at - from;
        int right = to - at;
        double before = StatUtils.mean(logs, from, left);
        double after = StatUtils.mean(logs, at, right);
        int freedom = left + right - 2;
        if (left < LEVEL_RUNS_MIN || right < LEVEL_RUNS_MIN) {
            return new Found(at, before, after, 1);
        }
        double squares =
                StatUtils.variance(logs, from, left) * (left - 1) + StatUtils.variance(logs, at, right) * (right - 1);
        double error = Math.sqrt(squares / freedom * (1.0 / left + 1.0 / right));
        if (error == 0) {
            return new Found(at, before, after, before == after ? 1 : 0);
        }
        double t = Math.abs(after - before) / error;
        double p = 2 * new TDistribution(null, freedom).cumulativeProbability(-t);
        // The place was chosen for its difference: each that could have been is a test of its own (Bonferroni).
        int places = left + right - 2 * LEVEL_RUNS_MIN + 1;
        return new Found(at, before, after, Math.min(1, p * places));
    }

    /** Where the energy distance of what is left and right of it is largest, or −1 where there is no room. */
    private int best(int from, int to) {
        int n = to - from;
        double[][] sums = new double[n + 1][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sums[i + 1][j + 1] =
                        Math.abs(logs[from + i] - logs[from + j]) + sums[i][j + 1] + sums[i + 1][j] - sums[i][j];
            }
        }
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int left = LEVEL_RUNS_MIN; left <= n - LEVEL_RUNS_MIN; left++) {
            double energy = energy(sums, left, n);
            if (energy > most) {
                most = energy;
                best = from + left;
            }
        }
        return best;
    }

    /** {@code mn/(m+n) · (2/mn Σ|x−y| − 2/m(m−1) Σ|x−x'| − 2/n(n−1) Σ|y−y'|)}, each pair once. */
    private static double energy(double[][] sums, int left, int n) {
        int right = n - left;
        double within = sums[left][left];
        double beyond = sums[n][n] - sums[left][n] - sums[n][left] + within;
        double between = sums[left][n] - within;
        double distance = 2 * between / ((double) left * right)
                - within / ((double) left * (left - 1))
                - beyond / ((double) right * (right - 1));
        return distance * left * right / n;
    }
}
