package dev.firstline.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.WireNames;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Tells by its fields to which endpoint a request goes, since a body does not say so. */
final class RequestFields {
    private static final JsonFactory JSON = new JsonFactory();

    private RequestFields() {}

    /**
     * With {@code inputEvents} invoke (invoke_sync is asked the same), else with {@code sessionId} close, else init
     * (health is asked the same).
     */
    static Endpoint endpoint(byte[] json) {
        Set<String> fields = fields(json);
        if (holds(fields, "inputEvents")) {
            return Endpoint.INVOKE;
        }
        return holds(fields, "sessionId") ? Endpoint.CLOSE : Endpoint.INIT;
    }

    private static boolean holds(Set<String> fields, String name) {
        return fields.contains(name) || fields.contains(WireNames.snakeCase(name));
    }

    /** The names as far as it is JSON; whether it is, the contract says. */
    private static Set<String> fields(byte[] json) {
        Set<String> fields = new HashSet<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
        } catch (IOException e) {
            return fields;
        }
        return fields;
    }
}
