package dev.firstline.contract.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.contract.Finding;
import dev.firstline.contract.Rule;
import java.util.function.UnaryOperator;

/**
 * A valid example in which one thing was spoilt.
 *
 * @param spoilt what was done: {@code 7 in its place}
 * @param change makes the spoilt document of the example's; made when it is needed, since there are thousands
 * @param place the keyword that it breaks
 * @param rule the rule it must be caught by
 * @param pointer where in the document it must be caught
 */
record Mutant(Example example, String spoilt, UnaryOperator<JsonNode> change, Place place, Rule rule, String pointer) {

    JsonNode document() {
        return change.apply(example.document().deepCopy());
    }

    /** Whether this is how it must be caught. */
    boolean isCaughtBy(Finding finding) {
        return finding.rule() == rule
                && finding.pointer().equals(pointer)
                && finding.source().equals(place.toString());
    }

    @Override
    public String toString() {
        return "%s: %s, to be caught as %s %s at \"%s\""
                .formatted(example.name(), spoilt, rule.severity().label(), rule.id(), pointer);
    }
}
