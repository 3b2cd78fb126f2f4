package dev.firstline.stub;

import java.util.Arrays;

/** An empirical distribution of times: what was seen, in order. Immutable. */
final class Quantiles {
    private final long[] sortedNanos;

    /** @throws IllegalArgumentException if nothing was seen */
    Quantiles(long[] seenNanos) {
        if (seenNanos.length == 0) {
            throw new IllegalArgumentException("a distribution needs a sample");
        }
        this.sortedNanos = seenNanos.clone();
        Arrays.sort(sortedNanos);
    }

    int count() {
        return sortedNanos.length;
    }

    /**
     * The time that a share of all do not exceed, between two that were seen on the line that joins them.
     *
     * @param share from 0, the shortest seen, to 1, the longest
     */
    long at(double share) {
        double place = share * (sortedNanos.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sortedNanos.length - 1);
        return Math.round(sortedNanos[below] + (place - below) * (sortedNanos[above] - sortedNanos[below]));
    }

    /** The largest difference between the shares of both that lie at or below a time (Kolmogorov–Smirnov), 0 to 1. */
    double farthest(Quantiles other) {
        double farthest = 0;
        int i = 0;
        int j = 0;
        while (i < sortedNanos.length && j < other.sortedNanos.length) {
            long time = Math.min(sortedNanos[i], other.sortedNanos[j]);
            while (i < sortedNanos.length && sortedNanos[i] <= time) {
                i++;
            }
            while (j < other.sortedNanos.length && other.sortedNanos[j] <= time) {
                j++;
            }
            farthest = Math.max(
                    farthest, Math.abs((double) i / sortedNanos.length - (double) j / other.sortedNanos.length));
        }
        return farthest;
    }

    /** How far a time has to be moved on average to make one of the other (Wasserstein's first distance). */
    long moveNanos(Quantiles other) {
        // Over the shares at which either steps, both are constant in between.
        double moved = 0;
        double from = 0;
        int i = 0;
        int j = 0;
        while (i < sortedNanos.length && j < other.sortedNanos.length) {
            double ends = (double) (i + 1) / sortedNanos.length;
            double otherEnds = (double) (j + 1) / other.sortedNanos.length;
            double to = Math.min(ends, otherEnds);
            moved += (to - from) * Math.abs(sortedNanos[i] - other.sortedNanos[j]);
            from = to;
            i += ends <= otherEnds ? 1 : 0;
            j += otherEnds <= ends ? 1 : 0;
        }
        return Math.round(moved);
    }
}
