package dev.firstline.run;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.gatling.AnswerCheck.Asked;
import dev.firstline.gatling.AnswerCheck.Received;
import dev.firstline.journey.Caps;
import dev.firstline.journey.Environment;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Target;
import dev.firstline.stats.CallKind;
import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers as a load run receives them. */
final class Answers {
    static final String SESSION = "s-1";

    private Answers() {}

    static Received invoke(String body) {
        return received(CallKind.INVOKE, body);
    }

    static Received received(CallKind call, String body) {
        return new Received(
                new Asked(call, "greeting", 7, 1, call == CallKind.INIT ? null : SESSION),
                200,
                "application/json",
                lines(body.getBytes(StandardCharsets.UTF_8)),
                0,
                0,
                AnswerEnd.WHOLE);
    }

    static List<Line> lines(byte[] body) {
        List<Line> lines = new ArrayList<>();
        LineDecoder decoder = new LineDecoder();
        decoder.feed(ByteBuffer.wrap(body), lines::add);
        decoder.end().ifPresent(lines::add);
        return lines;
    }

    static Secret key(String key) {
        return new Target(
                        "test",
                        URI.create("https://agent.example.com"),
                        "business",
                        null,
                        "KEY",
                        Environment.STAGING,
                        false,
                        new Caps(1, 1, Duration.ofMinutes(1)))
                .apiKey(Map.of("KEY", key));
    }
}
