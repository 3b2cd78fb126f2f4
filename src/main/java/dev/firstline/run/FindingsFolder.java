package dev.firstline.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import dev.firstline.gatling.AnswerCheck.Received;
import dev.firstline.stats.RunSummary;
import dev.firstline.wire.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code findings/}: of each rule the first answers that did not keep it, as they came but for secrets.
 *
 * <pre>
 * findings/index.txt                  what was found, for people
 * findings/foreign-session/1.ndjson   the answer's bytes, which firstline check reads again
 * findings/foreign-session/1.json     whose answer it was, and each finding with its line and pointer
 * </pre>
 *
 * <p>Answers are whole, for a line alone does not show what is wrong with it: that another one came before it, that the
 * first one named a session. {@link #keep} is the checker's thread's, {@link #index} comes after its end.
 */
final class FindingsFolder {
    static final String NAME = "findings";
    static final String INDEX = "index.txt";

    /** How many answers are kept of each rule. */
    static final int ANSWERS_MAX = 10;

    /** How many bytes of an answer are kept; of a longer one only the lines with findings, as far as they fit. */
    static final int ANSWER_BYTES_MAX = 1 << 20;

    /** How many findings of one rule are told of one answer. */
    static final int TOLD_MAX = 100;

    private static final int QUOTED_CHARS = 400;
    private static final Logger log = LoggerFactory.getLogger(FindingsFolder.class);
    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private final Path folder;
    private final Mask mask;
    private final Map<Rule, List<String>> kept = new EnumMap<>(Rule.class);
    private boolean unwritable;

    /** @param run the run's folder; nothing is made in it before there is a finding */
    FindingsFolder(Path run, Mask mask) {
        this.folder = run.resolve(NAME);
        this.mask = mask;
    }

    /** What stands beside an answer's bytes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Facts(
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
            List<Told> findings) {}

    private record Told(int line, String pointer, String promised, String seen, String source) {}

    /** Keeps an answer for each rule of which there are not enough yet. */
    void keep(Received answer, List<Finding> findings) {
        findings.stream().collect(Collectors.groupingBy(Finding::rule)).forEach((rule, found) -> {
            List<String> before = kept.computeIfAbsent(rule, any -> new ArrayList<>());
            if (before.size() < ANSWERS_MAX && !unwritable) {
                try {
                    before.add(write(rule, before.size() + 1, answer, found));
                } catch (IOException e) {
                    unwritable = true;
                    log.error("event=findings_unwritable folder={}", folder, e);
                }
            }
        });
    }

    /**
     * Writes the page for people, if there is anything to tell.
     *
     * @param contract how often each rule was hit in all; null where nothing was checked
     * @throws IOException if it cannot be written
     */
    void index(RunSummary.@Nullable Contract contract) throws IOException {
        if (contract == null || kept.isEmpty() || unwritable) {
            return;
        }
        StringBuilder page = new StringBuilder("""
                What the contract found: of each rule the first %d answers, secrets masked.
                Each is there to be read again, with the command beside it.
                """.formatted(ANSWERS_MAX));
        // What was broken first, then in the order in which an answer meets the rules.
        List<Rule> rules = kept.keySet().stream()
                .sorted(Comparator.comparing(Rule::severity).thenComparing(Comparator.naturalOrder()))
                .toList();
        for (Rule rule : rules) {
            page.append("\n%s  %s, %d in all: %s\n"
                    .formatted(
                            rule.id(),
                            rule.severity().label(),
                            contract.rules().getOrDefault(rule.id(), 0L),
                            rule.promise()));
            kept.getOrDefault(rule, List.of()).forEach(page::append);
        }
        Files.writeString(Files.createDirectories(folder).resolve(INDEX), page, UTF_8);
    }

    /** Returns what the page for people says of it. */
    private String write(Rule rule, int number, Received answer, List<Finding> found) throws IOException {
        Path place = Files.createDirectories(folder.resolve(rule.id()));
        long size = answer.lines().stream()
                .mapToLong(line -> line.bytes().length + 1L)
                .sum();
        Set<Integer> places = found.stream().map(Finding::line).collect(Collectors.toSet());
        boolean all = size <= ANSWER_BYTES_MAX;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Line line : answer.lines()) {
            if ((all || places.contains(line.number())) && bytes.size() < ANSWER_BYTES_MAX) {
                bytes.writeBytes(masked(line));
                bytes.writeBytes(line.terminated() ? new byte[] {'\n'} : new byte[0]);
            }
        }
        Files.write(place.resolve(number + ".ndjson"), bytes.toByteArray());
        List<Told> told = found.stream().limit(TOLD_MAX).map(this::told).toList();
        Facts facts = new Facts(
                rule.id(),
                rule.severity().label(),
                rule.promise(),
                Inspector.endpoint(answer.asked().call()).wireName(),
                session(answer),
                answer.asked().journey(),
                answer.asked().number(),
                answer.asked().turn(),
                answer.status(),
                answer.contentType() == null ? null : mask.text(answer.contentType()),
                ended(answer.end()),
                all,
                found.size(),
                told);
        Files.writeString(place.resolve(number + ".json"), JSON.writeValueAsString(facts) + "\n");
        return entry(number, answer, facts);
    }

    private Told told(Finding finding) {
        boolean hidden = Mask.hides(finding.pointer());
        return new Told(
                finding.line(),
                mask.text(finding.pointer()),
                mask.text(finding.promised()),
                hidden ? Mask.STARS : mask.text(finding.seen()),
                finding.source());
    }

    /** The session that was asked, without which nobody could see again that another one answered. */
    private @Nullable String session(Received answer) {
        String asked = answer.asked().sessionId();
        return asked == null ? null : mask.text(asked);
    }

    private static String ended(@Nullable AnswerEnd end) {
        return end == null ? "left" : end.whole() ? "whole" : "cut";
    }

    /** The first finding in full; the others are in the facts. */
    private String entry(int number, Received answer, Facts facts) {
        Told first = facts.findings().get(0);
        String more = facts.found() == 1 ? "" : ", and %d more".formatted(facts.found() - 1);
        String quoted = answer.lines().stream()
                .filter(line -> line.number() == first.line())
                .map(line -> new String(masked(line), UTF_8))
                .map(text -> "\n    %s".formatted(oneLine(text)))
                .collect(Collectors.joining());
        String session = facts.session() == null ? "" : " --session " + oneLine(facts.session());
        String page = """

                  firstline check --endpoint %s%s %s/%s/%d.ndjson
                    journey %s %d, turn %d
                    %s%s: promised %s, saw %s%s%s
                """;
        return page.formatted(
                facts.endpoint(),
                session,
                NAME,
                facts.rule(),
                number,
                facts.journey(),
                facts.number(),
                facts.turn(),
                first.line() == 0 ? "the answer as a whole" : "line " + first.line(),
                first.pointer().isEmpty() ? "" : " " + oneLine(first.pointer()),
                oneLine(first.promised()),
                oneLine(first.seen()),
                more,
                quoted);
    }

    private byte[] masked(Line line) {
        // One byte, one character, so that what is not UTF-8 stays what it was.
        return mask.text(new String(line.bytes(), ISO_8859_1)).getBytes(ISO_8859_1);
    }

    /** Text that cannot leave its line, nor command a terminal. */
    private static String oneLine(String text) {
        String brief = text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + " …";
        return brief.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }
}
