package dev.firstline.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** In every example is found what stands beside it, no more and no less. */
final class ExamplesIT {

    @TestFactory
    Stream<DynamicTest> a_document_shows_what_it_says() {
        return Proof.EXAMPLES.documents().stream()
                .map(example -> Story.ofSchema(example.schema()).test(example.name(), evidence -> {
                    evidence.line(example.json());
                    List<Finding> found = evidence.found(Proof.CONTRACTS.document(example.schema(), example.bytes()));

                    assertThat(found.stream().map(Expected::of))
                            .containsExactlyInAnyOrderElementsOf(example.expected());
                    assertThat(Proof.JUDGE
                                    .errors(example.schema(), example.document())
                                    .isEmpty())
                            .as("valid to a validator that we did not write")
                            .isEqualTo(!Proof.statedBySchema(found));
                }));
    }

    @TestFactory
    Stream<DynamicTest> an_answer_shows_what_it_says() {
        return Proof.EXAMPLES.streams().stream()
                .map(example -> Story.ofAnswer(
                                example.endpoint(),
                                example.expected().stream().map(Expected::rule).toList())
                        .test(example.name(), evidence -> {
                            evidence.line(example.text());
                            List<Finding> found = evidence.found(example.check(Proof.CONTRACTS));

                            assertThat(found.stream().map(Expected::of))
                                    .containsExactlyInAnyOrderElementsOf(example.expected());
                        }));
    }
}
