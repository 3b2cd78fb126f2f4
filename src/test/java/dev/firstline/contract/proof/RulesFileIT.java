package dev.firstline.contract.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules as two files of the tree: whatever is taken out of the contract fails here, by its name. */
final class RulesFileIT {

    @TestFactory
    Stream<DynamicTest> the_files_say_what_the_contract_is() {
        Story story = new Story("the contract's rules", "rules.txt and rules.md");
        return Stream.of(
                story.test(
                        "rules.txt", evidence -> isWritten("rules.txt", RulesFile.of(Proof.SCHEMAS, Proof.EXAMPLES))),
                story.test("rules.md", evidence -> isWritten("rules.md", RulesPage.of(Proof.EXAMPLES))));
    }

    @TestFactory
    Stream<DynamicTest> a_keyword_that_is_taken_out_is_named() {
        List<String> whole = RulesFile.of(Proof.SCHEMAS, Proof.EXAMPLES).lines().toList();
        return Proof.SCHEMAS.places().stream()
                .map(place -> new Story("the contract's rules", place.file()).test("without " + place, evidence -> {
                    String rest = RulesFile.of(Proof.SCHEMAS.without(place), Proof.EXAMPLES);
                    assertThat(gone(whole, rest)).anyMatch(line -> line.contains(" " + place + " "));
                }));
    }

    @TestFactory
    Stream<DynamicTest> an_example_that_is_taken_out_is_named() {
        List<String> whole = RulesFile.of(Proof.SCHEMAS, Proof.EXAMPLES).lines().toList();
        Stream<String> documents = Proof.EXAMPLES.documents().stream().map(Example::name);
        Stream<String> streams = Proof.EXAMPLES.streams().stream().map(StreamExample::name);
        return Stream.concat(documents, streams)
                .map(name -> new Story("the contract's rules", "examples").test("without " + name, evidence -> {
                    String rest = RulesFile.of(Proof.SCHEMAS, Proof.EXAMPLES.without(name::equals));
                    assertThat(gone(whole, rest)).anyMatch(line -> line.contains(" " + name + "."));
                }));
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
