package dev.firstline.contract;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
    /** A promise of the API was broken. */
    VIOLATION,
    /** A surprise that breaks no promise: new fields, odd values, what we alone expect. */
    DRIFT;

    /** What files and reports call it: {@code violation}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
