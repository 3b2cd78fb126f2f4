package dev.firstline.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.LineDecoder;
import io.qameta.allure.Epic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** In every example is found what stands beside it, no more and no less. */
@Epic(Topic.EPIC)
final class ExamplesIT {
    private static final Map<String, Endpoint> ENDPOINTS = Map.of(
            "wire/stream-line", Endpoint.INVOKE,
            "wire/close-line", Endpoint.CLOSE,
            "wire/init-response", Endpoint.INIT,
            "wire/invoke-sync-response", Endpoint.INVOKE_SYNC,
            "wire/health-response", Endpoint.HEALTH);

    @TestFactory
    Stream<DynamicTest> a_document_shows_what_it_says() {
        return Proof.EXAMPLES.documents().stream()
                .map(example -> Topic.ofSchema(example.schema()).test(example.name(), evidence -> {
                    evidence.line(example.json());
                    evidence.promise(example.schema() + Schemas.ENDING);
                    List<Finding> found = evidence.found(Proof.contracts().document(example.schema(), example.bytes()));

                    shows(found, example.expected(), example.name());
                    assertThat(Proof.JUDGE
                                    .errors(example.schema(), example.document())
                                    .isEmpty())
                            .as("whether %s is valid to a validator that we did not write", example.name())
                            .isEqualTo(!Proof.statedBySchema(found));
                }));
    }

    /** A line of a stream and a body are more than a document, but what its schema says is found there all the same. */
    @TestFactory
    Stream<DynamicTest> a_message_over_the_wire_shows_what_its_document_shows() {
        return Proof.EXAMPLES.documents().stream()
                .filter(example -> ENDPOINTS.containsKey(example.schema()))
                .filter(example -> example.expected().stream().noneMatch(one -> one.rule() == Rule.NO_ENVELOPE))
                .map(example -> Topic.ofSchema(example.schema()).test(example.name() + " received", evidence -> {
                    StreamExample answer = answer(example);
                    evidence.line(answer.body().toString());
                    List<Finding> found = new ArrayList<>(evidence.found(answer.check(Proof.contracts())));

                    found.removeIf(finding -> finding.rule() == Rule.NO_EVENTS);
                    shows(found, example.expected(), example.name());
                }));
    }

    private static StreamExample answer(Example example) {
        return new StreamExample(
                example.name(),
                Objects.requireNonNull(ENDPOINTS.get(example.schema())),
                "",
                200,
                "application/json",
                AnswerEnd.WHOLE,
                Body.read(example.document().toString().getBytes(StandardCharsets.UTF_8), LineDecoder.LINE_BYTES_MAX),
                example.expected(),
                "");
    }

    @TestFactory
    Stream<DynamicTest> an_answer_shows_what_it_says() {
        return Proof.EXAMPLES.streams().stream()
                .map(example -> Topic.ofAnswer(
                                example.endpoint(),
                                example.expected().stream().map(Expected::rule).toList())
                        .test(example.name(), evidence -> {
                            evidence.line(example.body().toString());
                            List<Finding> found = evidence.found(example.check(Proof.contracts()));

                            shows(found, example.expected(), example.name());
                        }));
    }

    private static void shows(List<Finding> found, List<Expected> expected, String name) {
        assertThat(found.stream().map(Expected::of)).as(name).containsExactlyInAnyOrderElementsOf(expected);
    }
}
