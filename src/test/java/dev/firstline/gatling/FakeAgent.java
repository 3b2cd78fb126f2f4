package dev.firstline.gatling;

import dev.firstline.journey.Caps;
import dev.firstline.journey.Environment;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An agent that keeps sessions and does as the customer's words say. */
final class FakeAgent implements AutoCloseable {
    static final String API_KEY = "the-key-that-nobody-may-read";

    private static final Pattern SESSION = Pattern.compile("\"sessionId\":\"([^\"]+)\"");
    private static final String LIST = event("\"connectlyInteractiveEvent\":{\"interactive\":{\"listMessage\":"
            + "{\"sections\":[{\"title\":\"t\",\"rows\":"
            + "[{\"id\":\"row-1\",\"text\":\"M\"},{\"id\":\"row-2\",\"text\":\"L\"}]}]}}}");
    private static final String GOODBYE = event("\"sessionCloseEvent\":{}");

    final Set<String> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final Queue<ScriptedServer.Asked> asked;
    private final ScriptedServer server;

    FakeAgent() {
        server = new ScriptedServer(this::answer);
        asked = server.asked;
    }

    /** The agent as a target that needs a key. */
    static Target target(String baseUrl) {
        return new Target(
                "test",
                URI.create(baseUrl),
                "business",
                null,
                "KEY",
                Environment.STAGING,
                false,
                new Caps(100, 100, Duration.ofMinutes(1)));
    }

    static Secret key() {
        return target("https://agent.example.com").apiKey(Map.of("KEY", API_KEY));
    }

    String http1() {
        return server.http1();
    }

    List<String> bodies(String clientKey) {
        return asked.stream()
                .map(ScriptedServer.Asked::body)
                .filter(body -> body.contains(clientKey))
                .toList();
    }

    List<String> keys() {
        return asked.stream().map(one -> Objects.requireNonNull(one.apiKey())).toList();
    }

    List<String> headers() {
        return asked.stream().map(ScriptedServer.Asked::headers).toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(ScriptedServer.Reply reply) {
        String body = reply.asked.body();
        String path = reply.asked.path();
        if (path.endsWith("/init")) {
            init(reply, body);
            return;
        }
        String session = session(body);
        if (!open.contains(session)) {
            refuse(reply, 400, 9);
        } else if (path.endsWith("/close")) {
            open.remove(session);
            reply.ok().text("{\"result\":{\"response\":{}}}\n").end();
        } else if (path.endsWith("/invoke_sync")) {
            reply.ok()
                    .text("{\"response\":{\"responseEvents\":[" + LIST + "]}}")
                    .end();
        } else if (body.contains("fail")) {
            reply.ok().text(StreamCases.LINE + StreamCases.STREAM_ERROR).end();
        } else if (body.contains("for ever")) {
            reply.ok().text(StreamCases.LINE);
        } else if (body.contains("goodbye")) {
            open.remove(session);
            reply.ok().text(line(GOODBYE)).end();
        } else {
            reply.ok().text(StreamCases.LINE);
            reply.after(
                    20,
                    () -> reply.text(body.contains("list") ? line(LIST) : StreamCases.LINE)
                            .end());
        }
    }

    private void init(ScriptedServer.Reply reply, String body) {
        if (body.contains("refused")) {
            refuse(reply, 429, 8);
        } else if (body.contains("nameless")) {
            reply.ok().text("{\"response\":{}}").end();
        } else {
            String session = "s-" + sessions.incrementAndGet();
            open.add(session);
            reply.ok()
                    .text("{\"response\":{\"sessionId\":\"" + session + "\"}}")
                    .end();
        }
    }

    private static void refuse(ScriptedServer.Reply reply, int status, int code) {
        reply.status(status, "application/json")
                .text("{\"code\":" + code + ",\"message\":\"no\",\"details\":[]}")
                .end();
    }

    private static String session(String body) {
        Matcher matcher = SESSION.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String event(String event) {
        return "{" + event + ",\"eventId\":\"e\"}";
    }

    private static String line(String event) {
        return "{\"result\":{\"response\":{\"responseEvents\":[" + event + "]}}}\n";
    }
}
