package dev.firstline.stub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A customer of a stub, for tests: asks over bare sockets. */
final class Customer {
    static final JsonMapper JSON = new JsonMapper();

    private final URI baseUrl;

    Customer(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    static String says(String sessionId, String text) {
        return """
                {"businessId":"b","clientKey":"c","sessionId":"%s","inputEvents":[{"messageEvent":{"role":"USER",\
                "content":{"textContent":{"text":"%s"}}}}]}""".formatted(sessionId, text);
    }

    static String inSession(String sessionId) {
        return "{\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"%s\"}".formatted(sessionId);
    }

    /** Opens a session and gives its id. */
    String init() throws IOException {
        RawCall.Reply reply =
                ask(Endpoint.INIT, "{\"businessId\":\"b\",\"clientKey\":\"c\"}", Order.SPEED.header(), "0");
        return json(reply.body()).path("response").path("sessionId").asText();
    }

    RawCall.Reply ask(Endpoint endpoint, String body, String... headers) throws IOException {
        try (RawCall call = begin(endpoint, body, headers)) {
            return call.read();
        }
    }

    RawCall begin(Endpoint endpoint, String body, String... headers) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("x-api-key", "test"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.remove("x-api-key", "");
        return new RawCall(baseUrl).post(endpoint.path(), body, all);
    }

    JsonNode admin(String method, String page, String body) throws IOException {
        try (RawCall call = new RawCall(baseUrl)) {
            return json(call.request(method, AdminPages.PATH + page, body, Map.of())
                    .read()
                    .body());
        }
    }

    /** What WireMock says it was sent. */
    JsonNode journal() throws IOException {
        try (RawCall call = new RawCall(baseUrl)) {
            return json(call.request("GET", "/__admin/requests", "", Map.of())
                    .read()
                    .body());
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
