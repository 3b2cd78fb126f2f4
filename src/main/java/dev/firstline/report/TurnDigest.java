package dev.firstline.report;

import dev.firstline.stats.CallResult;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a report shows of a turn log: gathered in one pass, in memory that does not grow with the log. */
final class TurnDigest {
    /** How many outcomes are told apart over time. */
    static final int OUTCOMES_MAX = 12;

    private static final String OTHERS = "others";

    private final Slices slices;
    private final TtflCurve curve = new TtflCurve();
    private final GapMap gaps;
    private final SlowTurns slow = new SlowTurns();
    private final Map<String, long[]> outcomes = new TreeMap<>();
    private final double[] lagMs;
    private final double[] lagMsMax;
    private final long[] sent;
    private boolean whole = true;

    private TurnDigest(Slices slices) {
        this.slices = slices;
        this.gaps = new GapMap(slices);
        this.lagMs = new double[slices.count()];
        this.lagMsMax = new double[slices.count()];
        this.sent = new long[slices.count()];
    }

    /**
     * Reads the log of a run.
     *
     * @param seconds how long the run took
     * @throws dev.firstline.Misuse if there is none or it cannot be read
     */
    static TurnDigest read(Path folder, double seconds) throws IOException {
        TurnDigest digest = new TurnDigest(Slices.of(seconds));
        digest.whole = TurnLog.read(folder, digest::add, journey -> {});
        return digest;
    }

    private void add(CallResult call) {
        curve.add(call);
        gaps.add(call);
        slow.add(call);
        int slice = slices.at(call.timing().dueNanos());
        double lag = call.timing().lagNanos() / 1e6;
        lagMs[slice] += lag;
        lagMsMax[slice] = Math.max(lagMsMax[slice], lag);
        sent[slice]++;
        if (call.call().isTurn()) {
            String label = call.outcome().label();
            String name = outcomes.containsKey(label) || outcomes.size() < OUTCOMES_MAX ? label : OTHERS;
            outcomes.computeIfAbsent(name, any -> new long[slices.count()])[slice]++;
        }
    }

    /** Whether the log has an end; the log of a killed run has none. */
    boolean isWhole() {
        return whole;
    }

    Slices slices() {
        return slices;
    }

    TtflCurve curve() {
        return curve;
    }

    GapMap gaps() {
        return gaps;
    }

    SlowTurns slow() {
        return slow;
    }

    /** How many turns that were due in each slice ended in which way. */
    Map<String, long[]> outcomes() {
        return outcomes;
    }

    /** How late the calls that were due in a slice were sent on average; null where there were none. */
    @Nullable
    Double lagMs(int slice) {
        return sent[slice] == 0 ? null : lagMs[slice] / sent[slice];
    }

    /** How late the latest of them was sent. */
    double lagMsMax(int slice) {
        return lagMsMax[slice];
    }
}
