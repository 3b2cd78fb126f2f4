package dev.firstline.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.firstline.Misuse;
import dev.firstline.PlainWords;
import dev.firstline.contract.Rule;
import dev.firstline.stats.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in a {@link FindingsFolder} beside an answer's bytes, and what its page for people says of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeptAnswer(
        String rule,
        String severity,
        String promise,
        String endpoint,
        @Nullable String session,
        String journey,
        long number,
        int turn,
        int status,
        @JsonProperty("content_type") @Nullable String contentType,
        String ended,
        @JsonProperty("all_lines") boolean allLines,
        int found,
        List<Told> findings) {
    private static final int QUOTED_CHARS = 400;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    KeptAnswer {
        findings = List.copyOf(findings);
    }

    /** One finding. */
    record Told(int line, String pointer, String promised, String seen, String source) {}

    /** @throws Misuse if the file is none of these */
    static KeptAnswer read(Path file) throws IOException {
        try {
            KeptAnswer read = JSON.readValue(file.toFile(), KeptAnswer.class);
            if (read != null && !read.findings.isEmpty()) {
                return read;
            }
            throw notOne("no finding", file);
        } catch (JsonProcessingException e) {
            throw notOne(PlainWords.of(e.getOriginalMessage()), file);
        }
    }

    private static Misuse notOne(String saw, Path file) {
        return new Misuse("what was found in an answer", saw, file.toString(), "another copy of the folder");
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /**
     * The page for people.
     *
     * @param entries what it says of each answer, by rule
     * @param contract how often each rule was hit in all
     */
    static String index(Map<Rule, List<String>> entries, RunSummary.Contract contract) {
        StringBuilder page = new StringBuilder("""
                What the contract found: of each rule the first %d answers, secrets masked.
                Each is there to be read again, with the command beside it.
                """.formatted(FindingsFolder.ANSWERS_MAX));
        // What was broken first, then in the order in which an answer meets the rules.
        List<Rule> rules = entries.keySet().stream()
                .sorted(Comparator.comparing(Rule::severity).thenComparing(Comparator.naturalOrder()))
                .toList();
        for (Rule rule : rules) {
            page.append("\n%s  %s, %d in all: %s\n"
                    .formatted(
                            rule.id(),
                            rule.severity().label(),
                            contract.rules().getOrDefault(rule.id(), 0L),
                            rule.promise()));
            entries.getOrDefault(rule, List.of()).forEach(page::append);
        }
        return page.toString();
    }

    /**
     * What the page says of it: the first finding in full; the others are in the facts.
     *
     * @param file what its bytes are called, in the rule's folder
     * @param line the line with the first finding; empty where that is about the answer as a whole
     */
    String entry(String file, String line) {
        Told first = findings.get(0);
        String more = found == 1 ? "" : ", and %d more".formatted(found - 1);
        String page = """

                  firstline check --endpoint %s%s %s/%s/%s
                    journey %s %d, turn %d
                    %s%s: promised %s, saw %s%s%s
                """;
        return page.formatted(
                endpoint,
                session == null ? "" : " --session " + oneLine(session),
                FindingsFolder.NAME,
                rule,
                file,
                journey,
                number,
                turn,
                first.line() == 0 ? "the answer as a whole" : "line " + first.line(),
                first.pointer().isEmpty() ? "" : " " + oneLine(first.pointer()),
                oneLine(first.promised()),
                oneLine(first.seen()),
                more,
                line.isEmpty() ? "" : "\n    " + oneLine(line));
    }

    /** Text that cannot leave its line, nor command a terminal. */
    private static String oneLine(String text) {
        String brief = text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + " …";
        return brief.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }
}
