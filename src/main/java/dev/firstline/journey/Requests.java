package dev.firstline.journey;

import dev.firstline.wire.Choice;
import java.util.Collection;
import java.util.List;

/**
 * The bodies that one target is sent, in UTF-8.
 *
 * <p>The service drops misspelt keys without a word, so nothing here is spelt by a user: what a journey may say are
 * records that refuse nonsense, and this class alone writes the keys. Everything that is the same for all customers is
 * written once, when the journeys are handed over; a call only splices ids in between.
 *
 * <p>Immutable and safe for all threads.
 */
public final class Requests {
    private Requests() {}

    /** Prepares the bodies of these journeys' turns. */
    public static Requests of(Target target, Collection<Journey> journeys) {
        throw new UnsupportedOperationException();
    }

    /** The question whether the agent is well: the two ids that it documents, and no session. */
    public byte[] health(String clientKey) {
        throw new UnsupportedOperationException();
    }

    /** Opens a session, in camelCase. */
    public byte[] init(String clientKey) {
        return init(clientKey, Spelling.CAMEL_CASE);
    }

    /** Opens a session, in the spelling of the journey that follows. */
    public byte[] init(String clientKey, Spelling spelling) {
        throw new UnsupportedOperationException();
    }

    /** Closes a session, in camelCase. */
    public byte[] close(String clientKey, String sessionId) {
        return close(clientKey, sessionId, Spelling.CAMEL_CASE);
    }

    /** Closes a session, in the spelling of the journey that it ends. */
    public byte[] close(String clientKey, String sessionId, Spelling spelling) {
        throw new UnsupportedOperationException();
    }

    /**
     * What a turn sends.
     *
     * @param journey one of those that were handed over, the same instance
     * @param turn one of its turns
     * @param shown what the turn before has shown to choose from, in order
     * @throws IllegalArgumentException if the journey was not handed over, or an id is empty
     */
    public TurnBody turn(Journey journey, Turn turn, String clientKey, String sessionId, List<Choice> shown) {
        throw new UnsupportedOperationException();
    }
}
