package dev.firstline.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which shares of a load are in a folder: {@code shares.json}. An injector's own folder holds one, a merged run all
 * that were merged, so that a part of them can be merged with the rest later.
 *
 * @param version the version of the format
 * @param whole the name of the run that all shares make up: that of injector 0
 * @param injectors how many shares the load was cut into
 * @param parts the shares that are here, by their injector, none twice
 */
public record Shares(int version, String whole, int injectors, List<Part> parts) {
    /** The version this harness writes. */
    public static final int VERSION = 1;

    public Shares {
        Objects.requireNonNull(whole, "a share belongs to a whole");
        parts = List.copyOf(parts);
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
     */
    public record Part(
            int injector,
            String run,
            long planned,
            @JsonProperty("late_ms") double lateMs,
            @JsonProperty("clock_ahead_ms") double clockAheadMs,
            @JsonProperty("clock_within_ms") double clockWithinMs,
            @Nullable Measured measured,
            List<Trouble> troubles,
            List<String> notes) {
        public Part {
            troubles = List.copyOf(troubles);
            notes = List.copyOf(notes);
        }
    }

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
