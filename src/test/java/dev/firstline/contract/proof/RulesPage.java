package dev.firstline.contract.proof;

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

            Each rule has one example of `contracts/examples/v1`, cut where it is long, and what is said of it.
            Written by `RulesFileIT`, from the rules and the examples.
            """;

    private static final int SHOWN_MAX = 160;

    /** Objects that are shorter say little: {@code {}}. */
    private static final int TELLING_MIN = 10;

    private RulesPage() {}

    /**
     * What an example shows of a rule.
     *
     * @param shown the document, the line or, of an answer as a whole, what came
     */
    private record Case(String file, String shown, Finding finding) {
        /** Of several the one that is named after its rule, is not cut, says something, is short. */
        static final Comparator<Case> BEST = Comparator.comparing((Case one) -> !one.isNamedAfterItsRule())
                .thenComparing(one -> one.shown().endsWith("…"))
                .thenComparing(one -> !one.isTelling())
                .thenComparing(one -> one.shown().length())
                .thenComparing(Case::file);

        private boolean isTelling() {
            return shown.startsWith("{") && shown.length() >= TELLING_MIN;
        }

        private boolean isNamedAfterItsRule() {
            return file.contains("/" + finding.rule().id() + ".");
        }
    }

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
                    .min(Case.BEST)
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
                cases.add(new Case(
                        example.name() + ".json", cut(example.document().toString()), finding));
            }
        }
        for (StreamExample example : examples.streams()) {
            for (Finding finding : example.check(Proof.contracts())) {
                cases.add(new Case(example.name() + ".ndjson", excerpt(example, finding.line()), finding));
            }
        }
        return cases;
    }

    private static String excerpt(StreamExample example, int line) {
        List<Line> lines = example.body().lines();
        if (line == 0) {
            String type = example.contentType() == null ? "no content type" : example.contentType();
            return "status %d, %s, lines: %d".formatted(example.status(), type, lines.size());
        }
        return line > lines.size() ? "…" : cut(lines.get(line - 1).text());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
