package dev.firstline.bench;

import java.util.Arrays;
import java.util.Collection;

/** Some figures of one kind, in order. */
final class Spread {
    private final double[] sorted;

    Spread(Collection<Double> figures) {
        sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    int count() {
        return sorted.length;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    /** The smallest figure that so many percent of all do not exceed. */
    double percentile(double percent) {
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    /** How many lie below a bound. */
    long below(double bound) {
        return Arrays.stream(sorted).filter(figure -> figure < bound).count();
    }

    @Override
    public String toString() {
        return "min %.2f  median %.2f  max %.2f".formatted(min(), percentile(50), max());
    }
}
