package dev.firstline.cli;

import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import dev.firstline.contract.Severity;
import dev.firstline.wire.LineDecoder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a check has found so far: counted in full, and told as it is found. */
final class Findings {
    private final FindingsOutput output;
    private final Map<Rule, Long> byRule = new EnumMap<>(Rule.class);
    private long lines;

    Findings(FindingsOutput output) {
        this.output = output;
    }

    /**
     * Something was found.
     *
     * @param line in which line of the input; 0 for the input as a whole
     * @param json the bytes in which the pointer points, or null where there is nothing to show
     */
    void add(int line, Finding finding, byte @Nullable [] json) {
        byRule.merge(finding.rule(), 1L, Long::sum);
        output.found(line, finding, json);
    }

    /** A line is longer than is read. */
    void addTooLong(int line) {
        String promised = "at most " + LineDecoder.LINE_BYTES_MAX + " bytes";
        add(line, new Finding(Rule.LINE_TOO_LONG, line, "", promised, "more, which were not read", ""), null);
    }

    /** A line, or a body, that was not blank has been held against the contract. */
    void checkedOne() {
        lines++;
    }

    /** Nothing more will be found in this line of the input and those before it. */
    void judged(int line) {
        output.judged(line);
    }

    /** How many lines, or bodies, were checked. */
    long lines() {
        return lines;
    }

    /** How many findings of a severity there are. */
    long count(Severity severity) {
        return byRule.entrySet().stream()
                .filter(rule -> rule.getKey().severity() == severity)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** {@code 12 lines, 2 violations (wrong-type 2), 1 drift (unknown-field 1)}. */
    String summary() {
        return Stream.concat(
                        Stream.of(number(lines, "line")),
                        Arrays.stream(Severity.values())
                                .map(severity -> number(count(severity), severity.label()) + rules(severity)))
                .collect(Collectors.joining(", "));
    }

    /** {@code 1,234 lines}. */
    static String number(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private String rules(Severity severity) {
        String rules = byRule.entrySet().stream()
                .filter(rule -> rule.getKey().severity() == severity)
                .map(rule -> String.format(Locale.ROOT, "%s %,d", rule.getKey().id(), rule.getValue()))
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? "" : " (" + rules + ")";
    }
}
