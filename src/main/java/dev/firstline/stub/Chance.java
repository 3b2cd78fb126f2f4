package dev.firstline.stub;

/** Decides whether what happens now and then happens now. */
@FunctionalInterface
interface Chance {
    /** What happens now and then does not happen. */
    Chance ONLY_WHAT_IS_CERTAIN = rate -> rate >= 1;

    /**
     * Decides once.
     *
     * @param rate the probability, above 0 and at most 1
     */
    boolean strikes(double rate);
}
