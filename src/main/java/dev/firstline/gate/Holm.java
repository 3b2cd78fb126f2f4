package dev.firstline.gate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Holm's step-down: of several tests together at most a share alpha gives a false alarm, however they depend on each
 * other (Holm 1979, Scandinavian Journal of Statistics 6).
 */
final class Holm {
    private final double alpha;
    private final boolean[] rejected;

    Holm(double[] p, double alpha) {
        this.alpha = alpha;
        this.rejected = new boolean[p.length];
        int[] smallestFirst = IntStream.range(0, p.length)
                .boxed()
                .sorted((a, b) -> Double.compare(p[a], p[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        int left = p.length;
        for (int test : smallestFirst) {
            if (!(p[test] <= alpha / left)) {
                break;
            }
            rejected[test] = true;
            left--;
        }
    }

    boolean rejected(int test) {
        return rejected[test];
    }

    /** At which p this test is rejected, the others being as they are. */
    double level(int test) {
        long others = IntStream.range(0, rejected.length)
                .filter(other -> other != test && rejected[other])
                .count();
        return alpha / (rejected.length - others);
    }

    @Override
    public String toString() {
        return Arrays.toString(rejected);
    }
}
