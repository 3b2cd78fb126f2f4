package dev.firstline.contract.proof;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code contracts/rules.md}: every rule for people, with the shortest example and what is said of it. */
final class RulesPage {
    private static final String HEAD = """
            # The rules

            What is found in answers and requests, by its id. A **violation** breaks a promise of the API; a **drift** is a
            surprise that breaks none, and fails a run only with `--strict`. Rulings (A1 … A28) decide where the vendor's
            documents disagree or are silent. Every example below is one of `contracts/examples/v1`.

            This page is written by `RulesFileIT` from the rules and the examples.
            """;

    private static final int SHOWN_MAX = 100;

    private RulesPage() {}

    /**
     * What an example shows of a rule.
     *
     * @param shown the part that matters, or the whole if it is short
     */
    private record Case(String file, String shown, Finding finding) {}

    /** The whole page. */
    static String of(Examples examples) {
        List<Case> cases = cases(examples);
        StringBuilder page = new StringBuilder(HEAD);
        for (Rule rule : Rule.values()) {
            String rulings = rule.rulings().isEmpty() ? "" : " · " + rule.rulings();
            page.append("\n## ")
                    .append(rule.id())
                    .append("\n\n**%s**%s · %s.\n".formatted(rule.severity().label(), rulings, rule.promise()));
            cases.stream()
                    .filter(one -> one.finding().rule() == rule)
                    .min(Comparator.comparingInt((Case one) -> one.shown().length())
                            .thenComparing(Case::file))
                    .ifPresent(one -> page.append(shown(one)));
        }
        return page.toString();
    }

    private static String shown(Case one) {
        Finding finding = one.finding();
        String where = (finding.line() > 1 ? "line " + finding.line() + " " : "")
                + (finding.pointer().isEmpty() ? "" : "`" + finding.pointer() + "` ");
        return "\n```\n%s\n```\n\n%s%s (`%s`)\n".formatted(one.shown(), where, finding.message(), one.file());
    }

    private static List<Case> cases(Examples examples) {
        List<Case> cases = new ArrayList<>();
        for (Example example : examples.documents()) {
            for (Finding finding : Proof.CONTRACTS.document(example.schema(), example.bytes())) {
                cases.add(new Case(example.name() + ".json", around(example.document(), finding.pointer()), finding));
            }
        }
        for (StreamExample example : examples.streams()) {
            for (Finding finding : example.check(Proof.CONTRACTS)) {
                cases.add(new Case(example.name() + ".ndjson", excerpt(example, finding.line()), finding));
            }
        }
        return cases;
    }

    /** The object that a value stands in. */
    private static String around(JsonNode document, String pointer) {
        JsonNode at = document.at(pointer);
        return cut((at.isContainerNode()
                        ? at
                        : document.at(JsonPointer.compile(pointer).head()))
                .toString());
    }

    private static String excerpt(StreamExample example, int line) {
        if (line == 0) {
            return "status %d, content type %s, %d lines"
                    .formatted(
                            example.status(),
                            example.contentType(),
                            example.lines().size());
        }
        return cut(example.lines().get(line - 1).text());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
