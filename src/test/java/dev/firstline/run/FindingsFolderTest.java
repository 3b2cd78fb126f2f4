package dev.firstline.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import dev.firstline.gatling.AnswerCheck.Asked;
import dev.firstline.gatling.AnswerCheck.Received;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FindingsFolderTest {
    private static final String KEY = "the-key-that-nobody-may-read";
    private static final String BODY = "{\"a\":1}\n\n{\"b\":\"x\"}\n{\"cut";

    @TempDir
    private Path run;

    @Test
    void without_findings_there_is_no_folder() throws IOException {
        folder().index(contract(Map.of()));
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void an_answer_is_kept_as_it_came_with_the_facts_beside_it() throws IOException {
        FindingsFolder folder = folder();
        folder.keep(
                Answers.invoke(BODY), List.of(at(Rule.WRONG_TYPE, 3), at(Rule.TRUNCATED, 4), at(Rule.WRONG_TYPE, 1)));

        assertThat(file("wrong-type/1.ndjson")).hasContent(BODY);
        assertThat(Files.readString(file("truncated/1.ndjson"))).isEqualTo(BODY);
        JsonNode facts = new ObjectMapper().readTree(file("wrong-type/1.json").toFile());
        assertThat(facts.at("/rule").asText()).isEqualTo("wrong-type");
        assertThat(facts.at("/severity").asText()).isEqualTo("violation");
        assertThat(facts.at("/endpoint").asText()).isEqualTo("invoke");
        assertThat(facts.at("/journey").asText()).isEqualTo("greeting");
        assertThat(facts.at("/number").asInt()).isEqualTo(7);
        assertThat(facts.at("/turn").asInt()).isEqualTo(1);
        assertThat(facts.at("/ended").asText()).isEqualTo("whole");
        assertThat(facts.at("/found").asInt()).isEqualTo(2);
        assertThat(facts.at("/findings/0/line").asInt()).isEqualTo(3);
        assertThat(facts.at("/findings/0/pointer").asText()).isEqualTo("/b");
        assertThat(facts.at("/findings/0/promised").asText()).isEqualTo("a number");
        assertThat(facts.at("/findings/0/seen").asText()).isEqualTo("the text \"x\"");
    }

    @Test
    void of_each_rule_the_first_ten_answers_are_kept() throws IOException {
        FindingsFolder folder = folder();
        for (int i = 0; i < 25; i++) {
            folder.keep(Answers.invoke("{\"n\":" + i + "}\n"), List.of(at(Rule.TWO_KINDS, 1)));
        }
        folder.keep(Answers.invoke("{}\n"), List.of(at(Rule.BUFFERED, 0)));

        try (Stream<Path> files = Files.list(file("two-kinds"))) {
            assertThat(files).hasSize(2 * FindingsFolder.ANSWERS_MAX);
        }
        assertThat(file("two-kinds/10.ndjson")).hasContent("{\"n\":9}");
        assertThat(file("buffered/1.ndjson")).exists();
    }

    @Test
    void bytes_that_are_no_text_stay_what_they_were() throws IOException {
        byte[] bytes = "{\"a\":\"\u00e9\u00ff\"}\n".getBytes(ISO_8859_1);
        Received answer = new Received(
                new Asked(CallKind.INVOKE, "greeting", 0, 1, "s"),
                200,
                null,
                Answers.lines(bytes),
                0,
                0,
                AnswerEnd.CUT);
        folder().keep(answer, List.of(at(Rule.NOT_UTF8, 1)));
        assertThat(file("not-utf8/1.ndjson")).hasBinaryContent(bytes);
    }

    @Test
    void of_a_very_long_answer_the_lines_with_findings_are_kept() throws IOException {
        String line = "{\"x\":\"" + "y".repeat(9_990) + "\"}\n";
        String body = IntStream.range(0, 200)
                .mapToObj(i -> i == 150 ? "{\"it\":1}\n" : line)
                .reduce("", String::concat);
        folder().keep(Answers.invoke(body), List.of(at(Rule.TWO_KINDS, 151)));
        assertThat(file("two-kinds/1.ndjson")).hasContent("{\"it\":1}");
        assertThat(file("two-kinds/1.json")).content().contains("\"all_lines\" : false", "\"line\" : 151");
    }

    @Test
    void no_secret_is_in_any_file() throws IOException {
        FindingsFolder folder = folder();
        String escaped = KEY.replace("-", "\\u002d");
        Received answer = Answers.invoke("{\"a\":\"" + KEY + "\",\"b\":\"" + escaped + "\",\"flowToken\":\"hush\"}\n");
        Finding atKey = new Finding(Rule.BAD_VALUE, 1, "/" + KEY, "no " + KEY, "the text \"" + KEY + "\"", "");
        Finding atToken = new Finding(Rule.WRONG_TYPE, 1, "/flowToken", "a number", "the text \"hush\"", "");
        folder.keep(answer, List.of(atKey, atToken));
        folder.index(contract(Map.of("bad-value", 1L, "wrong-type", 1L)));

        assertThat(file("bad-value/1.ndjson")).hasContent("{\"a\":\"***\",\"b\":\"***\",\"flowToken\":\"***\"}");
        try (Stream<Path> files = Files.walk(file(""))) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .hasSize(5)
                    .allSatisfy(file ->
                            assertThat(Files.readString(file, ISO_8859_1)).doesNotContain(KEY, escaped, "hush"));
        }
    }

    @Test
    void the_page_for_people_tells_where_and_what() throws IOException {
        FindingsFolder folder = folder();
        folder.keep(Answers.invoke(BODY), List.of(at(Rule.WRONG_TYPE, 3), at(Rule.WRONG_TYPE, 1)));
        folder.keep(Answers.invoke("{\"b\":\"\u001b[2J\"}\n"), List.of(at(Rule.WRONG_TYPE, 1)));
        folder.keep(Answers.invoke(BODY), List.of(at(Rule.NO_EVENTS, 0)));
        folder.index(contract(Map.of("wrong-type", 3L, "no-events", 1L)));

        assertThat(Files.readString(file(FindingsFolder.INDEX), UTF_8)).isEqualTo("""
                What the contract found: of each rule the first 10 answers, secrets masked.
                Each is there to be read again: firstline check --endpoint invoke findings/RULE/1.ndjson

                wrong-type  violation, 3 in all: a field has its JSON type

                  wrong-type/1.ndjson  invoke, journey greeting 7, turn 1
                    line 3 /b: promised a number, saw the text "x", and 1 more
                    {"b":"x"}

                  wrong-type/2.ndjson  invoke, journey greeting 7, turn 1
                    line 1 /b: promised a number, saw the text "x"
                    {"b":" [2J"}

                no-events  drift, 1 in all: an agent answers with at least one event

                  no-events/1.ndjson  invoke, journey greeting 7, turn 1
                    the answer as a whole /b: promised a number, saw the text "x"
                """);
    }

    @Test
    void a_folder_that_cannot_be_written_stops_nobody() throws IOException {
        Files.createFile(run.resolve(FindingsFolder.NAME));
        FindingsFolder folder = folder();
        folder.keep(Answers.invoke(BODY), List.of(at(Rule.WRONG_TYPE, 3)));
        folder.index(contract(Map.of("wrong-type", 1L)));
    }

    private FindingsFolder folder() {
        return new FindingsFolder(run, new Mask(Answers.key(KEY)));
    }

    private Path file(String name) {
        return run.resolve(FindingsFolder.NAME).resolve(name);
    }

    private static RunSummary.Contract contract(Map<String, Long> rules) {
        return new RunSummary.Contract(9, 9, 1, 1, rules, Set.of());
    }

    private static Finding at(Rule rule, int line) {
        return new Finding(rule, line, "/b", "a number", "the text \"x\"", "");
    }
}
