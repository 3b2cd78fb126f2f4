package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.contract.Rule;
import java.util.List;
import java.util.Optional;

/**
 * What a schema's {@code $comment} says of one keyword, as {@code contracts/README.md} describes it.
 *
 * @param sources documents, measurements and rulings: {@code S002}, {@code A12}
 * @param rule the rule that it names, where the keyword's own is not meant
 */
record Clause(String provenance, List<String> sources, Optional<Rule> rule) {

    /**
     * The clause for a keyword.
     *
     * @param schema the schema object that the keyword stands in
     * @param keyword the keyword, or {@code required/role} for one member of it
     */
    static Clause of(JsonNode schema, String keyword) {
        String[] clauses = schema.path("$comment").asText().split("; ", -1);
        Clause found = parse(clauses[0]);
        for (String clause : clauses) {
            String about = clause.split(" ", 2)[0];
            if (about.equals(keyword) || keyword.startsWith(about + "/")) {
                found = parse(clause.substring(about.length()).strip());
            }
        }
        return found;
    }

    private static Clause parse(String clause) {
        List<String> words = List.of(clause.split(":", 2)[0].strip().split(" ", -1));
        String last = words.get(words.size() - 1);
        Optional<Rule> rule = Rule.of(last);
        return new Clause(words.get(0), words.subList(1, words.size() - (rule.isPresent() ? 1 : 0)), rule);
    }
}
