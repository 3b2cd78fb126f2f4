package dev.firstline.gate.capacity;

import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.CapacityResult.Usl;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.jspecify.annotations.Nullable;

/**
 * Fits Gunther's Universal Scalability Law, as explanation only: a model without a promise in it cannot say what is
 * carried. Turned over, N / throughput is a polynomial in N, whose parts are found by least squares.
 */
final class UslFit {
    /** Fewer points fit anything. */
    static final int POINTS_MIN = 5;

    /** The highest concurrency must be so many times the lowest. */
    private static final double SPREAD_MIN = 2;

    /** Where sessions pile up, what comes in is not what goes out. */
    private static final double STEADY = 1.5;

    private UslFit() {}

    /** A fit, or nothing where there are too few steps or they say something that the law cannot. */
    static Optional<Usl> of(List<StepResult> log) {
        List<StepResult> steady = log.stream().filter(UslFit::isSteady).toList();
        double[] concurrency =
                steady.stream().mapToDouble(StepResult::openSessions).toArray();
        double[] throughput = steady.stream().mapToDouble(StepResult::turnsPerS).toArray();
        return fit(concurrency, throughput);
    }

    static Optional<Usl> fit(double[] concurrency, double[] throughput) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double n : concurrency) {
            least = Math.min(least, n);
            most = Math.max(most, n);
        }
        if (concurrency.length < POINTS_MIN || !(most >= SPREAD_MIN * least) || least <= 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(fit(concurrency, throughput, true))
                .or(() -> Optional.ofNullable(fit(concurrency, throughput, false)));
    }

    private static boolean isSteady(StepResult step) {
        if (step.state() == State.VOID || step.aborted() || step.batches().isEmpty() || step.turns() == 0) {
            return false;
        }
        double first = step.batches().get(0).openSessions();
        double last = step.batches().get(step.batches().size() - 1).openSessions();
        return last <= STEADY * first;
    }

    /** N / throughput = 1/lambda + alpha/lambda·(N−1) + beta/lambda·N·(N−1); null where a part would be negative. */
    private static @Nullable Usl fit(double[] concurrency, double[] throughput, boolean coherency) {
        double[] y = new double[concurrency.length];
        double[][] x = new double[concurrency.length][];
        for (int i = 0; i < y.length; i++) {
            double n = concurrency[i];
            y[i] = n / throughput[i];
            x[i] = coherency ? new double[] {n - 1, n * (n - 1)} : new double[] {n - 1};
        }
        try {
            OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
            regression.newSampleData(y, x);
            double[] parts = regression.estimateRegressionParameters();
            double lambda = 1 / parts[0];
            double alpha = parts[1] * lambda;
            double beta = coherency ? parts[2] * lambda : 0;
            if (!(lambda > 0 && alpha >= 0 && alpha < 1 && beta >= 0)) {
                return null;
            }
            return new Usl(lambda, alpha, beta, beta > 0 ? Math.sqrt((1 - alpha) / beta) : null);
        } catch (MathIllegalArgumentException e) {
            return null;
        }
    }
}
