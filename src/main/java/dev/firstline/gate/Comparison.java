package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether runs are slower than those that were accepted before: {@code gate.json}.
 *
 * @param version the version of the format
 * @param decision what it comes to
 * @param simulation the simulation of all of these runs
 * @param target the target of all of these runs
 * @param rule by which rule it was judged
 * @param candidates the names of the runs that were judged
 * @param accepted the names of the runs that they were held against
 * @param rows one for each figure that some run of both sides has
 * @param reasons why it is not a PASS; none if it is one
 * @param notes what is worth saying and changes nothing
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Comparison(
        int version,
        Decision decision,
        String simulation,
        String target,
        Rule rule,
        List<String> candidates,
        List<String> accepted,
        List<Row> rows,
        List<Reason> reasons,
        List<String> notes) {
    /** The version this harness writes. */
    public static final int VERSION = 1;

    public Comparison {
        if (candidates == null || accepted == null || rows == null || reasons == null || notes == null) {
            throw new IllegalArgumentException("it lacks one of its parts");
        }
        candidates = List.copyOf(candidates);
        accepted = List.copyOf(accepted);
        rows = List.copyOf(rows);
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
    }

    /** How runs are held against each other. */
    public enum Rule {
        /** The mean of the candidates against a prediction limit from the accepted runs. */
        PREDICTION,
        /** One candidate against a looser limit: a PASS ends it, anything else asks for more runs. */
        SCREEN,
        /** Runs of two builds in turns, by the share of rearrangements that differ as much. */
        PERMUTATION;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of one figure. */
    public enum State {
        SAME,
        SLOWER,
        FASTER,
        UNKNOWN;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One figure of the candidates beside the accepted runs'.
     *
     * @param figure which one: {@code ttfl p95}
     * @param acceptedMs the accepted runs' geometric mean, in milliseconds
     * @param candidateMs the candidates' geometric mean, in milliseconds
     * @param ratio candidate over accepted
     * @param limitRatio from which ratio on it is slower; null where it could not be told
     * @param p how likely a ratio like this is where nothing changed; null where it could not be told
     * @param detectable what would have been seen with 80 %: 0.07 is seven percent; null where it could not be told
     * @param state what became of it
     * @param acceptedEachMs the figure of each accepted run of which it can be told, in their order
     * @param candidateEachMs the figure of each candidate of which it can be told, in their order
     */
    public record Row(
            String figure,
            @JsonProperty("accepted_ms") double acceptedMs,
            @JsonProperty("candidate_ms") double candidateMs,
            double ratio,
            @JsonProperty("limit_ratio") @Nullable Double limitRatio,
            @Nullable Double p,
            @Nullable Double detectable,
            State state,
            @JsonProperty("accepted_each_ms") List<Double> acceptedEachMs,
            @JsonProperty("candidate_each_ms") List<Double> candidateEachMs) {}
}
