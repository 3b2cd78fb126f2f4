package dev.firstline.stub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.InputKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first row of a recording. */
final class RecordingHeader {
    private static final Set<String> KEYS = Set.of(
            "recording",
            "answers",
            "status",
            "headers",
            "headersAt",
            "endAt",
            "placeholders",
            "speed",
            "fault",
            "from");

    private final JsonRow row;
    private final Recording.Answers answers;
    private final Set<Placeholder> placeholders;
    private final long headersNanos;
    private final long endNanos;

    /** @throws dev.firstline.Misuse if something is missing, unknown or out of range */
    RecordingHeader(JsonRow row) {
        row.refuseOthers(KEYS);
        row.whole("recording", Recording.FORMAT, Recording.FORMAT);
        this.row = row;
        this.answers = answers(row.object("answers"));
        this.placeholders = RecordingReader.placeholders(row);
        this.headersNanos = row.nanos("headersAt");
        this.endNanos = row.nanos("endAt");
        if (endNanos < headersNanos) {
            throw row.misuse(
                    "\"endAt\" not before \"headersAt\"", row.get("endAt").toString());
        }
    }

    Set<Placeholder> placeholders() {
        return placeholders;
    }

    long headersNanos() {
        return headersNanos;
    }

    long endNanos() {
        return endNanos;
    }

    Recording recording(String where, List<Recording.Row> rows) {
        if (rows.isEmpty() && !answers.endpoint().streamed()) {
            throw row.misuse("a row with the answer, as " + answers.endpoint().wireName() + " has one", "no row");
        }
        JsonRow from = row.object("from");
        from.refuseOthers(Set.of("source", "date", "harness"));
        Recording.Origin origin =
                new Recording.Origin(from.text("source"), from.text("date"), from.text("harness", ""));
        return new Recording(
                where,
                answers,
                row.whole("status", 200, 599),
                headers(),
                headersNanos,
                rows,
                endNanos,
                speed(),
                Faults.parse(row.text("fault", ""), row.where()),
                origin);
    }

    private @Nullable Double speed() {
        if (!row.has("speed")) {
            return null;
        }
        JsonNode speed = row.get("speed");
        return Speed.check(speed.isNumber() ? speed.doubleValue() : Double.NaN, row.where());
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> header : row.object("headers").object().properties()) {
            headers.put(header.getKey(), header.getValue().asText());
        }
        return headers;
    }

    private static Recording.Answers answers(JsonRow row) {
        row.refuseOthers(Set.of("endpoint", "journey", "turn", "text", "input"));
        Endpoint endpoint = endpoint(row);
        if (!endpoint.isTurn()) {
            row.refuseOthers(Set.of("endpoint"));
            return new Recording.Answers(endpoint, null, 0, null, null);
        }
        @Nullable String text = row.has("text") ? row.text("text").strip() : null;
        return new Recording.Answers(endpoint, row.text("journey"), row.whole("turn", 1, 10_000), text, input(row));
    }

    private static Endpoint endpoint(JsonRow row) {
        String name = row.text("endpoint");
        return Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> row.misuse("\"endpoint\" as health, init, invoke, invoke_sync or close", name));
    }

    private static @Nullable InputKind input(JsonRow row) {
        if (!row.has("input")) {
            return null;
        }
        InputKind kind = InputKind.of(row.text("input"));
        if (kind == null) {
            throw row.misuse("\"input\" as one of the five input events", row.text("input"));
        }
        return kind;
    }
}
