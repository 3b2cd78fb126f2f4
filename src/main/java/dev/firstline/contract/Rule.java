package dev.firstline.contract;

import static dev.firstline.contract.Severity.DRIFT;
import static dev.firstline.contract.Severity.VIOLATION;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every rule of the contract, in the order in which an answer meets them. An id is stable: baselines, reports and
 * scripts know it. What a rule covers in the schemas stands in {@code contracts/rules.txt}, an example of each in
 * {@code contracts/rules.md}.
 */
public enum Rule {
    // The answer as HTTP.
    WRONG_STATUS(VIOLATION, "an answer that succeeds has status 200", ""),
    WRONG_MEDIA_TYPE(VIOLATION, "the body is JSON, in UTF-8", "A14"),
    MEDIA_TYPE_DRIFT(DRIFT, "the documented media type is application/json", "A14"),

    // A line, or a whole body, as bytes.
    NOT_UTF8(VIOLATION, "text is UTF-8", ""),
    LINE_TOO_LONG(VIOLATION, "a line has at most 16 MiB", ""),
    NOT_JSON(VIOLATION, "each line that is not blank is one JSON object", "A16"),
    DUPLICATE_KEY(VIOLATION, "an object has a key once", "A26"),
    TRAILING_DATA(VIOLATION, "nothing follows the object in its line", "A15"),
    PRETTY_PRINTED(DRIFT, "a streamed answer has one object a line", "A15"),

    // What stands around the response.
    NO_ENVELOPE(VIOLATION, "a line has a result or an error, a single answer a response", "A2 A6"),
    RESULT_AND_ERROR(VIOLATION, "a line has a result or an error, never both", "A6"),
    ENVELOPE_DRIFT(DRIFT, "a streamed response stands in a result, a single one does not", "A2"),

    // The stream as a whole.
    AFTER_ERROR(VIOLATION, "an error line is the last line", "A7"),
    FOREIGN_SESSION(VIOLATION, "every line belongs to the session that was asked", "A20"),
    NO_SESSION(DRIFT, "every response names its session", "A20"),
    REPEATED_EVENT_ID(DRIFT, "an event comes once in a turn", "A19"),
    TRUNCATED(VIOLATION, "a body ends cleanly, with a whole line", ""),
    NO_EVENTS(DRIFT, "an agent answers with at least one event", "A3"),
    BUFFERED(DRIFT, "lines come when the agent has them, not all at the end", ""),

    // Kinds.
    TWO_KINDS(VIOLATION, "an event, a content or an interactive is of exactly one kind", "A4"),
    EMPTY_EVENT(DRIFT, "an event has a kind", "A4"),
    EMPTY_CONTENT(DRIFT, "a message has a content, and that a kind", "A4"),
    EMPTY_INTERACTIVE(DRIFT, "an interactive event has an interactive, and that a kind", "A4"),
    UNKNOWN_EVENT(DRIFT, "the kinds of event are the 15 documented ones", "A5"),
    UNKNOWN_CONTENT(DRIFT, "the kinds of content are the 4 documented ones", "A5"),
    UNKNOWN_INTERACTIVE(DRIFT, "the kinds of interactive are the 10 documented ones", "A5"),

    // Fields and values.
    WRONG_TYPE(VIOLATION, "a field has its JSON type", "A11 A17 A18 A24"),
    MISSING_FIELD(VIOLATION, "a field that was promised is there and not empty", "A8 A25"),
    BAD_VALUE(VIOLATION, "a value has the form that was promised", "A11 A12"),
    BOTH_SPELLINGS(VIOLATION, "a field is spelt in one way", "A1"),
    UNKNOWN_REQUEST_FIELD(
            VIOLATION, "a request has known fields only, since the gateway drops others in silence", "A5"),
    UNKNOWN_FIELD(DRIFT, "the fields are the documented ones", "A5"),
    SNAKE_CASE(DRIFT, "fields are spelt in camelCase", "A1"),
    NULL_VALUE(DRIFT, "a text, a number, a truth value or a list is not null", "A17"),
    NUMERIC_STRING(DRIFT, "a number is written as a number", "A11 A18 A28"),
    NON_FINITE(DRIFT, "a number is finite", "A18"),
    ENUM_DRIFT(DRIFT, "an enumeration has its documented names", "A12 A13"),
    NEGATIVE_PRICE(DRIFT, "a price is not negative", "A18"),
    NOT_TRIGGERED(DRIFT, "a handover event that is sent is triggered", "A21"),
    LABEL_MISMATCH(DRIFT, "a list's button and its buttonText say the same", "A22"),
    ODD_VALUE(DRIFT, "a value has the form that we expect: links, currencies, places, times", "A25");

    private static final Map<String, Rule> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));

    private final Severity severity;
    private final String promise;
    private final String rulings;

    Rule(Severity severity, String promise, String rulings) {
        this.severity = severity;
        this.promise = promise;
        this.rulings = rulings;
    }

    /** Its stable name: {@code foreign-session}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How much it matters when it is not kept. */
    public Severity severity() {
        return severity;
    }

    /** What it says, in a sentence without its full stop. */
    public String promise() {
        return promise;
    }

    /** Where the vendor's documents disagree or are silent: the rulings it rests on, separated by blanks. */
    public String rulings() {
        return rulings;
    }

    /** The rule of that id. */
    public static Optional<Rule> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
