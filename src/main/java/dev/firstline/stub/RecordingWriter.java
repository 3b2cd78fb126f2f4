package dev.firstline.stub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Set;

/**
 * Writes what {@link RecordingReader} reads: a header, then a row for every line, its JSON exactly as it came.
 *
 * <p>What is no JSON object becomes {@code raw}, what is no UTF-8 {@code base64}, and how the answer broke a fault in
 * its last row. Times are in milliseconds, down to the microsecond.
 */
final class RecordingWriter {
    /** One level less than Jackson reads by itself, as a row is a level more. */
    private static final int NESTING_MAX = StreamReadConstraints.DEFAULT_MAX_DEPTH - 1;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final StringBuilder text = new StringBuilder();

    private RecordingWriter() {}

    /**
     * The text of a recording.
     *
     * @param placeholders those that stand in the take's lines
     */
    static String text(Recording.Answers answers, Take take, Set<Placeholder> placeholders, Recording.Origin from) {
        return new RecordingWriter().write(answers, take, placeholders, from);
    }

    private String write(Recording.Answers answers, Take take, Set<Placeholder> placeholders, Recording.Origin from) {
        header(answers, take, placeholders, from);
        for (Arrival arrival : take.arrivals()) {
            row(arrival);
        }
        if (take.breach().isPresent()) {
            row(take.endNanos(), "\"fault\":" + quoted(take.breach().get()));
        } else if (take.arrivals().isEmpty() && !answers.endpoint().streamed()) {
            // A unary answer always has a body, be it an empty one.
            row(take.endNanos(), "\"raw\":\"\",\"newline\":false");
        }
        return text.toString();
    }

    private void header(Recording.Answers answers, Take take, Set<Placeholder> placeholders, Recording.Origin from) {
        ObjectNode header = JSON.createObjectNode().put("recording", Recording.FORMAT);
        ObjectNode asked =
                header.putObject("answers").put("endpoint", answers.endpoint().wireName());
        if (answers.journey() != null) {
            asked.put("journey", answers.journey()).put("turn", answers.turn());
        }
        if (answers.text() != null) {
            asked.put("text", answers.text());
        }
        if (answers.input() != null) {
            asked.put("input", answers.input().wireName());
        }
        header.put("status", take.status());
        ObjectNode headers = header.putObject("headers");
        for (String name : Tape.HEADERS_KEPT) {
            if (take.headers().containsKey(name)) {
                headers.put(name, take.headers().get(name));
            }
        }
        header.put("headersAt", millis(take.headersNanos())).put("endAt", millis(take.endNanos()));
        ArrayNode declared = header.putArray("placeholders");
        placeholders.stream().sorted().forEach(placeholder -> declared.add(placeholder.declaredAs()));
        header.putObject("from")
                .put("source", from.source())
                .put("date", from.date())
                .put("harness", from.harness());
        text.append(header).append('\n');
    }

    private void row(Arrival arrival) {
        String end = arrival.terminated() ? "" : ",\"newline\":false";
        if (!arrival.isUtf8()) {
            row(arrival.atNanos(), "\"base64\":\"" + Base64.getEncoder().encodeToString(arrival.bytes()) + '"' + end);
        } else if (isJsonObject(arrival.text())) {
            row(arrival.atNanos(), "\"line\":" + arrival.text() + end);
        } else {
            row(arrival.atNanos(), "\"raw\":" + quoted(arrival.text()) + end);
        }
    }

    private void row(long atNanos, String content) {
        text.append("{\"at\":")
                .append(millis(atNanos).toPlainString())
                .append(',')
                .append(content)
                .append("}\n");
    }

    /** Whether the reader finds in it, from the first character to the last, one object. */
    static boolean isJsonObject(String text) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            JSON.readTree(parser);
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static BigDecimal millis(long nanos) {
        BigDecimal millis = BigDecimal.valueOf(nanos / 1_000, 3).stripTrailingZeros();
        return millis.scale() < 0 ? millis.setScale(0) : millis;
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
