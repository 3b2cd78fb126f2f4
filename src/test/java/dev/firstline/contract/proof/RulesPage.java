package dev.firstline.contract.proof;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import dev.firstline.wire.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code contracts/rules.md}: every rule for people, with the shortest example and what is said of it. */
final class RulesPage {
    private static final String HEAD = """
            # The rules

            What is found in answers and requests, by its id, in the order in which an answer meets it. A **violation**
            breaks a promise of the API. A **drift** is a surprise that breaks none; it fails a run with `--strict`
            only. The rulings in brackets (A1 to A28) say how the harness reads what the vendor's documents leave open.

            Each rule has its shortest example of `contracts/examples/v1`, cut where it is long, and what is said of it.
            Written by `RulesFileIT`, from the rules and the examples.
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
            String rulings =
                    rule.rulings().isEmpty() ? "" : " (" + rule.rulings().replace(" ", ", ") + ")";
            page.append("\n## %s\n\n**%s**: %s%s.\n"
                    .formatted(rule.id(), rule.severity().label(), rule.promise(), rulings));
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
        String where = (finding.line() > 1 ? "line " + finding.line() + ", " : "")
                + (finding.pointer().isEmpty() ? "" : "`" + finding.pointer() + "`, ");
        return "\n```\n%s\n```\n\n%s%s; in `%s`\n".formatted(one.shown(), where, finding.message(), one.file());
    }

    private static List<Case> cases(Examples examples) {
        List<Case> cases = new ArrayList<>();
        for (Example example : examples.documents()) {
            for (Finding finding : Proof.contracts().document(example.schema(), example.bytes())) {
                cases.add(new Case(example.name() + ".json", around(example.document(), finding.pointer()), finding));
            }
        }
        for (StreamExample example : examples.streams()) {
            for (Finding finding : example.check(Proof.contracts())) {
                cases.add(new Case(example.name() + ".ndjson", excerpt(example, finding.line()), finding));
            }
        }
        return cases;
    }

    /** The object that a value stands in, or the document if the value is no member of one. */
    private static String around(JsonNode document, String pointer) {
        JsonNode at = document.at(pointer);
        boolean member = !pointer.isEmpty() && !at.isContainerNode();
        return cut((member ? document.at(JsonPointer.compile(pointer).head()) : at).toString());
    }

    private static String excerpt(StreamExample example, int line) {
        List<Line> lines = example.body().lines();
        if (line == 0) {
            return "status %d, content type %s, lines: %d"
                    .formatted(example.status(), example.contentType(), lines.size());
        }
        return line > lines.size() ? "…" : cut(lines.get(line - 1).text());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
