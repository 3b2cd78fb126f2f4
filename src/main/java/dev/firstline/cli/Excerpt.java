package dev.firstline.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The part of a line in which something was found. */
final class Excerpt {
    private static final int BYTES_BEFORE = 30;
    private static final int BYTES_AFTER = 90;

    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Excerpt() {}

    /**
     * Some {@value #BYTES_AFTER} bytes from where the pointer points to, and a few before; without a pointer from where
     * the line stops being JSON, or from its beginning.
     */
    static String of(byte[] line, String pointer) {
        int place = Math.min(line.length, Math.max(0, place(line, pointer)));
        int from = characterStart(line, Math.max(0, place - BYTES_BEFORE));
        int to = characterStart(line, Math.min(line.length, place + BYTES_AFTER));
        String part = new String(line, from, to - from, StandardCharsets.UTF_8);
        return (from > 0 ? "…" : "") + part + (to < line.length ? "…" : "");
    }

    private static int place(byte[] line, String pointer) {
        try (JsonParser parser = STRICT.createParser(line)) {
            parser.nextToken();
            if (pointer.isEmpty()) {
                return firstFault(parser);
            }
            int place = 0;
            for (String segment : pointer.substring(1).split("/", -1)) {
                if (!descend(parser, segment.replace("~1", "/").replace("~0", "~"))) {
                    return place;
                }
                place = (int) parser.currentTokenLocation().getByteOffset();
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    parser.nextToken();
                }
            }
            return place;
        } catch (JsonProcessingException e) {
            return e.getLocation() == null ? 0 : (int) e.getLocation().getByteOffset();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Reads to the end, so that what is not JSON is thrown; else to what follows the first value. */
    private static int firstFault(JsonParser parser) throws IOException {
        parser.skipChildren();
        return parser.nextToken() == null
                ? 0
                : (int) parser.currentTokenLocation().getByteOffset();
    }

    /** From the start of an object or array to the name of a member, or to an element; false if there is none. */
    private static boolean descend(JsonParser parser, String segment) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals(segment)) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                if (segment.equals(String.valueOf(index))) {
                    return true;
                }
                parser.skipChildren();
            }
        }
        return false;
    }

    /** The place itself, or where the character begins that lies across it. */
    private static int characterStart(byte[] line, int place) {
        int start = place;
        while (start > 0 && start < line.length && place - start < 3 && (line[start] & 0xC0) == 0x80) {
            start--;
        }
        return start;
    }
}
