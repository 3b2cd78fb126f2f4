package dev.firstline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.Contracts;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the checker does before anything is measured: it reads what travels with the harness until it is quick at it.
 */
final class Practice implements Runnable {
    /** After so many lines the compiler has nothing left to gain. */
    static final int LINES_MAX = 20_000;

    static final Duration TIME_MAX = Duration.ofSeconds(2);

    private static final String RECORDINGS = "stubs/__files/recordings";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contracts contracts;
    private final Clock clock;

    Practice(Contracts contracts, Clock clock) {
        this.contracts = contracts;
        this.clock = clock;
    }

    private record Answer(Endpoint endpoint, List<Line> lines) {}

    @Override
    public void run() {
        List<Answer> answers = Resources.shipped(RECORDINGS, ".ndjson").stream()
                .map(Practice::answer)
                .toList();
        long beginNanos = clock.nanoTime();
        int lines = 0;
        while (lines < LINES_MAX && clock.nanoTime() - beginNanos < TIME_MAX.toNanos()) {
            for (Answer answer : answers) {
                AnswerChecker checker = contracts.answer(answer.endpoint, "", (finding, line) -> {});
                checker.head(200, "application/json");
                answer.lines.forEach(checker::line);
                checker.end(AnswerEnd.WHOLE);
                lines += answer.lines.size();
            }
        }
    }

    /** A recording's lines as they are written, placeholders and all: what is found in them interests nobody. */
    private static Answer answer(String recording) {
        List<Line> lines = new ArrayList<>();
        LineDecoder decoder = new LineDecoder();
        Endpoint endpoint = Endpoint.INVOKE;
        for (String text : recording.lines().filter(row -> row.startsWith("{")).toList()) {
            JsonNode row = row(text);
            String asked = row.at("/answers/endpoint").asText();
            endpoint = Arrays.stream(Endpoint.values())
                    .filter(one -> one.wireName().equals(asked))
                    .findFirst()
                    .orElse(endpoint);
            if (row.has("line")) {
                byte[] bytes = (row.get("line") + "\n").getBytes(StandardCharsets.UTF_8);
                decoder.feed(ByteBuffer.wrap(bytes), lines::add);
            }
        }
        return new Answer(endpoint, lines);
    }

    private static JsonNode row(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recording that travels with the harness is no JSON", e);
        }
    }
}
