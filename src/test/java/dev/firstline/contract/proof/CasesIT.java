package dev.firstline.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import io.qameta.allure.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writes every example and every mutant with the raw schema's verdict, for {@code .ci/ajv/run} to dispute. */
@Epic(Topic.EPIC)
@Feature("coverage")
@Story("another validator")
final class CasesIT {
    private static final Path CASES = Path.of("target/contract/cases.jsonl");

    @Test
    void every_example_and_every_mutant_is_handed_to_another_validator() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Example example : Proof.EXAMPLES.documents()) {
            rows.add(row(example.schema(), example.name(), example.document()));
        }
        Proof.MUTANTS
                .values()
                .forEach(some -> some.forEach(
                        mutant -> rows.add(row(mutant.example().schema(), mutant.toString(), mutant.document()))));
        Files.createDirectories(CASES.resolveSibling(""));
        Files.write(CASES, rows);

        assertThat(rows)
                .anyMatch(row -> row.contains("\"valid\":true"))
                .anyMatch(row -> row.contains("\"valid\":false"));
    }

    private static String row(String schema, String what, JsonNode document) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", schema + Schemas.ENDING)
                .put("what", what)
                .put("valid", Proof.JUDGE.errors(schema, document).isEmpty())
                .set("document", document)
                .toString();
    }
}
