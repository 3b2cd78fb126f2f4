package dev.firstline.contract;

/**
 * A rule that was not kept, as facts.
 *
 * @param rule which rule
 * @param line the line in the answer, counted from 1, blank ones included; 0 for the answer as a whole
 * @param pointer the JSON pointer in that line, to the value itself; to its object where a member is missing; empty for
 *     the line as a whole
 * @param promised what was promised there, in words: {@code true or false}
 * @param seen what was seen, cut to {@value #SEEN_MAX} characters: {@code the text "yes"}
 * @param source where the promise stands: a schema's path and the pointer in it,
 *     {@code events/agent-handover-event.schema.json#/properties/reason/type}; a ruling or nothing for what no schema
 *     states
 */
public record Finding(Rule rule, int line, String pointer, String promised, String seen, String source) {
    /** How much is quoted of what was seen. */
    public static final int SEEN_MAX = 120;

    /** One sentence for people. */
    public String message() {
        return "promised " + promised + ", saw " + seen;
    }
}
