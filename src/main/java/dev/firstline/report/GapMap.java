package dev.firstline.report;

import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.LineTimes;
import dev.firstline.stats.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many gaps between lines of which size there were, slice by slice of the run. */
final class GapMap {
    /** Where sizes begin, in milliseconds; the first one begins at nothing. */
    private static final int[] FROM_MS = {
        0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000
    };

    private static final int STALLED_OUT = FROM_MS.length;

    private final Slices slices;
    private final long[][] counts;

    GapMap(Slices slices) {
        this.slices = slices;
        this.counts = new long[slices.count()][FROM_MS.length + 1];
    }

    /** Gaps count where they end; a turn that stalled out has a last one that never did. */
    void add(CallResult call) {
        if (call.call() != CallKind.INVOKE) {
            return;
        }
        LineTimes lines = call.timing().lines();
        for (int i = 1; i < lines.kept(); i++) {
            long atNanos = lines.nanosAt(i);
            counts[slices.at(atNanos)][size(atNanos - lines.nanosAt(i - 1))]++;
        }
        if (call.outcome().kind() == Outcome.Kind.STALLED_OUT) {
            counts[slices.at(call.timing().endNanos())][STALLED_OUT]++;
        }
    }

    /** What sizes are called, the smallest first. */
    static List<String> sizes() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < FROM_MS.length; i++) {
            names.add(
                    i == FROM_MS.length - 1
                            ? text(FROM_MS[i]) + " +"
                            : text(FROM_MS[i]) + " – " + text(FROM_MS[i + 1]));
        }
        names.set(0, "< 1 ms");
        names.add("stalled out");
        return names;
    }

    /** Slice, size and how many, where there are any. */
    List<List<@Nullable Number>> points() {
        List<List<@Nullable Number>> points = new ArrayList<>();
        for (int slice = 0; slice < counts.length; slice++) {
            for (int size = 0; size <= STALLED_OUT; size++) {
                if (counts[slice][size] > 0) {
                    points.add(Chart.point(slice, size, counts[slice][size]));
                }
            }
        }
        return points;
    }

    private static int size(long gapNanos) {
        int found = Arrays.binarySearch(FROM_MS, (int) Math.min(gapNanos / 1_000_000, Integer.MAX_VALUE));
        return found >= 0 ? found : -found - 2;
    }

    private static String text(int ms) {
        return ms < 1_000 ? ms + " ms" : ms / 1_000 + " s";
    }
}
