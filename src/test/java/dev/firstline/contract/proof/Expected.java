package dev.firstline.contract.proof;

import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import java.util.Arrays;

/**
 * What an example says will be found in it.
 *
 * @param line which line, from 1; 0 for an answer as a whole
 */
record Expected(int line, Rule rule, String pointer) {

    /** Reads {@code LINE RULE POINTER}; an empty pointer is left out. */
    static Expected parse(String where, String text) {
        String[] words = text.strip().split(" +", -1);
        Rule rule = words.length < 2 ? null : Rule.of(words[1]).orElse(null);
        if (rule == null || words.length > 3) {
            throw new AssertionError(where + ": no LINE RULE POINTER: " + Arrays.toString(words));
        }
        return new Expected(Integer.parseInt(words[0]), rule, words.length == 3 ? words[2] : "");
    }

    /** What was found, as far as an example speaks of it. */
    static Expected of(Finding finding) {
        return new Expected(finding.line(), finding.rule(), finding.pointer());
    }

    @Override
    public String toString() {
        return (line + " " + rule.severity().label() + " " + rule.id() + " " + pointer).strip();
    }
}
