package dev.firstline.run;

import dev.firstline.gate.capacity.Batch;
import dev.firstline.gate.capacity.Constraint;
import dev.firstline.gate.capacity.Constraint.Sight;
import dev.firstline.gate.capacity.Constraint.Tally;
import dev.firstline.gate.capacity.Rails;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a step has seen, batch by batch. Thread-safe. Bounded by the length of a step and its open sessions. */
final class StepFigures {
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final List<Constraint> constraints;
    private final long batchNanos;
    private final Map<Integer, Counts> batches = new HashMap<>();
    private final Map<Long, Long> openedNanos = new HashMap<>();
    private long sessions;
    private double sessionSeconds;
    private long turns;

    StepFigures(List<Constraint> constraints, Duration batch) {
        this.constraints = constraints;
        this.batchNanos = batch.toNanos();
    }

    private final class Counts {
        private final long[] bad = new long[constraints.size()];
        private final long[] of = new long[constraints.size()];
        private final List<Double> inFlight = new ArrayList<>();
        private long turns;
        private long calls;
        private long refused;
        private double openSum;

        Batch batch(int index) {
            List<Tally> tallies = new ArrayList<>();
            for (int i = 0; i < bad.length; i++) {
                tallies.add(new Tally(bad[i], of[i]));
            }
            double open = inFlight.isEmpty() ? 0 : openSum / inFlight.size();
            return new Batch(index * batchNanos / 1e9, turns, open, tallies);
        }
    }

    /** @param originNanos when measuring began */
    synchronized void see(CallResult call, long originNanos) {
        Counts counts = counts(call.timing().dueNanos() - originNanos);
        for (int i = 0; i < constraints.size(); i++) {
            Sight sight = constraints.get(i).watch().see(call);
            counts.bad[i] += sight == Sight.BAD ? 1 : 0;
            counts.of[i] += sight == Sight.NONE ? 0 : 1;
        }
        counts.calls++;
        counts.refused += isRefused(call.outcome()) ? 1 : 0;
        counts.turns += call.call().isTurn() ? 1 : 0;
        turns += call.call().isTurn() ? 1 : 0;
        session(call);
    }

    synchronized void sample(long atNanos, long openSessions, int callsInFlight) {
        if (atNanos >= 0) {
            Counts counts = counts(atNanos);
            counts.openSum += openSessions;
            counts.inFlight.add((double) callsInFlight);
        }
    }

    /** The first so many batches. */
    synchronized List<Batch> batches(int count) {
        List<Batch> first = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            first.add(counts(i * batchNanos).batch(i));
        }
        return first;
    }

    /** The largest share of bad ones in that batch. */
    synchronized double worstShare(int batch) {
        return counts(batch * batchNanos).batch(batch).tallies().stream()
                .mapToDouble(Tally::share)
                .max()
                .orElse(0);
    }

    /** The largest share of bad ones in that batch, for what is allowed. */
    synchronized double worstLoad(int batch) {
        double worst = 0;
        List<Tally> tallies = counts(batch * batchNanos).batch(batch).tallies();
        for (int i = 0; i < tallies.size(); i++) {
            double share = tallies.get(i).share();
            worst = Math.max(worst, share == 0 ? 0 : share / constraints.get(i).allowed());
        }
        return worst;
    }

    synchronized long refused(int batch) {
        return counts(batch * batchNanos).refused;
    }

    synchronized double refusedShare(int batch) {
        Counts counts = counts(batch * batchNanos);
        return counts.calls == 0 ? 0 : (double) counts.refused / counts.calls;
    }

    /** How many calls were in flight, sampled, in that batch and those right before it. */
    synchronized double[] inFlight(int batch) {
        List<Double> samples = new ArrayList<>();
        for (int i = Math.max(0, batch + 1 - Rails.GROWING_BATCHES); i <= batch; i++) {
            samples.addAll(counts(i * batchNanos).inFlight);
        }
        return samples.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** How long a session was open on average; 0 where none was closed. */
    synchronized double sessionSeconds() {
        return sessions == 0 ? 0 : sessionSeconds / sessions;
    }

    synchronized long turns() {
        return turns;
    }

    private Counts counts(long atNanos) {
        return batches.computeIfAbsent((int) Math.floorDiv(atNanos, batchNanos), index -> new Counts());
    }

    private void session(CallResult call) {
        if (call.call() == CallKind.INIT && !call.outcome().isKo()) {
            openedNanos.put(call.number(), call.timing().endNanos());
        } else if (call.call() == CallKind.CLOSE) {
            Long opened = openedNanos.remove(call.number());
            if (opened != null) {
                sessions++;
                sessionSeconds += (call.timing().endNanos() - opened) / 1e9;
            }
        }
    }

    private static boolean isRefused(Outcome outcome) {
        if (outcome.kind() == Outcome.Kind.CONNECT_FAILED) {
            return true;
        }
        if (outcome.kind() != Outcome.Kind.HTTP_ERROR) {
            return false;
        }
        int status = Integer.parseInt(outcome.detail().split(",", 2)[0]);
        return status == TOO_MANY || status >= SERVER_ERROR;
    }
}
