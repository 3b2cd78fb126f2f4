package dev.firstline.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.contract.Finding;
import io.qameta.allure.Epic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every keyword of every schema bites: what breaks it is caught by its rule, at its pointer, and by the raw schema. */
@Epic(Topic.EPIC)
final class MutantsIT {

    @TestFactory
    Stream<DynamicTest> what_breaks_a_promise_is_caught_by_it() {
        return Proof.MUTANTS.entrySet().stream()
                .map(entry -> story(entry.getKey()).test(entry.getKey().toString(), evidence -> {
                    evidence.promise(entry.getKey() + "\n" + Proof.SCHEMAS.at(entry.getKey()));
                    for (Mutant mutant : entry.getValue()) {
                        isCaught(mutant, evidence);
                    }
                }));
    }

    private static void isCaught(Mutant mutant, Topic.Evidence evidence) {
        String schema = mutant.example().schema();
        JsonNode document = mutant.document();
        evidence.line(document.toString());
        List<Finding> found = evidence.found(
                Proof.contracts().document(schema, document.toString().getBytes(StandardCharsets.UTF_8)));

        if (found.stream().noneMatch(mutant::isCaughtBy)) {
            fail(mutant + "\n" + document + "\nfound:\n" + Topic.shown(found));
        }
        assertThat(Proof.JUDGE.errors(schema, document))
                .as("a validator that we did not write, of %s", mutant)
                .isNotEmpty();
    }

    private static Topic story(Place place) {
        return Topic.ofSchema(place.file().substring(0, place.file().length() - Schemas.ENDING.length()));
    }
}
