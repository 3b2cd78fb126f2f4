package dev.firstline.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How the generator itself fared: what a run doubts before it blames the service.
 *
 * @param lagP99Ms how late calls were sent, 99th percentile; null where nothing was sent
 * @param loopDelayP99Ms how late a timer of an event loop fired, 99th percentile
 * @param gcPauseMaxMs the longest pause of the garbage collector
 * @param cpu the process's share of all processors, 0 to 1
 * @param driftMs how far the time of day ran away from the monotonic clock
 * @param stubLagP99Ms how late the embedded stub wrote its lines, 99th percentile; null without one
 * @param checkP99Ms how long an ended answer waited for its contract check, 99th percentile; null where none is checked
 * @param unrecorded results that found the result queue full; they are in no figure
 * @param offered journeys that were due
 * @param achieved journeys that were started
 * @param ok whether every limit was kept
 */
public record Health(
        @JsonProperty("lag_p99_ms") @Nullable Double lagP99Ms,
        @JsonProperty("loop_delay_p99_ms") @Nullable Double loopDelayP99Ms,
        @JsonProperty("gc_pause_max_ms") double gcPauseMaxMs,
        double cpu,
        @JsonProperty("drift_ms") double driftMs,
        @JsonProperty("stub_lag_p99_ms") @Nullable Double stubLagP99Ms,
        @JsonProperty("check_p99_ms") @Nullable Double checkP99Ms,
        long unrecorded,
        long offered,
        long achieved,
        boolean ok) {
    /** The same figures, judged. */
    public Health judged(boolean healthy) {
        return new Health(
                lagP99Ms,
                loopDelayP99Ms,
                gcPauseMaxMs,
                cpu,
                driftMs,
                stubLagP99Ms,
                checkP99Ms,
                unrecorded,
                offered,
                achieved,
                healthy);
    }

    /** The worse of two generators, figure by figure; what was offered and achieved adds up. */
    public Health worse(Health other) {
        return new Health(
                max(lagP99Ms, other.lagP99Ms),
                max(loopDelayP99Ms, other.loopDelayP99Ms),
                Math.max(gcPauseMaxMs, other.gcPauseMaxMs),
                Math.max(cpu, other.cpu),
                Math.max(driftMs, other.driftMs),
                max(stubLagP99Ms, other.stubLagP99Ms),
                max(checkP99Ms, other.checkP99Ms),
                unrecorded + other.unrecorded,
                offered + other.offered,
                achieved + other.achieved,
                ok && other.ok);
    }

    private static @Nullable Double max(@Nullable Double a, @Nullable Double b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.max(a, b);
    }
}
