package dev.firstline.stats;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Ten seconds of a run: the turns that were due in them.
 *
 * @param fromS where it begins, in seconds from the first arrival's schedule
 * @param turns how many turns were due
 * @param good how many of them were good ones
 * @param ko how many of them failed
 * @param ttfl their times to first line
 * @param openSessions the most sessions that were open at once
 */
public record Window(
        @JsonProperty("from_s") long fromS,
        long turns,
        long good,
        long ko,
        MetricSummary ttfl,
        @JsonProperty("open_sessions") long openSessions) {
    /** The same window with other sessions in it. */
    public Window openSessions(long most) {
        return new Window(fromS, turns, good, ko, ttfl, most);
    }

    /** How long a window is, in seconds. */
    public static final int SECONDS = 10;
}
