package dev.firstline.gatling;

import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Outcome;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.Line;
import io.gatling.javaapi.core.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a scenario knows of one call and makes of its answer. One object a call, all on the event loop of its user. */
interface CallScript {
    CallKind kind();

    /** The journey's name; empty outside one. */
    String journey();

    /** The journey's place in the schedule. */
    long number();

    /** The turn's place in the journey, from 1; 0 for init and close. */
    int turn();

    /** The session that the answer must belong to, or null where there is none. */
    @Nullable
    String sessionId();

    /** What files say instead of the session's id. */
    String sessionHash();

    /** When the call was due, where that is known better than by the time it is started at. */
    long dueNanos(long startNanos);

    /** Makes the request ready, or says why it cannot be sent at all. */
    Optional<String> unsendable();

    /** A line came that is not blank. */
    Session line(Session session, Line line, Envelope envelope);

    /** What was expected and did not come, or empty; asked only of an answer without a flaw. */
    Optional<String> unmet();

    /**
     * The call is over. Called exactly once.
     *
     * @param written whether the request may have reached the server
     */
    Session ended(Session session, CallResult result, boolean written);

    /** A worse outcome for an answer that lacks what was expected of it. */
    default Outcome judged(Outcome outcome, Optional<String> unmet) {
        return unmet.isPresent() ? outcome.orWorse(Outcome.of(Outcome.Kind.UNEXPECTED_ANSWER)) : outcome;
    }
}
