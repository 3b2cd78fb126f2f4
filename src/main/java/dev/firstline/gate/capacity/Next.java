package dev.firstline.gate.capacity;

import dev.firstline.gate.CapacityResult.Phase;

/** What a search does next. */
public sealed interface Next {
    /**
     * One more step.
     *
     * @param number counted from 1
     * @param rate journeys a second
     * @param again whether this rate failed before
     */
    record Step(int number, Phase phase, double rate, boolean again) implements Next {}

    /** Nothing: it is over. */
    record End(Why why) implements Next {}

    /** Why a search is over. */
    enum Why {
        /** A rate was held. */
        HELD,
        /** The highest rate that may be offered was held: the capacity is at least that. */
        HELD_AT_THE_CAP,
        /** Even the lowest rate that was tried failed. */
        NOTHING_PASSES,
        /** No rate could be held, though steps passed. */
        WOULD_NOT_HOLD,
        /** Rates passed above others that failed. */
        CONTRADICTS_ITSELF,
        /** The generator was ill. */
        GENERATOR_ILL,
        /** Sessions could not be closed. */
        LEAKED,
        /** The next step would take longer than the whole search may. */
        TIME,
        /** The next step would cost more turns than the whole search may. */
        TURNS
    }
}
