package dev.firstline.stub;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.firstline.wire.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as grpc-gateway tells it.
 *
 * @param code the gRPC code
 * @param message what went wrong, for people
 */
record Refusal(int code, String message) implements Sessions.Found, AskReader.Asked {
    /** @throws IllegalArgumentException if it is no gRPC code of an error */
    Refusal {
        if (code < 1 || code > GrpcCode.LAST) {
            throw new IllegalArgumentException("code must be in [1, " + GrpcCode.LAST + "]: " + code);
        }
    }

    static Refusal invalid(String message) {
        return new Refusal(GrpcCode.INVALID_ARGUMENT, message);
    }

    /** The answer of an endpoint whose service refused. */
    Plan of(Endpoint endpoint) {
        return endpoint.streamed() ? enveloped() : bare();
    }

    /** The answer of a unary endpoint, and of the gateway itself: no envelope, no newline. */
    Plan bare() {
        return Plan.atOnce(GrpcCode.http(code), headers(), bareBody(), false);
    }

    /** The answer of a streamed endpoint whose service refused before the first message. */
    Plan enveloped() {
        return Plan.atOnce(GrpcCode.http(code), headers(), envelope(), true);
    }

    byte[] line() {
        return envelope().getBytes(StandardCharsets.UTF_8);
    }

    String bareBody() {
        String text = new String(JsonStringEncoder.getInstance().quoteAsString(message));
        return "{\"code\":%d,\"message\":\"%s\",\"details\":[]}".formatted(code, text);
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        if (code == GrpcCode.UNAUTHENTICATED) {
            headers.put("WWW-Authenticate", message);
        }
        return headers;
    }

    private String envelope() {
        return "{\"error\":" + bareBody() + "}\n";
    }
}
