package dev.firstline.journey;

import java.util.List;

/** Which journey each arrival makes: a pure function of a seed and the arrival's number. Immutable. */
public final class Mix {
    private Mix() {}

    /**
     * Journeys at random, each as often as its weight says. Their order does not matter.
     *
     * @throws dev.firstline.Misuse if there is none, or two have the same name
     */
    public static Mix of(List<Journey> journeys) {
        throw new UnsupportedOperationException();
    }

    /**
     * One after the other in the order of their names and over again, whatever their weights: n times as many arrivals
     * as journeys make each of them n times.
     *
     * @throws dev.firstline.Misuse if there is none, or two have the same name
     */
    public static Mix inTurn(List<Journey> journeys) {
        throw new UnsupportedOperationException();
    }

    /** The journeys, ordered by name. */
    public List<Journey> journeys() {
        throw new UnsupportedOperationException();
    }

    /** What arrival {@code k}, from 0, does. */
    public Journey choose(long seed, long k) {
        throw new UnsupportedOperationException();
    }
}
