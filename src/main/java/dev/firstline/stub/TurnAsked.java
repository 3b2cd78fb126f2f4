package dev.firstline.stub;

import dev.firstline.wire.Endpoint;

/**
 * A turn that wants an answer.
 *
 * @param endpoint invoke or invoke_sync
 * @param journey the journey that its session is bound to, or ""
 * @param turn its place in the journey, from 1
 * @param ask what the customer says
 */
record TurnAsked(Endpoint endpoint, String journey, int turn, Ask ask) {
    boolean inJourney() {
        return !journey.isEmpty();
    }
}
