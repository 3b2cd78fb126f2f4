package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a capacity search found: {@code capacity.json}. Rates are journeys a second.
 *
 * @param version the version of the format
 * @param decision PASS where a knee was found and held, NO VERDICT where it could not be known, FAIL where not even the
 *     load of today is carried
 * @param run the search's name and folder
 * @param target the target's name
 * @param slo the simulation whose promises were held to
 * @param steps every step in the order in which it was taken
 * @param knee the answer, or null without one
 * @param reasons why it is not a PASS
 * @param notes what is worth saying and changes nothing
 * @param wanted what must be carried, or null where nobody said: the load of today times the headroom
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CapacityResult(
        int version,
        Decision decision,
        String run,
        String target,
        String slo,
        List<Step> steps,
        @Nullable Knee knee,
        List<Reason> reasons,
        List<String> notes,
        @Nullable Double wanted) {
    /** The version this harness writes. */
    public static final int VERSION = 1;

    /** What a step is for. */
    public enum Phase {
        BRACKET,
        REFINE,
        HOLD;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a step came to. */
    public enum State {
        PASSED,
        FAILED,
        /** The generator was ill, so that nothing is known. */
        VOID;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One rate held for one window.
     *
     * @param number counted from 1
     * @param rate journeys that were offered a second
     * @param turnsPerS turns that were due a second
     * @param seconds how long was measured, the time to settle apart
     * @param turns how many turns were measured
     * @param decided whether the rule decided before the step's time was up
     * @param why in one line: {@code goodput 97.1 % of 99 %}, {@code aborted: connection refused}
     * @param constraints what was promised and seen, the binding one first
     * @param p50Ms TTFL, or null below its floor
     * @param p95Ms TTFL, or null below its floor
     * @param openSessions the mean number of open sessions
     * @param run the name of the step's own run
     */
    public record Step(
            int number,
            Phase phase,
            double rate,
            @JsonProperty("turns_per_s") double turnsPerS,
            double seconds,
            long turns,
            State state,
            boolean decided,
            String why,
            List<Constraint> constraints,
            @JsonProperty("p50_ms") @Nullable Double p50Ms,
            @JsonProperty("p95_ms") @Nullable Double p95Ms,
            @JsonProperty("open_sessions") double openSessions,
            String run) {}

    /**
     * A promise as a step saw it.
     *
     * @param name which one: {@code ttfl ≤ 1200 ms}
     * @param bad the share of turns that did not keep it
     * @param allowed the share that may
     */
    public record Constraint(String name, double bad, double allowed) {}

    /**
     * The highest rate that was carried.
     *
     * @param rate the answer: the rate of the hold
     * @param low the lower end of its 95 % interval
     * @param high the upper end of its 95 % interval; means nothing where that is {@link #open}
     * @param lastPass the highest rate that passed and was not overruled by a longer step that failed below it
     * @param firstFail the lowest rate above it of a step that failed, or null where none did
     * @param binding the promise that was broken first beyond it, or null
     * @param cliff whether what lies beyond it is a cliff; otherwise it is a slope
     * @param heldSeconds how long it was held
     * @param turnsPerS turns a second at that rate
     * @param concurrency open sessions at that rate by Little's law
     * @param today the load of today, or null where nobody said
     * @param headroom rate over today's load, or null where nobody said
     * @param usl a fit of the Universal Scalability Law as explanation, or null where there are too few steps
     */
    public record Knee(
            double rate,
            double low,
            double high,
            @JsonProperty("last_pass") double lastPass,
            @JsonProperty("first_fail") @Nullable Double firstFail,
            @Nullable String binding,
            boolean cliff,
            @JsonProperty("held_s") double heldSeconds,
            @JsonProperty("turns_per_s") double turnsPerS,
            double concurrency,
            @Nullable Double today,
            @Nullable Double headroom,
            @Nullable Usl usl) {
        /**
         * Whether nothing failed beyond it. Then its interval has no upper end: {@code high} tells no more than how far
         * was looked.
         */
        public boolean open() {
            return firstFail == null && binding == null;
        }
    }

    /**
     * {@code throughput(N) = lambda·N / (1 + alpha·(N−1) + beta·N·(N−1))} (Gunther).
     *
     * @param lambda throughput of one, in turns a second
     * @param alpha contention
     * @param beta coherency
     * @param peak the concurrency at which throughput would peak, or null where it never would
     */
    public record Usl(
            double lambda,
            double alpha,
            double beta,
            @Nullable Double peak) {}
}
