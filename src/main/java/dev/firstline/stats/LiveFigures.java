package dev.firstline.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands while it is under way. An indication, not a judgement: percentiles are told from the first value on,
 * with the number of values beside them, and rates are of the last {@value LiveTally#WINDOW_SECONDS} seconds.
 *
 * @param elapsedS seconds since the schedule began; 0 before
 * @param offeredPerS journeys that were due a second
 * @param achievedPerS journeys whose init ended a second
 * @param openSessions sessions that are open by the ledger
 * @param ttflCount first lines, and waits in vain, of the window
 * @param ttflP50Ms their median, or null where there is none
 * @param ttflP95Ms their 95th percentile, or null where there is none
 * @param ok turns that ended well, since the start
 * @param ko turns and other calls that failed, since the start
 * @param outcomes how turns ended, and how other calls failed, by their label; of the whole run so far
 * @param violations what broke the contract so far
 * @param unseen results that came too fast for this view; they are in the run's own figures
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LiveFigures(
        @JsonProperty("elapsed_s") double elapsedS,
        @JsonProperty("offered_per_s") double offeredPerS,
        @JsonProperty("achieved_per_s") double achievedPerS,
        @JsonProperty("open_sessions") long openSessions,
        @JsonProperty("ttfl_count") long ttflCount,
        @JsonProperty("ttfl_p50_ms") @Nullable Double ttflP50Ms,
        @JsonProperty("ttfl_p95_ms") @Nullable Double ttflP95Ms,
        long ok,
        long ko,
        Map<String, Long> outcomes,
        long violations,
        long unseen) {
    public LiveFigures {
        outcomes = Map.copyOf(outcomes);
    }

    /** Whether the schedule has begun. */
    public boolean begun() {
        return elapsedS > 0;
    }

    /** The most frequent failure, if there is one. */
    public Optional<String> topFailure() {
        return outcomes.entrySet().stream()
                .filter(outcome -> !LiveTally.isWell(outcome.getKey()))
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }
}
