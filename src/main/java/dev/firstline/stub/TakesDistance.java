package dev.firstline.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How far the times of one set of takes lie from those of another, for one turn.
 *
 * @param what {@code greeting, turn 1: first line}
 * @param here how many times there are on this side
 * @param there how many on the other
 * @param ks the Kolmogorov–Smirnov distance, 0 to 1
 * @param moveMs the Wasserstein distance in milliseconds: how far a time has to be moved on average
 */
public record TakesDistance(String what, int here, int there, double ks, double moveMs) {
    /** At 95 % confidence, of large samples. */
    private static final double KS_CRITICAL = 1.358;

    /** The distance that two samples of one distribution exceed in one case of twenty. */
    public double ksByChance() {
        return KS_CRITICAL * Math.sqrt((double) (here + there) / ((double) here * there));
    }

    /**
     * Compares the takes that two roots have of the same turns.
     *
     * @throws dev.firstline.Misuse if a take is no recording
     */
    public static List<TakesDistance> between(Path root, Path other) {
        try {
            Takes takes = Takes.read(root, root.toString());
            Takes others = Takes.read(other, other.toString());
            List<TakesDistance> distances = new ArrayList<>();
            for (Map.Entry<Takes.Turn, Fit> entry : takes.fits().entrySet()) {
                Fit fit = others.fits().get(entry.getKey());
                if (fit != null) {
                    String turn = entry.getKey().journey() + ", turn "
                            + entry.getKey().number();
                    distances.add(of(turn + ": first line", entry.getValue().firstLine(), fit.firstLine()));
                    entry.getValue()
                            .gap()
                            .ifPresent(gap ->
                                    fit.gap().ifPresent(gapThere -> distances.add(of(turn + ": gaps", gap, gapThere))));
                }
            }
            distances.sort(Comparator.comparing(TakesDistance::what));
            return distances;
        } catch (IOException e) {
            throw new UncheckedIOException("reading takes", e);
        }
    }

    private static TakesDistance of(String what, Quantiles here, Quantiles there) {
        return new TakesDistance(what, here.count(), there.count(), here.farthest(there), here.moveNanos(there) / 1e6);
    }
}
