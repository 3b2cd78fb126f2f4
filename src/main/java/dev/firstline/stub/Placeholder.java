package dev.firstline.stub;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** What a recording can leave open, to be filled in for each request: {@code {{sessionId}}}. */
enum Placeholder {
    SESSION_ID("sessionId", Values::sessionId),
    TURN("turn", values -> String.valueOf(values.turn())),
    CLIENT_KEY("clientKey", Values::clientKey),
    BUSINESS_ID("businessId", Values::businessId),
    /** What the customer said last in the request, or nothing where that was no text. */
    TEXT("text", Values::text),
    /** When the request arrived, as {@code createdAt} is written. */
    NOW("now", values -> values.arrival().truncatedTo(ChronoUnit.MILLIS).toString()),
    /** Another one at each place. */
    UUID("uuid", values -> java.util.UUID.randomUUID().toString());

    private final String declaredAs;
    // Method references, which hold nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<Values, String> value;

    Placeholder(String declaredAs, Function<Values, String> value) {
        this.declaredAs = declaredAs;
        this.value = value;
    }

    /** What the placeholders of one answer stand for. */
    record Values(String businessId, String clientKey, String sessionId, String text, int turn, Instant arrival) {}

    /** The name that a recording's header declares. */
    String declaredAs() {
        return declaredAs;
    }

    String written() {
        return "{{" + declaredAs + "}}";
    }

    byte[] in(Values values) {
        // A client key is the customer's own text and may hold quotes.
        return JsonStringEncoder.getInstance().quoteAsUTF8(value.apply(values));
    }

    static Optional<Placeholder> of(String declaredAs) {
        return Arrays.stream(values())
                .filter(p -> p.declaredAs.equals(declaredAs))
                .findFirst();
    }
}
