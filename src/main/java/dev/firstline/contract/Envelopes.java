package dev.firstline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.EventKind;
import java.util.Map;

/**
 * Takes off what stands around a response and holds each part against its schema. Streams are documented with
 * {@code result} and {@code response} around it, single answers with {@code response} alone (A2); an error comes in one
 * of three shapes (A27). Immutable.
 */
final class Envelopes {
    /** What an object turned out to be. */
    enum Kind {
        ANSWER,
        ERROR,
        NEITHER
    }

    private static final String RESULT = "result";
    private static final String RESPONSE = "response";
    private static final String ERROR = "error";

    private final boolean streamed;
    private final Shape line;
    private final Shape response;
    private final Shape event;
    private final Shape errorLine;
    private final Shape status;
    private final Shape vendorError;

    Envelopes(Schemas schemas, Endpoint endpoint) {
        streamed = endpoint.streamed();
        line = schemas.get(
                switch (endpoint) {
                    case HEALTH -> "wire/health-response";
                    case INIT -> "wire/init-response";
                    case INVOKE -> "wire/stream-line";
                    case INVOKE_SYNC -> "wire/invoke-sync-response";
                    case CLOSE -> "wire/close-line";
                });
        response = streamed ? line.member(RESULT).member(RESPONSE) : line.member(RESPONSE);
        event = schemas.get("events/response-event");
        errorLine = schemas.get("wire/error-line");
        status = schemas.get("wire/status");
        vendorError = schemas.get("wire/vendor-error");
    }

    /** Checks one object, and remembers what it says. */
    Kind check(ObjectNode object, AnswerMemory memory, Probe probe) {
        return streamed ? streamed(object, memory, probe) : single(object, memory, probe);
    }

    /** Checks an answer that does not succeed: only errors have a shape to be held to. */
    void refusal(ObjectNode object, Probe probe) {
        if (isGiven(object, ERROR)) {
            errorLine.check(object, probe);
        } else if (isBareError(object)) {
            bareError(object, probe);
        }
    }

    private Kind streamed(ObjectNode object, AnswerMemory memory, Probe probe) {
        if (isGiven(object, RESULT) || isGiven(object, ERROR)) {
            line.check(object, probe);
            JsonNode inner = object.path(RESULT).path(RESPONSE);
            probe.enter(RESULT);
            probe.enter(RESPONSE);
            memory.response(inner, probe);
            probe.leave();
            probe.leave();
            return object.path(ERROR).isObject() ? Kind.ERROR : isGiven(object, RESULT) ? Kind.ANSWER : Kind.NEITHER;
        }
        if (isGiven(object, RESPONSE)) {
            drift("the response inside of a result", "a response with nothing around it", probe);
            bareResponse(object, memory, probe);
            return Kind.ANSWER;
        }
        if (isBareEvent(object)) {
            drift("the event inside of a result and its response", "an event with nothing around it", probe);
            event.check(object, probe);
            memory.event(object, probe);
            return Kind.ANSWER;
        }
        return rest(object, probe);
    }

    private Kind single(ObjectNode object, AnswerMemory memory, Probe probe) {
        boolean answers = isGiven(object, RESPONSE);
        if (isGiven(object, ERROR)) {
            if (answers || isGiven(object, RESULT)) {
                probe.found(Rule.RESULT_AND_ERROR, "a response or an error", "both", "A6");
            }
            if (answers) {
                bareResponse(object, memory, probe);
            } else {
                errorLine.check(object, probe);
            }
            return Kind.ERROR;
        }
        if (answers) {
            line.check(object, probe);
            probe.enter(RESPONSE);
            memory.response(object.path(RESPONSE), probe);
            probe.leave();
            return Kind.ANSWER;
        }
        if (object.path(RESULT) instanceof ObjectNode result && isGiven(result, RESPONSE)) {
            drift("a response with nothing around it", "a result around the response", probe);
            probe.enter(RESULT);
            bareResponse(result, memory, probe);
            probe.leave();
            return Kind.ANSWER;
        }
        return rest(object, probe);
    }

    /** What is neither an answer nor an event: an error on its own, or something that nobody promised. */
    private Kind rest(ObjectNode object, Probe probe) {
        if (isBareError(object)) {
            bareError(object, probe);
            return Kind.ERROR;
        }
        String promised = streamed ? "a result or an error" : "a response or an error";
        probe.found(Rule.NO_ENVELOPE, promised, object, "A2 A6");
        return Kind.NEITHER;
    }

    private void bareResponse(ObjectNode around, AnswerMemory memory, Probe probe) {
        for (Map.Entry<String, JsonNode> entry : around.properties()) {
            JsonNode value = entry.getValue();
            probe.enter(entry.getKey());
            switch (entry.getKey()) {
                case RESPONSE -> {
                    response.check(value, probe);
                    memory.response(value, probe);
                }
                case ERROR -> status.check(value, probe);
                default -> {
                    if (!value.isNull()) {
                        String seen = Seen.member(entry.getKey());
                        probe.found(Rule.UNKNOWN_FIELD, "nothing beside the response", seen, "A2");
                    }
                }
            }
            probe.leave();
        }
    }

    private void bareError(ObjectNode object, Probe probe) {
        boolean vendors = object.path("code").isTextual() || object.path("type").isTextual();
        (vendors ? vendorError : status).check(object, probe);
    }

    private static void drift(String promised, String seen, Probe probe) {
        probe.found(Rule.ENVELOPE_DRIFT, promised, seen, "A2");
    }

    private static boolean isGiven(ObjectNode object, String name) {
        return object.hasNonNull(name);
    }

    private static boolean isBareError(ObjectNode object) {
        JsonNode code = object.path("code");
        return code.isNumber() || code.isTextual() || object.path("message").isTextual();
    }

    private static boolean isBareEvent(ObjectNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isObject() && EventKind.of(entry.getKey()) != null) {
                return true;
            }
        }
        return false;
    }
}
