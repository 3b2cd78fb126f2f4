package dev.firstline.contract;

import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the rules of one schema object come from: what its {@code $comment} says, clause by clause. The grammar is in
 * {@code contracts/README.md}.
 */
final class Clauses {
    private static final Pattern SOURCE = Pattern.compile("S00[0-4]|A([1-9]|1[0-9]|2[0-8])|D-[A-Za-z-]+|GW|PJ|XJ?");
    private static final List<String> ALL_RULES =
            Arrays.stream(Rule.values()).map(Rule::id).toList();

    /** Where a rule comes from. */
    private enum Provenance {
        DOCUMENTED,
        MEASURED,
        INFERRED,
        OURS;

        static @Nullable Provenance of(String word) {
            return Arrays.stream(values())
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElse(null);
        }

        boolean isTheirs() {
            return this == DOCUMENTED || this == MEASURED;
        }
    }

    private record Clause(Provenance provenance, @Nullable Rule rule) {}

    private final String where;
    private final Map<String, Clause> byKeyword = new HashMap<>();

    /**
     * Reads a comment.
     *
     * @param where the schema object, for messages
     * @param comment the text, or null where there is none
     * @param keywords what a clause may begin with
     */
    Clauses(String where, @Nullable String comment, Set<String> keywords) {
        this.where = where;
        if (comment == null) {
            return;
        }
        String[] clauses = comment.split("; ", -1);
        for (int i = 0; i < clauses.length; i++) {
            List<String> words = List.of(clauses[i].split(":( |$)", 2)[0].split(" ", -1));
            String keyword = i == 0 ? "" : words.get(0);
            if (i > 0 && !keywords.contains(keyword)) {
                throw misuse("a clause that begins with a keyword of this object", clauses[i], hint(keyword, keywords));
            }
            if (byKeyword.put(keyword, clause(clauses[i], i == 0 ? words : words.subList(1, words.size()))) != null) {
                throw misuse("one clause a keyword", "a second one for " + keyword, "join them");
            }
        }
    }

    /**
     * The rule of a keyword.
     *
     * @param keyword the keyword, or the keyword and one name in it: {@code required/role}
     * @param usual its rule where no clause names one
     */
    Rule rule(String keyword, Rule usual) {
        Clause clause = of(keyword);
        Rule rule = clause.rule == null ? usual : clause.rule;
        boolean inferredType = keyword.equals("type") && clause.provenance == Provenance.INFERRED;
        if (!inferredType) {
            approve(keyword, clause, rule);
        }
        return rule;
    }

    /** Refuses a second rule of a keyword if it is a violation of what is not theirs. */
    void approve(String keyword, Rule rule) {
        approve(keyword, of(keyword), rule);
    }

    private void approve(String keyword, Clause clause, Rule rule) {
        if (!clause.provenance.isTheirs() && rule.severity() == Severity.VIOLATION) {
            throw misuse(
                    "a rule that is drift for what is not theirs",
                    keyword + " with " + rule.id() + ", a violation",
                    "name a rule of drift in its clause: " + keyword + " ours odd-value");
        }
    }

    private Clause of(String keyword) {
        int slash = keyword.indexOf('/');
        Clause clause = byKeyword.get(keyword);
        if (clause == null && slash > 0) {
            clause = byKeyword.get(keyword.substring(0, slash));
        }
        if (clause == null) {
            clause = byKeyword.get("");
        }
        if (clause == null) {
            throw misuse("a $comment that says where " + keyword + " comes from", "none", "add one: documented S002");
        }
        return clause;
    }

    private Clause clause(String text, List<String> words) {
        Provenance provenance = words.isEmpty() ? null : Provenance.of(words.get(0));
        if (provenance == null) {
            throw misuse("documented, measured, inferred or ours", text, "say first where the rule comes from");
        }
        Rule rule = null;
        int sources = 0;
        for (String word : words.subList(1, words.size())) {
            if (SOURCE.matcher(word).matches() && rule == null) {
                sources++;
            } else if (rule == null && Rule.of(word).isPresent()) {
                rule = Rule.of(word).get();
            } else {
                throw misuse(
                        "sources or rulings, then at most one rule",
                        "\"" + word + "\" in: " + text,
                        hint(word, ALL_RULES));
            }
        }
        if (sources == 0 && provenance.isTheirs()) {
            throw misuse("the source of what is documented or measured", text, "name it: documented S002");
        }
        return new Clause(provenance, rule);
    }

    private static String hint(String word, Collection<String> known) {
        return Nearest.to(word, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("see contracts/README.md for how a $comment is written");
    }

    private Misuse misuse(String expected, String saw, String attempt) {
        return new Misuse(expected, saw, where, attempt);
    }
}
