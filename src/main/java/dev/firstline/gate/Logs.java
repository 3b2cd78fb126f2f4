package dev.firstline.gate;

import java.util.Collection;
import java.util.Objects;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;

/**
 * The natural logarithms of one figure of several runs. Latencies multiply: what is ten percent slower is as far off on
 * a log scale whatever it was before.
 */
final class Logs {
    private final double[] values;

    private Logs(double[] values) {
        this.values = values;
    }

    static Logs of(Collection<? extends @Nullable Double> ms) {
        return new Logs(ms.stream()
                .filter(Objects::nonNull)
                .mapToDouble(value -> Math.log(value))
                .toArray());
    }

    /** One a run. */
    double[] values() {
        return values.clone();
    }

    int count() {
        return values.length;
    }

    double mean() {
        return StatUtils.mean(values);
    }

    /** The standard deviation of a run, estimated from these; 0 of one. */
    double deviation() {
        return Math.sqrt(StatUtils.variance(values));
    }

    /** The geometric mean in milliseconds, or 0 of none. */
    double ms() {
        return count() == 0 ? 0 : Math.exp(mean());
    }
}
