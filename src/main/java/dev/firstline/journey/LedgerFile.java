package dev.firstline.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.Misuse;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A ledger as it stands on disk. */
final class LedgerFile {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final Steps steps;
    private final LedgerState state = new LedgerState();
    private Ledger.@Nullable Header header;
    private long wholeBytes;

    private LedgerFile(Path file, Steps steps) {
        this.file = file;
        this.steps = steps;
    }

    /** Whoever wants to know more than what the rows add up to. */
    interface Steps {
        /**
         * An init was sent, or has opened a session.
         *
         * @param sessionId the session; null where the init was only sent
         */
        void step(@Nullable String sessionId, String clientKey);
    }

    /** Reads all whole rows. */
    static LedgerFile read(Path file) throws IOException {
        return read(file, (sessionId, clientKey) -> {});
    }

    /**
     * Reads all whole rows.
     *
     * @param steps is told each init that was sent and each session that was opened
     */
    static LedgerFile read(Path file, Steps steps) throws IOException {
        LedgerFile read = new LedgerFile(file, steps);
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        int number = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                read.row(++number, new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        // What follows the last line feed was being written when its writer died.
        read.wholeBytes = start;
        return read;
    }

    /** A stream, not a channel: an interrupt of the thread that writes would close a channel. */
    static OutputStream append(Path file) throws IOException {
        return new FileOutputStream(file.toFile(), true);
    }

    static ObjectNode json(Ledger.Header header) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ledger", VERSION)
                .put("run", header.run())
                .put("target", header.target())
                .put("baseUrl", header.baseUrl())
                .put("businessId", header.businessId());
        if (header.apiKeyEnv() != null) {
            json.put("apiKeyEnv", header.apiKeyEnv());
        }
        return json;
    }

    static ObjectNode row(String step) {
        return JsonNodeFactory.instance.objectNode().put("row", step);
    }

    /** The header, or null where its writer died before it was whole. */
    Ledger.@Nullable Header header() {
        return header;
    }

    LedgerState state() {
        return state;
    }

    /** Removes the torn row, so that the next row begins a line. */
    void cutTornRow() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(wholeBytes);
        }
    }

    private void row(int number, String text) {
        JsonNode row = parse(number, text);
        if (number == 1) {
            if (row.path("ledger").asInt() != VERSION) {
                throw unreadable(number, "another version of the file");
            }
            JsonNode apiKeyEnv = row.get("apiKeyEnv");
            header = new Ledger.Header(
                    text(row, "run", number),
                    text(row, "target", number),
                    text(row, "baseUrl", number),
                    text(row, "businessId", number),
                    apiKeyEnv == null ? null : apiKeyEnv.asText());
            return;
        }
        String step = text(row, "row", number);
        if (step.equals("intended")) {
            state.intended(text(row, "clientKey", number));
            steps.step(null, text(row, "clientKey", number));
        } else if (step.equals("opened")) {
            state.opened(text(row, "sessionId", number), text(row, "clientKey", number));
            steps.step(text(row, "sessionId", number), text(row, "clientKey", number));
        } else if (step.equals("refused")) {
            state.refused(text(row, "clientKey", number));
        } else if (step.equals("closed")) {
            state.closed(text(row, "sessionId", number));
        } else {
            throw unreadable(number, "a step called " + step);
        }
    }

    private JsonNode parse(int number, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable(number, "something that is not JSON");
        }
    }

    private String text(JsonNode row, String key, int number) {
        JsonNode value = row.get(key);
        if (value == null || !value.isTextual()) {
            throw unreadable(number, "a row without " + key);
        }
        return value.asText();
    }

    private Misuse unreadable(int number, String saw) {
        return new Misuse(
                "a ledger as a run writes it",
                saw,
                file + ", line " + number,
                "close the sessions that it names by hand, then remove the file");
    }
}
