package dev.firstline.stats;

import java.util.Locale;

/** What is measured of calls, turns and journeys. All are durations. */
public enum Metric {
    /** First line − due, of invokes. The headline: free of coordinated omission. */
    TTFL,
    /** First line − sent, of invokes. */
    TTFL_SERVICE,
    /** Sent − due, of every call. On each call {@code ttfl = lag + ttfl_service}. */
    LAG,
    /** First content − due, of invokes that had any. */
    TTFC,
    /** First body byte − sent, of invokes. */
    TTFB,
    /** Time between two lines, of invokes. */
    GAP,
    /** The longest gap of a turn of two lines or more. */
    MAX_GAP,
    /** End − due, of invokes. */
    E2E,
    /** The whole conversation, think time apart. */
    JOURNEY,
    /** End − due, of inits. */
    INIT,
    /** End − due, of closes. */
    CLOSE,
    /** End − due, of invoke_syncs. */
    SYNC;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** What files and reports call it: {@code ttfl_service}. */
    public String label() {
        return label;
    }

    /**
     * The metric with this label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Metric of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
