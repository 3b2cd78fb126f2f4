package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault, the line it strikes at, and the endpoint it is meant for. As text: {@code reset;at=3;on=invoke}.
 *
 * @param fault what goes wrong
 * @param line the line in whose place it happens, counted from 1, blank ones included; a line that the answer does not
 *     have is its end
 * @param on the only endpoint whose answers it spoils, or null where the text does not say
 */
record FaultAt(Fault fault, int line, @Nullable Endpoint on) {
    /** What {@code on} is when a whole server is told a fault without one: conversations can then still begin. */
    private static final Endpoint SPOILT_BY_DEFAULT = Endpoint.INVOKE;

    /** @throws IllegalArgumentException if the line is not positive */
    FaultAt {
        if (line < 1) {
            throw new IllegalArgumentException("line must be at least 1: " + line);
        }
    }

    /**
     * Reads a fault.
     *
     * @return nothing for a blank text
     * @throws Misuse if it is no fault
     */
    static Optional<FaultAt> parse(String text, String where) {
        if (text.isBlank()) {
            return Optional.empty();
        }
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
        FaultValues given = new FaultValues(values, where);
        int line = given.whole("at", 1, 1, Integer.MAX_VALUE);
        Endpoint on = endpoint(given, where);
        Fault fault = FaultKind.of(parts[0].strip(), where).read(given);
        given.refuseOthers(parts[0].strip());
        return Optional.of(new FaultAt(fault, line, on));
    }

    /** Whether it spoils the answers of an endpoint, when a whole server was told it. */
    boolean spoils(Endpoint endpoint) {
        return (on == null ? SPOILT_BY_DEFAULT : on) == endpoint;
    }

    Plan spoil(Plan plan) {
        return fault.spoil(plan, line - 1);
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
