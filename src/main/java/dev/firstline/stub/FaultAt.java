package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault, the line it strikes at, the endpoint it is meant for and how often. As text:
 * {@code reset;at=3;on=invoke;rate=0.01}.
 *
 * @param fault what goes wrong
 * @param line the line in whose place it happens, counted from 1, blank ones included; a line that the answer does not
 *     have is its end; 0 for the headers
 * @param on the only endpoint whose answers it spoils, or null where the text does not say
 * @param rate the probability that it strikes, above 0 and at most 1
 */
record FaultAt(Fault fault, int line, @Nullable Endpoint on, double rate) {
    /** @throws IllegalArgumentException if the line is negative or the rate is no probability */
    FaultAt {
        if (line < 0 || !(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("line " + line + ", rate " + rate);
        }
    }

    /** @throws Misuse if the text is no fault */
    static FaultAt parse(String text, String where) {
        String[] parts = text.strip().split(";", -1);
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new Misuse("kind;key=value;...", parts[i], where, "write reset;at=3");
            }
            values.put(
                    parts[i].substring(0, equals).strip(),
                    parts[i].substring(equals + 1).strip());
        }
        FaultKind kind = FaultKind.of(parts[0].strip(), where);
        FaultValues given = new FaultValues(values, where);
        FaultAt fault = new FaultAt(kind.read(given), kind.line(given), endpoint(given, where), given.rate());
        given.refuseOthers(parts[0].strip());
        return fault;
    }

    private static @Nullable Endpoint endpoint(FaultValues given, String where) {
        String name = given.text("on", "");
        if (name.isEmpty()) {
            return null;
        }
        for (Endpoint endpoint : Endpoint.values()) {
            if (endpoint.wireName().equals(name.toLowerCase(Locale.ROOT))) {
                return endpoint;
            }
        }
        throw new Misuse("on=health, init, invoke, invoke_sync or close", name, where, "name one of them");
    }
}
