package dev.firstline.stub.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control API's words: what Toxiproxy's clients send, and what they read. Fields that it does not know it skips.
 */
final class ApiJson {
    private static final int NAME_LENGTH_MAX = 200;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ApiJson() {}

    /** @throws ApiError if it is no JSON */
    static JsonNode read(byte[] body) {
        try {
            JsonNode read = MAPPER.readTree(body);
            if (read.isMissingNode()) {
                throw ApiError.badBody("it is empty");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw ApiError.badBody(e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.badBody("it cannot be read");
        }
    }

    /**
     * Looks up where the proxy is to listen, which may take seconds.
     *
     * @throws ApiError if it does not say what a proxy is
     */
    static Proxies.Wish wish(JsonNode body, String where) {
        object(body);
        String name = text(body, "name", "");
        String upstream = text(body, "upstream", "");
        if (name.isEmpty()) {
            throw ApiError.missing("name" + where);
        }
        if (upstream.isEmpty()) {
            throw ApiError.missing("upstream" + where);
        }
        return new Proxies.Wish(
                named(name),
                Place.of(address("listen", text(body, "listen", ":0"))),
                address("upstream", upstream),
                enabled(body, true));
    }

    /** @throws ApiError if one of them does not say what a proxy is */
    static List<Proxies.Wish> wishes(JsonNode body) {
        if (!body.isArray()) {
            throw ApiError.badBody("it must be an array of proxies");
        }
        List<Proxies.Wish> wishes = new ArrayList<>();
        for (JsonNode proxy : body) {
            wishes.add(wish(proxy, " at proxy " + (wishes.size() + 1)));
        }
        return wishes;
    }

    /** Where a proxy is to listen: what is not said stays. */
    static HostPort listen(JsonNode body, NamedProxy proxy) {
        object(body);
        return address("listen", text(body, "listen", proxy.listen().written().toString()));
    }

    /**
     * What a proxy is to become: what is not said stays.
     *
     * @param listen where it is to listen, if it was not told to be elsewhere since that was looked up
     */
    static Proxies.Wish change(JsonNode body, NamedProxy proxy, Place listen) {
        return new Proxies.Wish(
                proxy.name(),
                listen(body, proxy).equals(listen.written()) ? listen : proxy.listen(),
                address("upstream", text(body, "upstream", proxy.upstream().toString())),
                enabled(body, proxy.isEnabled()));
    }

    /** @throws ApiError if it does not say what a toxic is */
    static NamedToxic toxic(JsonNode body) {
        object(body);
        String stream = text(body, "stream", Direction.DOWNSTREAM.label());
        Direction direction = Direction.of(stream).orElseThrow(ApiError::invalidStream);
        ToxicKind kind = ToxicKind.of(text(body, "type", "")).orElseThrow(ApiError::invalidToxic);
        String name = text(body, "name", "");
        List<Long> none = kind.attributes().stream().map(attribute -> 0L).toList();
        return new NamedToxic(
                named(name.isEmpty() ? kind.label() + "_" + direction.label() : name),
                direction,
                toxicity(body, 1),
                attributes(body, kind, none));
    }

    /** What a toxic is to become: its attributes and its toxicity alone can change. */
    static NamedToxic change(JsonNode body, NamedToxic toxic) {
        object(body);
        return toxic.with(
                toxicity(body, toxic.toxicity()),
                attributes(body, toxic.toxic().kind(), toxic.toxic().values()));
    }

    private static Toxic attributes(JsonNode body, ToxicKind kind, List<Long> otherwise) {
        JsonNode given = body.path("attributes");
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            throw ApiError.badBody("attributes must be an object");
        }
        List<Long> values = new ArrayList<>();
        for (String attribute : kind.attributes()) {
            JsonNode value = given.path(attribute);
            if (isNothing(value)) {
                values.add(otherwise.get(values.size()));
            } else if (value.isIntegralNumber() && value.canConvertToLong()) {
                values.add(value.longValue());
            } else {
                throw ApiError.badBody("attributes." + attribute + " must be a whole number");
            }
        }
        return kind.of(values);
    }

    private static double toxicity(JsonNode body, double otherwise) {
        JsonNode value = body.path("toxicity");
        if (isNothing(value)) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
            throw ApiError.badBody("toxicity must be a number from 0 to 1");
        }
        return value.doubleValue();
    }

    private static boolean enabled(JsonNode body, boolean otherwise) {
        JsonNode value = body.path("enabled");
        if (isNothing(value)) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw ApiError.badBody("enabled must be true or false");
        }
        return value.booleanValue();
    }

    private static String text(JsonNode body, String field, String otherwise) {
        JsonNode value = body.path(field);
        if (isNothing(value)) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw ApiError.badBody(field + " must be text");
        }
        return value.textValue();
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static void object(JsonNode body) {
        if (!body.isObject()) {
            throw ApiError.badBody("it must be an object");
        }
    }

    /** @throws ApiError if a path cannot carry it, or it is too long */
    static String named(String name) {
        if (name.contains("/") || name.equals(".") || name.equals("..")) {
            throw ApiError.badBody("name must have no slash, and must not be . or .., since paths are made of it");
        }
        if (name.length() > NAME_LENGTH_MAX) {
            throw ApiError.badBody("name must have at most " + NAME_LENGTH_MAX + " characters");
        }
        return name;
    }

    private static HostPort address(String field, String text) {
        try {
            return HostPort.of(text);
        } catch (IllegalArgumentException e) {
            throw ApiError.badBody(field + ": " + e.getMessage());
        }
    }

    static ObjectNode of(NamedProxy proxy) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("name", proxy.name())
                .put("listen", proxy.listen().written().toString())
                .put("upstream", proxy.upstream().toString())
                .put("enabled", proxy.isEnabled());
        json.set("toxics", ofToxics(proxy.toxics()));
        return json;
    }

    /** By their names. */
    static ObjectNode ofProxies(Collection<NamedProxy> proxies) {
        ObjectNode json = MAPPER.createObjectNode();
        proxies.forEach(proxy -> json.set(proxy.name(), of(proxy)));
        return json;
    }

    static ObjectNode of(NamedToxic toxic) {
        ObjectNode json = MAPPER.createObjectNode();
        ObjectNode attributes = json.putObject("attributes");
        ToxicKind kind = toxic.toxic().kind();
        for (int i = 0; i < kind.attributes().size(); i++) {
            attributes.put(kind.attributes().get(i), toxic.toxic().values().get(i));
        }
        return json.put("name", toxic.name())
                .put("type", kind.label())
                .put("stream", toxic.direction().label())
                .put("toxicity", toxic.toxicity());
    }

    static ArrayNode ofToxics(Collection<NamedToxic> toxics) {
        ArrayNode json = MAPPER.createArrayNode();
        toxics.forEach(toxic -> json.add(of(toxic)));
        return json;
    }

    /** What came of a list of wishes: the proxies that were made, and why there are not more. */
    static ObjectNode ofPopulated(List<NamedProxy> made, @Nullable ApiError refused) {
        ObjectNode json = refused == null ? MAPPER.createObjectNode() : of(refused);
        ArrayNode proxies = json.putArray("proxies");
        made.forEach(proxy -> proxies.add(of(proxy)));
        return json;
    }

    static ObjectNode of(ApiError error) {
        return MAPPER.createObjectNode().put("error", error.message()).put("status", error.status());
    }

    static ObjectNode ofVersion(String version) {
        return MAPPER.createObjectNode().put("version", version);
    }
}
