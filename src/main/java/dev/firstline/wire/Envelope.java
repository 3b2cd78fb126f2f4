package dev.firstline.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one line, or one JSON answer, turned out to be. */
public sealed interface Envelope {
    /**
     * An answer of the service.
     *
     * @param wrapper what stood around the response
     * @param sessionId the session it says it belongs to, or null where it says nothing
     * @param events its events, in order; may be empty
     */
    record Answer(Wrapper wrapper, @Nullable String sessionId, List<Event> events) implements Envelope {
        public Answer {
            events = List.copyOf(events);
        }
    }

    /** An error instead of an answer. */
    record Failure(ApiError error) implements Envelope {}

    /**
     * Not one JSON object.
     *
     * @param reason what is wrong and at which byte, without the line's text
     */
    record Malformed(String reason) implements Envelope {}

    /**
     * How an answer was wrapped. Streams are documented as {@link #RESULT}, single answers as {@link #RESPONSE} (A2).
     */
    enum Wrapper {
        /** {@code {"result":{"response":{…}}}}. */
        RESULT,
        /** {@code {"response":{…}}}. */
        RESPONSE,
        /** An event with nothing around it. */
        BARE_EVENT,
        /** A JSON object that is none of these. */
        UNKNOWN
    }
}
