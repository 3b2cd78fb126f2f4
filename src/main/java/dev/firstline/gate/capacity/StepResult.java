package dev.firstline.gate.capacity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.CapacityResult.Phase;
import dev.firstline.gate.CapacityResult.State;
import dev.firstline.gate.capacity.Constraint.Tally;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One step that is over: a row of {@code steps.jsonl}, from which a search goes on.
 *
 * @param number counted from 1
 * @param phase what it was for
 * @param rate journeys that were offered a second
 * @param state what it came to
 * @param decided whether the rule decided before the time was up
 * @param aborted whether it was ended at once, without waiting for the rule
 * @param why in one line
 * @param names the constraints, in their order
 * @param allowed the share of bad ones that each allows
 * @param batches what was seen
 * @param batchS how long each of them is, in seconds
 * @param p50Ms TTFL, or null below its floor
 * @param p95Ms TTFL, or null below its floor
 * @param sessionS how long a session was open on average, in seconds; 0 where none was closed
 * @param leaked sessions that could not be closed
 * @param tookS how long the whole step took, from the start of its process to its end
 * @param cost turns that it cost, warm-up and settling included
 * @param run the name of the step's own run
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StepResult(
        int number,
        Phase phase,
        double rate,
        State state,
        boolean decided,
        boolean aborted,
        String why,
        List<String> names,
        List<Double> allowed,
        List<Batch> batches,
        @JsonProperty("batch_s") double batchS,
        @JsonProperty("p50_ms") @Nullable Double p50Ms,
        @JsonProperty("p95_ms") @Nullable Double p95Ms,
        @JsonProperty("session_s") double sessionS,
        long leaked,
        @JsonProperty("took_s") double tookS,
        long cost,
        String run) {
    public StepResult {
        names = List.copyOf(names);
        allowed = List.copyOf(allowed);
        batches = List.copyOf(batches);
        if (!(rate > 0) || names.size() != allowed.size()) {
            throw new IllegalArgumentException("a step at " + rate + " with " + names + " and " + allowed);
        }
    }

    /** The same figures as the step of a search. */
    public StepResult as(Next.Step step, double seconds, long turns) {
        return new StepResult(
                step.number(),
                step.phase(),
                step.rate(),
                state,
                decided,
                aborted,
                why,
                names,
                allowed,
                batches,
                batchS,
                p50Ms,
                p95Ms,
                sessionS,
                leaked,
                seconds,
                turns,
                run);
    }

    /** How long was measured. */
    public double seconds() {
        return batches.size() * batchS;
    }

    /** How many turns were measured. */
    public long turns() {
        return batches.stream().mapToLong(Batch::turns).sum();
    }

    /** Turns that were due a second. */
    public double turnsPerS() {
        return batches.isEmpty() ? 0 : turns() / seconds();
    }

    /** The mean number of open sessions. */
    public double openSessions() {
        return batches.stream().mapToDouble(Batch::openSessions).average().orElse(0);
    }

    /** What constraint {@code i} saw of the whole step. */
    Tally tally(int i) {
        return batches.stream().map(batch -> batch.tallies().get(i)).reduce(new Tally(0, 0), Tally::plus);
    }

    /** Bad ones over those allowed, of constraint {@code i}. */
    double load(int i) {
        return Loads.of(tally(i), allowed.get(i));
    }

    /** Bad ones over those allowed, of the constraint that binds. */
    public double load() {
        double most = 0;
        for (int i = 0; i < names.size(); i++) {
            most = Math.max(most, load(i));
        }
        return most;
    }

    /** The constraint that binds, or null where no call was bad. */
    public @Nullable String binding() {
        @Nullable String binding = null;
        double most = 0;
        for (int i = 0; i < names.size(); i++) {
            if (load(i) > most) {
                most = load(i);
                binding = names.get(i);
            }
        }
        return binding;
    }

    /** The step as {@code capacity.json} has it. */
    CapacityResult.Step step() {
        List<CapacityResult.Constraint> seen = IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> load(i)).reversed())
                .map(i -> new CapacityResult.Constraint(names.get(i), tally(i).share(), allowed.get(i)))
                .toList();
        return new CapacityResult.Step(
                number,
                phase,
                rate,
                turnsPerS(),
                seconds(),
                turns(),
                state,
                decided,
                why,
                seen,
                p50Ms,
                p95Ms,
                openSessions(),
                run);
    }
}
