package dev.firstline.run;

import dev.firstline.gate.Certificate.Part;
import dev.firstline.gate.MeasuredError;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.LineTimes;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.TurnLog;
import dev.firstline.stub.KnownTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * How far a run against the stub lies from what its recordings say, from the run's own {@link TurnLog}, so to a
 * microsecond. Only whole turns count whose lines are known; others have an outcome that tells of them.
 */
final class ErrorsOfRun {
    private final KnownTimes known;
    private final Map<String, DoubleStream.Builder> signedMs = new TreeMap<>();

    private ErrorsOfRun(KnownTimes known) {
        this.known = known;
    }

    /** The errors of each part that was measured. */
    static Map<String, MeasuredError> of(Path folder, KnownTimes known) throws IOException {
        ErrorsOfRun errors = new ErrorsOfRun(known);
        TurnLog.read(folder, errors::add, journey -> {});
        Map<String, MeasuredError> measured = new TreeMap<>();
        errors.signedMs.forEach(
                (part, ms) -> measured.put(part, MeasuredError.of(ms.build().toArray())));
        return measured;
    }

    private void add(CallResult result) {
        if (result.call() == CallKind.INVOKE && result.outcome().equals(Outcome.OK)) {
            known.of(result.journey(), result.turn())
                    .filter(leaves -> leaves.length == result.timing().lines().kept())
                    .ifPresent(leaves -> add(result.timing(), leaves));
        }
    }

    private void add(CallTiming timing, long[] leaves) {
        add(Part.TTFL, timing.ttflNanos() - leaves[0]);
        add(Part.SERVICE, timing.ttflServiceNanos() - leaves[0]);
        add(Part.LAG, timing.lagNanos());
        LineTimes lines = timing.lines();
        for (int i = 1; i < leaves.length; i++) {
            long gapNanos = lines.nanosAt(i) - lines.nanosAt(i - 1);
            add(Part.GAP, gapNanos - (leaves[i] - leaves[i - 1]));
        }
    }

    private void add(String part, long errorNanos) {
        signedMs.computeIfAbsent(part, name -> DoubleStream.builder()).add(errorNanos / 1e6);
    }
}
