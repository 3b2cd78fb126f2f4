package dev.firstline.stub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.wire.ContentKind;
import dev.firstline.wire.InputKind;
import dev.firstline.wire.WireNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests as forgivingly as grpc-gateway does: either spelling, unknown keys dropped, null for absent, what
 * follows the object ignored. What it refuses, the gateway refuses too, before any service is asked.
 */
final class AskReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The names of the API in their other spelling: this is asked for dozens of them in every request. */
    private static final Map<String, String> SNAKE_CASE = new ConcurrentHashMap<>();

    /** A request, or why there is none. */
    sealed interface Asked permits Ask, Refusal {}

    private AskReader() {}

    static Asked read(byte[] body) {
        try {
            JsonNode root = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            return read(object(root, "request"));
        } catch (NotProto e) {
            return Refusal.invalid(e.reason);
        } catch (JsonProcessingException e) {
            return Refusal.invalid("syntax error: " + e.getOriginalMessage());
        } catch (IOException e) {
            return Refusal.invalid("invalid UTF-8");
        }
    }

    private static Ask read(ObjectNode root) throws NotProto {
        List<Ask.Input> inputs = new ArrayList<>();
        JsonNode events = member(root, "inputEvents");
        if (events != null && !events.isArray()) {
            throw new NotProto("unexpected token " + events);
        }
        if (events != null) {
            for (JsonNode event : events) {
                inputs.add(input(object(event, "inputEvents")));
            }
        }
        text(root, "agentId");
        return new Ask(text(root, "businessId"), text(root, "clientKey"), text(root, "sessionId"), inputs);
    }

    private static Ask.Input input(ObjectNode event) throws NotProto {
        InputKind found = null;
        for (InputKind kind : InputKind.values()) {
            if (member(event, kind.wireName()) != null) {
                found = once(found, kind, "event");
            }
        }
        JsonNode message = member(event, InputKind.MESSAGE_EVENT.wireName());
        return new Ask.Input(found, message == null ? "" : customersText(object(message, "messageEvent")));
    }

    private static String customersText(ObjectNode message) throws NotProto {
        JsonNode content = member(message, "content");
        if (content == null) {
            return "";
        }
        ObjectNode contents = object(content, "content");
        ContentKind found = null;
        for (ContentKind kind : ContentKind.values()) {
            JsonNode value = member(contents, kind.wireName());
            if (value != null) {
                object(value, kind.wireName());
                found = once(found, kind, "content");
            }
        }
        JsonNode text = member(contents, ContentKind.TEXT_CONTENT.wireName());
        boolean customers = !"ASSISTANT".equals(message.path("role").asText());
        return text == null || !customers ? "" : text(object(text, "textContent"), "text");
    }

    private static <K> K once(@Nullable K before, K now, String oneof) throws NotProto {
        if (before != null) {
            throw new NotProto("oneof " + oneof + " is already set");
        }
        return now;
    }

    /** A member by its camelCase name in either spelling; null where it is absent or null. */
    private static @Nullable JsonNode member(ObjectNode object, String name) throws NotProto {
        String snake = SNAKE_CASE.computeIfAbsent(name, WireNames::snakeCase);
        if (!snake.equals(name) && object.has(snake) && object.has(name)) {
            throw new NotProto("duplicate field \"" + snake + "\"");
        }
        JsonNode value = object.has(name) ? object.get(name) : object.get(snake);
        return value == null || value.isNull() ? null : value;
    }

    private static String text(ObjectNode object, String name) throws NotProto {
        JsonNode value = member(object, name);
        if (value == null) {
            return "";
        }
        if (!value.isTextual()) {
            throw new NotProto("invalid value for string type: " + value);
        }
        return value.textValue();
    }

    private static ObjectNode object(@Nullable JsonNode node, String what) throws NotProto {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new NotProto("unexpected token " + node + " for " + what);
    }

    /** JSON that does not fit the message. Never leaves this class. */
    private static final class NotProto extends Exception {
        private static final long serialVersionUID = 1;
        private final String reason;

        NotProto(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
