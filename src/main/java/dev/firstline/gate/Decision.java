package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a run comes to. The worst comes first: FAIL before NO VERDICT before PASS. */
public enum Decision {
    /** Something that was promised is certainly not so. */
    FAIL("FAIL", 1),
    /** The harness could not know. */
    NO_VERDICT("NO VERDICT", 3),
    /** Every promise was seen to be kept. */
    PASS("PASS", 0);

    private final String label;
    private final int exitCode;

    Decision(String label, int exitCode) {
        this.label = label;
        this.exitCode = exitCode;
    }

    /** What files and people read: {@code NO VERDICT}. */
    @JsonValue
    public String label() {
        return label;
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }

    /** The one of two that comes first. */
    public Decision orWorse(Decision other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
