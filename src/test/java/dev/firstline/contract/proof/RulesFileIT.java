package dev.firstline.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import io.qameta.allure.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules as two files of the tree: whatever is taken out of the contract fails here, by its name. */
@Epic(Topic.EPIC)
final class RulesFileIT {

    @TestFactory
    Stream<DynamicTest> the_files_say_what_the_contract_is() {
        Topic rules = new Topic("the contract's rules", "rules.txt and rules.md");
        return Stream.of(
                rules.test(
                        "rules.txt", evidence -> isWritten("rules.txt", RulesFile.of(Proof.SCHEMAS, Proof.EXAMPLES))),
                rules.test("rules.md", evidence -> isWritten("rules.md", RulesPage.of(Proof.EXAMPLES))));
    }

    @Test
    @Feature("the contract's rules")
    @Story("rules.txt")
    void a_keyword_that_is_taken_out_is_named() {
        Set<Place> unnamed = new TreeSet<>();
        Proof.MUTANTS.forEach((place, mutants) -> {
            // The examples that have the place, since all of them for every place would take a minute.
            List<Example> its = mutants.stream().map(Mutant::example).distinct().toList();
            Examples examples = new Examples(its, List.of());
            List<String> whole = RulesFile.of(Proof.SCHEMAS, examples).lines().toList();
            String rest = RulesFile.of(Proof.SCHEMAS.without(place), examples);
            if (gone(whole, rest).stream().noneMatch(line -> line.contains(" " + place + " "))) {
                unnamed.add(place);
            }
        });
        assertThat(unnamed).isEmpty();
    }

    @Test
    @Feature("the contract's rules")
    @Story("rules.txt")
    void an_example_that_is_taken_out_is_named() {
        // Without mutants: what an example alone adds is its name.
        List<String> whole =
                RulesFile.of(Proof.SCHEMAS, Map.of(), Proof.EXAMPLES).lines().toList();
        Set<String> unnamed = new TreeSet<>();
        Stream.concat(
                        Proof.EXAMPLES.documents().stream().map(Example::name),
                        Proof.EXAMPLES.streams().stream().map(StreamExample::name))
                .forEach(name -> {
                    String rest = RulesFile.of(Proof.SCHEMAS, Map.of(), Proof.EXAMPLES.without(name::equals));
                    if (gone(whole, rest).stream().noneMatch(line -> line.contains(" " + name + "."))) {
                        unnamed.add(name);
                    }
                });
        assertThat(unnamed).isEmpty();
    }

    /** What the file in the tree must hold; with {@code -Dfirstline.golden=true} it is written anew first. */
    private static void isWritten(String name, String text) throws IOException {
        Path file = Proof.FOLDER.resolve(name);
        if (Boolean.getBoolean("firstline.golden")) {
            Files.writeString(file, text);
        }
        List<String> now = text.lines().toList();
        List<String> written = Files.exists(file) ? Files.readAllLines(file) : List.of();
        String renew =
                ": if that was meant, write it anew with mvn verify -Dit.test=RulesFileIT -Dfirstline.golden=true";
        assertThat(gone(written, text))
                .as("in contracts/%s and no longer true%s", name, renew)
                .isEmpty();
        assertThat(gone(now, String.join("\n", written)))
                .as("not in contracts/%s%s", name, renew)
                .isEmpty();
        assertThat(written).isEqualTo(now);
    }

    private static Set<String> gone(List<String> before, String after) {
        Set<String> gone = new LinkedHashSet<>(before);
        gone.removeAll(after.lines().toList());
        return gone;
    }
}
