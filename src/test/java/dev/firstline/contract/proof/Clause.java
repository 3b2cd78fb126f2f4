package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.contract.Rule;
import java.util.Optional;

/** Reads what a schema's {@code $comment} says of a keyword, as {@code contracts/README.md} describes it. */
final class Clause {
    private Clause() {}

    /**
     * The rule that the clause for a keyword names, if the keyword's own is not meant.
     *
     * @param schema the schema object that the keyword stands in
     * @param keyword the keyword, or {@code required/role} for one member of it
     */
    static Optional<Rule> rule(JsonNode schema, String keyword) {
        String[] clauses = schema.path("$comment").asText().split("; ", -1);
        Optional<Rule> rule = named(clauses[0]);
        for (String clause : clauses) {
            String about = clause.split(" ", 2)[0];
            if (about.equals(keyword) || keyword.startsWith(about + "/")) {
                rule = named(clause);
            }
        }
        return rule;
    }

    /** The last word before the colon, behind which anything may stand. */
    private static Optional<Rule> named(String clause) {
        String facts = clause.split(":", 2)[0].strip();
        return Rule.of(facts.substring(facts.lastIndexOf(' ') + 1));
    }
}
