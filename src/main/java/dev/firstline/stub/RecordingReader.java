package dev.firstline.stub;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads recordings: plain text, one row a line, the header first, comments behind {@code #}, blank lines anywhere.
 *
 * <pre>
 * {"recording":1,"answers":{"endpoint":"invoke","journey":"greeting","turn":1,"text":"Oi!"},"status":200,...}
 * {"at":402.5,"line":{"result":{"response":{"sessionId":"{{sessionId}}","responseEvents":[]}}}}
 * {"at":800,"raw":""}
 * {"at":900,"base64":"w+k="}
 * {"at":955,"raw":"{\"cut","newline":false}
 * {"at":960,"fault":"reset"}
 * </pre>
 *
 * <p>{@code at} is in milliseconds since the request was sent. {@code line} is replayed as it is written, never
 * re-serialised; {@code raw} is text that need not be JSON, and blank it is a keep-alive; {@code base64} is for bytes
 * that are not UTF-8.
 */
final class RecordingReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> ROW_KEYS = Set.of("at", "line", "raw", "base64", "newline", "fault");
    private static final List<String> CONTENTS = List.of("line", "raw", "base64");

    private final String where;
    private final List<Recording.Row> rows = new ArrayList<>();
    private @Nullable RecordingHeader header;
    private int lineNumber;
    private long lastNanos;

    private RecordingReader(String where) {
        this.where = where;
    }

    /**
     * Reads a recording.
     *
     * @param where what errors call it
     * @throws Misuse that names the line which is not as it should be
     */
    static Recording read(String where, String text) {
        return new RecordingReader(where).read(text);
    }

    /**
     * Reads a file.
     *
     * @param where what errors call it
     * @throws Misuse that names the line which is not as it should be
     */
    static Recording read(String where, Path file) throws IOException {
        try {
            return read(where, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new Misuse("UTF-8", "bytes that are not", where, "write them as {\"at\": ..., \"base64\": \"...\"}");
        }
    }

    /** Whether a line of a recording is blank or a comment. */
    static boolean saysNothing(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private Recording read(String text) {
        for (String line : text.split("\n", -1)) {
            lineNumber++;
            if (saysNothing(line)) {
                continue;
            }
            JsonRow row = new JsonRow(parse(line), place());
            if (header == null) {
                header = new RecordingHeader(row);
                lastNanos = header.headersNanos();
            } else {
                rows.add(row(line, row, header));
            }
        }
        if (header == null) {
            throw new Misuse("a header row", "no row at all", where, "copy one of the shipped recordings");
        }
        return header.recording(where, rows);
    }

    private Recording.Row row(String text, JsonRow row, RecordingHeader head) {
        row.refuseOthers(ROW_KEYS);
        long atNanos = row.nanos("at");
        if (atNanos < lastNanos || atNanos > head.endNanos()) {
            throw row.misuse(
                    "\"at\" between the row before (or the headers) and \"endAt\"",
                    row.get("at").toString());
        }
        lastNanos = atNanos;
        List<String> contents = CONTENTS.stream().filter(row::has).toList();
        if (contents.size() > 1 || (contents.isEmpty() && !row.has("fault"))) {
            throw row.misuse("one of \"line\", \"raw\", \"base64\" and \"fault\"", text);
        }
        Optional<Template> line =
                contents.stream().findFirst().map(content -> line(content, text, row, head.placeholders()));
        return new Recording.Row(lineNumber, atNanos, line, faults(row));
    }

    private Template line(String content, String text, JsonRow row, Set<Placeholder> declared) {
        String end = row.bool("newline", true) ? "\n" : "";
        if (content.equals("base64")) {
            return Template.of(row.bytes(content), end);
        }
        return Template.of((content.equals("line") ? verbatimLine(text) : row.text(content)) + end, declared);
    }

    private Faults faults(JsonRow row) {
        Faults faults = Faults.parse(row.text("fault", ""), place());
        for (FaultAt fault : faults.all()) {
            if (fault.line() != 1 || fault.on() != null) {
                throw row.misuse("a fault without \"at=\" and \"on=\": it strikes at its own row", row.text("fault"));
            }
        }
        return faults;
    }

    /** The exact characters of the member "line". */
    private String verbatimLine(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("line");
                parser.nextToken();
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                if (found) {
                    return text.substring(from, (int) parser.currentLocation().getCharOffset());
                }
            }
            throw new IllegalStateException("the row was read before and had a line");
        } catch (IOException e) {
            throw notJson(text, e);
        }
    }

    private JsonNode parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            throw notJson(line, e);
        }
    }

    private Misuse notJson(String line, IOException e) {
        String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
        return new Misuse("a row that is one JSON object", reason, place(), "look at " + JsonRow.abridged(line));
    }

    private String place() {
        return where + ":" + lineNumber;
    }

    /** The placeholders by the names that a header declares. */
    static Set<Placeholder> placeholders(JsonRow row) {
        Set<Placeholder> declared = EnumSet.noneOf(Placeholder.class);
        for (JsonNode name : row.get("placeholders")) {
            declared.add(Placeholder.of(name.asText())
                    .orElseThrow(() -> row.misuse(
                            "placeholders of sessionId, turn, clientKey, businessId, text, now, uuid",
                            name.toString())));
        }
        return declared;
    }
}
