package dev.firstline.contract.proof;

import static java.util.stream.Collectors.joining;

import dev.firstline.contract.Finding;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Envelope;
import dev.firstline.wire.EnvelopeReader;
import dev.firstline.wire.Event;
import dev.firstline.wire.Line;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/**
 * A request and its answer, both checked.
 *
 * @param name what the customer did: {@code greeting, turn 1}
 * @param ofRequest what was found in the request
 * @param status the answer's HTTP status; 0 where none came
 * @param lines the answer, as far as it came
 * @param found what was found in the answer
 */
record Call(
        String name,
        Endpoint endpoint,
        String request,
        List<Finding> ofRequest,
        int status,
        List<Line> lines,
        List<Finding> found) {

    /** The session that the answer names; empty if it names none. */
    String sessionId() {
        return answers().stream()
                .map(answer -> answer.sessionId() == null ? "" : answer.sessionId())
                .findFirst()
                .orElse("");
    }

    /** The events of the answer, in order. */
    List<Event> events() {
        return answers().stream().flatMap(answer -> answer.events().stream()).toList();
    }

    /** A test of this call. */
    DynamicTest test(Topic.Body body) {
        return new Topic(endpoint.wireName(), "conversations").test(name, evidence -> {
            show(evidence);
            body.run(evidence);
        });
    }

    /** Shows the answer, and what was found in it, if the test fails. */
    void show(Topic.Evidence evidence) {
        evidence.line(lines.stream().map(Line::text).collect(joining("\n")));
        evidence.found(found);
    }

    private List<Envelope.Answer> answers() {
        return lines.stream()
                .map(EnvelopeReader::read)
                .filter(Envelope.Answer.class::isInstance)
                .map(Envelope.Answer.class::cast)
                .toList();
    }
}
