package dev.firstline.stats;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which shares of a load are in a folder: {@code shares.json}. An injector's own folder holds one, a merged run all
 * that were merged, so that a part of them can be merged with the rest later.
 *
 * @param version the version of the format
 * @param whole the name of the run that all shares make up: that of injector 0; {@link #NOT_MET} until they have met
 * @param injectors how many shares the load was cut into
 * @param parts the shares that are here, by their injector, none twice
 */
public record Shares(int version, String whole, int injectors, List<Part> parts) {
    /** The version this harness writes. */
    public static final int VERSION = 1;

    /** The most injectors that may share a load. */
    public static final int INJECTORS_MAX = 1_000;

    /** What the whole is called as long as the injectors have not met. */
    public static final String NOT_MET = "";

    public Shares {
        Objects.requireNonNull(whole, "a share belongs to a whole");
        parts = List.copyOf(parts);
        if (injectors < 1 || injectors > INJECTORS_MAX) {
            throw new IllegalArgumentException("injectors must be 1 to " + INJECTORS_MAX + ": " + injectors);
        }
        for (Part part : parts) {
            if (part.injector() < 0 || part.injector() >= injectors) {
                throw new IllegalArgumentException("no injector " + part.injector() + " of " + injectors);
            }
        }
    }

    /** Whether the injectors have met, so that the whole has a name. */
    public boolean haveMet() {
        return !whole.equals(NOT_MET);
    }

    /**
     * One injector's share.
     *
     * @param injector its place, from 0
     * @param run its own run's name and folder
     * @param planned how many journeys its share of the schedule has
     * @param lateMs how long after the agreed time its schedule began, in milliseconds; 0 where it was in time
     * @param clockAheadMs how far its time of day is ahead of injector 0's, in milliseconds, when they met
     * @param clockWithinMs how much of that cannot be told from the way to injector 0 and back, in milliseconds
     * @param measured what it measured; null until it has ended, and for ever where it was lost
     * @param troubles what it had to say of itself that makes the whole NO VERDICT
     * @param notes what is worth saying and changes nothing
     * @param seen what a merge found in its folder; null where none has looked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Part(
            int injector,
            String run,
            long planned,
            @JsonProperty("late_ms") double lateMs,
            @JsonProperty("clock_ahead_ms") double clockAheadMs,
            @JsonProperty("clock_within_ms") double clockWithinMs,
            @Nullable Measured measured,
            List<Trouble> troubles,
            List<String> notes,
            @Nullable Seen seen) {
        @JsonCreator
        public Part {
            Objects.requireNonNull(run, "a share is a run's");
            troubles = List.copyOf(troubles);
            notes = List.copyOf(notes);
            if (planned < 0 || !(lateMs >= 0) || Double.isInfinite(lateMs) || !(clockWithinMs >= 0)) {
                throw new IllegalArgumentException("planned, late_ms and clock_within_ms must be 0 or more: " + planned
                        + ", " + lateMs + ", " + clockWithinMs);
            }
        }

        /** What an injector says of itself. */
        public Part(
                int injector,
                String run,
                long planned,
                double lateMs,
                double clockAheadMs,
                double clockWithinMs,
                @Nullable Measured measured,
                List<Trouble> troubles,
                List<String> notes) {
            this(injector, run, planned, lateMs, clockAheadMs, clockWithinMs, measured, troubles, notes, null);
        }

        /** The same part, looked at. */
        public Part seen(Seen found) {
            return new Part(
                    injector, run, planned, lateMs, clockAheadMs, clockWithinMs, measured, troubles, notes, found);
        }

        /** Whether it never said what it had measured. */
        public boolean isLost() {
            return measured == null;
        }
    }

    /**
     * What a merge found in an injector's folder.
     *
     * @param folder the folder
     * @param journeys how many of its journeys began
     * @param turns how many turns were recorded
     * @param seconds when the last call that was recorded ended, from the schedule's beginning
     * @param wholeLog whether its turn log is there and has an end
     * @param sessions the sessions of its figures
     * @param ledger what its ledger says; null where there is none
     */
    public record Seen(
            String folder,
            long journeys,
            long turns,
            double seconds,
            @JsonProperty("whole_log") boolean wholeLog,
            RunSummary.Sessions sessions,
            @Nullable Books ledger) {}

    /**
     * What a ledger says.
     *
     * @param opened sessions that the schedule's journeys opened
     * @param open sessions that are open, the warm-up's too
     * @param unknown inits that were never answered: each may have opened a session that nobody can close
     */
    public record Books(long opened, long open, long unknown) {}

    /**
     * What one injector measured.
     *
     * @param seconds how long its schedule and what followed from it took
     * @param health how it fared
     */
    public record Measured(long journeys, long turns, double seconds, Health health) {}

    /**
     * Something that one injector had to say of itself.
     *
     * @param about what it is about, in the words of a verdict's reasons: {@code run}, {@code contract}
     * @param fact what was seen
     * @param attempt what to try next, as an imperative
     */
    public record Trouble(String about, String fact, String attempt) {}
}
