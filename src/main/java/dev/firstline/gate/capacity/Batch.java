package dev.firstline.gate.capacity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firstline.gate.capacity.Constraint.Tally;
import java.util.List;

/**
 * Some seconds of a step: the calls that were due in them. What is decided by the spread of batches needs no call to be
 * independent of the one before it, as calls that wait in one queue are not.
 *
 * @param fromS where it begins, in seconds after the time to settle
 * @param turns turns that were due in it
 * @param openSessions sessions that were open, on average
 * @param tallies what each constraint saw, in the order of the constraints
 */
public record Batch(
        @JsonProperty("from_s") double fromS,
        long turns,
        @JsonProperty("open_sessions") double openSessions,
        List<Tally> tallies) {
    public Batch {
        tallies = List.copyOf(tallies);
    }
}
