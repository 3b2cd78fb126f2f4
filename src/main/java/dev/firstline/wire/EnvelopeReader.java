package dev.firstline.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line, or a whole JSON answer, into an {@link Envelope}.
 *
 * <p>Strict about JSON (duplicate keys and anything after the object are errors), lenient about everything else: what a
 * value should have been is the contract's business, so a member of the wrong type is passed over here. Tokens are
 * walked, no tree is built. Thread-safe.
 */
public final class EnvelopeReader {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // An address inside the source would quote the line, and a line may hold what a customer said.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private EnvelopeReader() {}

    /** What the line is. Never throws for anything a server may send. */
    public static Envelope read(Line line) {
        return read(line.bytes());
    }

    /** What the JSON text is. Never throws for anything a server may send. */
    public static Envelope read(byte[] json) {
        @Nullable Envelope notUtf8 = notUtf8(json);
        if (notUtf8 != null) {
            return notUtf8;
        }
        try (JsonParser parser = STRICT.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Envelope.Malformed(
                        parser.currentToken() == null ? "nothing but white space" : "not a JSON object");
            }
            Envelope envelope = new Reading(parser).envelope();
            if (parser.nextToken() != null) {
                return new Envelope.Malformed("something follows the JSON object at byte " + byteOffset(parser));
            }
            return envelope;
        } catch (JsonProcessingException e) {
            return new Envelope.Malformed(reason(e));
        } catch (IOException e) {
            return new Envelope.Malformed("unreadable JSON");
        }
    }

    /**
     * Jackson guesses UTF-16 and UTF-32, skips a byte order mark and lets overlong sequences and encoded surrogates
     * pass. The API speaks UTF-8.
     */
    private static Envelope.@Nullable Malformed notUtf8(byte[] json) {
        if (Utf8.isMistaken(json)) {
            return new Envelope.Malformed("neither white space nor an object in UTF-8 at byte 0");
        }
        int fault = Utf8.fault(json);
        return fault == Utf8.NO_FAULT ? null : new Envelope.Malformed("not UTF-8 at byte " + fault);
    }

    private static long byteOffset(JsonParser parser) {
        return parser.currentTokenLocation().getByteOffset();
    }

    private static String reason(JsonProcessingException e) {
        long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        String what = e.getOriginalMessage().startsWith("Duplicate field") ? "duplicate key" : "not valid JSON";
        return offset < 0 ? what : what + " at byte " + offset;
    }

    private static boolean isEventId(String key) {
        return key.equals("eventId") || key.equals("event_id");
    }

    private static boolean isCode(JsonToken value) {
        return value == JsonToken.VALUE_STRING || value.isNumeric();
    }

    /** One pass over one object. The parser stands at the object's start before and at its end after each method. */
    private static final class Reading {
        private final JsonParser parser;
        private Envelope.Wrapper wrapper = Envelope.Wrapper.UNKNOWN;
        private @Nullable String sessionId;
        private final List<Event> events = new ArrayList<>(2);
        private @Nullable ApiError error;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        Envelope envelope() throws IOException {
            String code = "";
            String message = "";
            boolean bareError = false;
            EventParts bare = new EventParts();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("result") && value == JsonToken.START_OBJECT) {
                    result();
                } else if (key.equals("response") && value == JsonToken.START_OBJECT) {
                    wrapper = Envelope.Wrapper.RESPONSE;
                    response();
                } else if (key.equals("error") && value == JsonToken.START_OBJECT) {
                    error = error();
                } else if (key.equals("code") && isCode(value)) {
                    code = parser.getText();
                    bareError = true;
                } else if (key.equals("message") && value == JsonToken.VALUE_STRING) {
                    message = parser.getText();
                    bareError = true;
                } else if (isEventId(key) || (EventKind.of(key) != null && value == JsonToken.START_OBJECT)) {
                    bare.member(key, value);
                } else {
                    parser.skipChildren();
                }
            }
            if (error != null) {
                return new Envelope.Failure(error);
            }
            if (wrapper != Envelope.Wrapper.UNKNOWN) {
                return new Envelope.Answer(wrapper, sessionId, events);
            }
            if (bare.kind != null) {
                return new Envelope.Answer(Envelope.Wrapper.BARE_EVENT, null, List.of(bare.event()));
            }
            if (bareError) {
                return new Envelope.Failure(new ApiError(code, message));
            }
            return new Envelope.Answer(Envelope.Wrapper.UNKNOWN, null, List.of());
        }

        private void result() throws IOException {
            wrapper = Envelope.Wrapper.RESULT;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT && key.equals("response")) {
                    response();
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void response() throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && (key.equals("sessionId") || key.equals("session_id"))) {
                    sessionId = parser.getText();
                } else if (value == JsonToken.START_ARRAY
                        && (key.equals("responseEvents") || key.equals("response_events"))) {
                    events();
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void events() throws IOException {
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    EventParts parts = new EventParts();
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        parts.member(parser.currentName(), parser.nextToken());
                    }
                    events.add(parts.event());
                } else {
                    parser.skipChildren();
                }
            }
        }

        private ApiError error() throws IOException {
            String code = "";
            String message = "";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("code") && isCode(value)) {
                    code = parser.getText();
                } else if (key.equals("message") && value == JsonToken.VALUE_STRING) {
                    message = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            return new ApiError(code, message);
        }

        /** The members of one event, gathered in whatever order they come. */
        private final class EventParts {
            private @Nullable EventKind kind;
            private String key = "";
            private @Nullable ContentKind content;
            private @Nullable InteractiveKind interactive;
            private @Nullable String eventId;
            private List<Choice> choices = List.of();

            void member(String name, JsonToken value) throws IOException {
                if (isEventId(name)) {
                    eventId = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                    parser.skipChildren();
                    return;
                }
                @Nullable EventKind named = EventKind.of(name);
                if (value == JsonToken.VALUE_NULL || (kind != null && named == null)) {
                    parser.skipChildren();
                    return;
                }
                // Two kinds in one event break the contract; the first known one is what the timing goes by.
                if (kind == null) {
                    kind = named;
                    key = name;
                }
                if (value == JsonToken.START_OBJECT && named == EventKind.MESSAGE_EVENT) {
                    message();
                } else if (value == JsonToken.START_OBJECT && named == EventKind.CONNECTLY_INTERACTIVE_EVENT) {
                    interactiveEvent();
                } else {
                    parser.skipChildren();
                }
            }

            private void message() throws IOException {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean isContent = parser.currentName().equals("content");
                    if (parser.nextToken() == JsonToken.START_OBJECT && isContent) {
                        while (parser.nextToken() == JsonToken.FIELD_NAME) {
                            @Nullable ContentKind named = ContentKind.of(parser.currentName());
                            if (parser.nextToken() != JsonToken.VALUE_NULL && content == null) {
                                content = named;
                            }
                            parser.skipChildren();
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
            }

            private void interactiveEvent() throws IOException {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean isInteractive = parser.currentName().equals("interactive");
                    if (parser.nextToken() == JsonToken.START_OBJECT && isInteractive) {
                        while (parser.nextToken() == JsonToken.FIELD_NAME) {
                            @Nullable InteractiveKind named = InteractiveKind.of(parser.currentName());
                            JsonToken value = parser.nextToken();
                            if (value != JsonToken.VALUE_NULL && interactive == null) {
                                interactive = named;
                            }
                            if (value == JsonToken.START_OBJECT && named != null && named == interactive) {
                                choices = new Choices(parser).of(named);
                            } else {
                                parser.skipChildren();
                            }
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
            }

            Event event() {
                return new Event(kind, key, content, interactive, eventId, choices);
            }
        }
    }
}
