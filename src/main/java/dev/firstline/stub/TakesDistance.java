package dev.firstline.stub;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * How far the times of one set of takes lie from those of another, for one turn.
 *
 * @param what {@code turn 1, first line}
 * @param here how many times there are on this side
 * @param there how many on the other
 * @param ks the Kolmogorov–Smirnov distance, 0 to 1
 * @param moveMs the Wasserstein distance in milliseconds: how far a time has to be moved on average
 */
public record TakesDistance(String what, int here, int there, double ks, double moveMs) {
    /** At 95 % confidence, of large samples. */
    private static final double KS_CRITICAL = 1.358;

    /** The distance that two samples of one distribution exceed in one case of twenty; 1 where they are too small. */
    public double ksByChance() {
        return Math.min(1, KS_CRITICAL * Math.sqrt((double) (here + there) / ((double) here * there)));
    }

    /** In words: {@code turn 1, first line: 12.3 ms apart on average, KS 0.133 (by chance up to 0.351)}. */
    public String inWords() {
        return String.format(
                Locale.ROOT,
                "%s: %.1f ms apart on average, KS %.3f (%s), %d and %d times",
                what,
                moveMs,
                ks,
                ksByChance() < 1 ? String.format(Locale.ROOT, "by chance up to %.3f", ksByChance()) : "of too few",
                here,
                there);
    }

    /**
     * Compares the takes that two roots have of a journey, turn by turn.
     *
     * @throws Misuse if a take is no recording, or the other root has no takes of the journey
     */
    public static List<TakesDistance> between(Path root, Path other, String journey) {
        SortedMap<Integer, Fit> fits = fits(root, journey);
        List<TakesDistance> distances = new ArrayList<>();
        fits(other, journey).forEach((turn, there) -> {
            Fit here = fits.get(turn);
            if (here != null) {
                String name = "turn " + turn;
                distances.add(of(name + ", first line", here.firstLine(), there.firstLine()));
                here.gap()
                        .ifPresent(gap ->
                                there.gap().ifPresent(gapThere -> distances.add(of(name + ", gaps", gap, gapThere))));
            }
        });
        return distances;
    }

    /**
     * Makes sure that there is something to compare with.
     *
     * @throws Misuse if there are no takes of that journey
     */
    public static void refuseWithoutTakes(Path root, String journey) {
        fits(root, journey);
    }

    private static SortedMap<Integer, Fit> fits(Path root, String journey) {
        SortedMap<Integer, Fit> fits;
        try {
            fits = Takes.read(root, root.toString()).of(journey);
        } catch (IOException e) {
            throw new Misuse("takes that can be read", e.toString(), root.toString(), "mend it");
        }
        if (fits.isEmpty()) {
            throw new Misuse(
                    "takes of " + journey,
                    "none",
                    root.resolve(Takes.FOLDER).toString(),
                    "record there with --takes 30 first");
        }
        return fits;
    }

    private static TakesDistance of(String what, Quantiles here, Quantiles there) {
        return new TakesDistance(what, here.count(), there.count(), here.farthest(there), here.moveNanos(there) / 1e6);
    }
}
