package dev.firstline.gatling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The failure matrix: what a server can do to a stream, and what must be made of it on HTTP/1.1 and HTTP/2 alike.
 *
 * @param name what the case is called, and its path
 * @param outcome the label of its outcome
 * @param lines how many lines must have been timed
 * @param message what Gatling's report must say of it; empty where it must be OK
 * @param server what the server does
 * @param client how the call is asked for
 */
record StreamCases(
        String name,
        String outcome,
        int lines,
        String message,
        Consumer<ScriptedServer.Reply> server,
        UnaryOperator<NdjsonActionBuilder> client) {
    static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofMillis(800), Duration.ofMillis(600), Duration.ofMillis(2_500));

    static final String PLAIN = "/plain";
    static final String LINE = line("One moment");
    static final String STREAM_ERROR = "{\"error\":{\"code\":14,\"message\":\"unavailable\",\"details\":[]}}\n";

    static String line(String text) {
        return "{\"result\":{\"response\":{\"sessionId\":\"s-1\",\"responseEvents\":[{\"messageEvent\":"
                + "{\"role\":\"ASSISTANT\",\"content\":{\"textContent\":{\"text\":\"" + text
                + "\"}}},\"eventId\":\"e\"}]}}}\n";
    }

    static List<StreamCases> all() {
        return List.of(
                ok("plain", 2, reply -> {
                    reply.ok().text(LINE);
                    reply.after(50, () -> reply.text(LINE).end());
                }),
                ok(
                        "many lines in a chunk",
                        3,
                        reply -> reply.ok().text(LINE + LINE + LINE).end()),
                ok("blank lines and carriage returns", 2, reply -> {
                    reply.ok()
                            .text("\r\n\n")
                            .text(LINE.replace("\n", "\r\n"))
                            .text(" \n")
                            .text(LINE)
                            .end();
                }),
                ok("a character cut in half", 1, reply -> {
                    byte[] bytes = line("Zoë 👋").getBytes(StandardCharsets.UTF_8);
                    int half = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\u00f0') + 2;
                    reply.ok().bytes(Arrays.copyOf(bytes, half));
                    reply.after(
                            30,
                            () -> reply.bytes(Arrays.copyOfRange(bytes, half, bytes.length))
                                    .end());
                }),
                ok(
                        "a line of a mebibyte",
                        1,
                        reply -> reply.ok().text(line("x".repeat(1 << 20))).end()),
                ok("until the connection closes", 1, reply -> {
                    reply.status(200, "application/json; until-closed")
                            .text(LINE)
                            .end();
                }),
                ok(
                        "no line feed at the end",
                        2,
                        reply -> reply.ok().text(LINE + LINE.strip()).end()),
                ok("an answer over several lines", 1, reply -> {
                            reply.ok()
                                    .text("{\n  \"response\": {\n    \"sessionId\": \"s-1\"\n  }\n}")
                                    .end();
                        })
                        .asked(NdjsonActionBuilder::singleAnswer),
                new StreamCases(
                        "nothing at all", "ok_empty", 0, "", reply -> reply.ok().end(), client -> client),
                ko("refused with a bare error", "http_error(503,14)", 0, "", reply -> {
                    reply.status(503, "application/json")
                            .text("{\"code\":14,\"message\":\"no\",\"details\":[]}")
                            .end();
                }),
                ko("refused with an envelope", "http_error(404,5)", 0, "", reply -> {
                    reply.status(404, "application/json")
                            .text("{\"error\":{\"code\":5,\"message\":\"no\",\"details\":[]}}\n")
                            .end();
                }),
                ko("refused in the vendor's own words", "http_error(401,ERROR_CODE_KEY)", 0, "", reply -> {
                    reply.status(401, "application/json")
                            .text("{\"message\":\"no\",\"type\":\"ERROR_TYPE_AUTHENTICATION\",\"details\":{},"
                                    + "\"code\":\"ERROR_CODE_KEY\"}")
                            .end();
                }),
                ko("refused with a page", "http_error(502)", 0, "", reply -> {
                    reply.status(502, "text/html")
                            .text("<html>Bad gateway</html>")
                            .end();
                }),
                ko("refused and then cut", "http_error(503)", 0, "", reply -> {
                    reply.status(503, "application/json").text("{\"co");
                    reply.after(50, reply::cut);
                }),
                ko("silence", "first_line_timeout", 0, "no first line within 800 ms", reply -> {}),
                ko("headers only", "first_line_timeout", 0, "no first line within 800 ms", reply -> reply.ok()),
                ko("half a line and silence", "first_line_timeout", 0, "no first line within 800 ms", reply -> {
                    reply.ok().text(LINE.substring(0, 20));
                }),
                ko("keep-alives only", "first_line_timeout", 0, "no first line within 800 ms", reply -> {
                    reply.ok();
                    every(reply, 100, 12, () -> reply.text("\n"));
                }),
                ko(
                        "a stall",
                        "stalled_out",
                        1,
                        "no line for 600 ms",
                        reply -> reply.ok().text(LINE)),
                ko("a stall with keep-alives", "stalled_out", 1, "no line for 600 ms", reply -> {
                    reply.ok().text(LINE);
                    every(reply, 100, 12, () -> reply.text("\n"));
                }),
                ko("no end", "timeout", 10, "not over after 2500 ms", reply -> {
                    reply.ok();
                    every(reply, 235, 14, () -> reply.text(LINE));
                }),
                ko("cut in mid-stream", "truncated", 1, "the connection broke in mid-stream", reply -> {
                    reply.ok().text(LINE);
                    reply.after(80, reply::cut);
                }),
                ko("half a line and cut", "truncated", 1, "the connection broke in mid-stream", reply -> {
                    reply.ok().text(LINE).text(LINE.substring(0, 20));
                    reply.after(80, reply::cut);
                }),
                ko("reset in mid-stream", "truncated", 1, "the connection broke in mid-stream", reply -> {
                    reply.ok().text(LINE);
                    reply.after(80, reply::reset);
                }),
                ko("half a line and a clean end", "truncated", 1, "the last line is cut off", reply -> {
                    reply.ok().text(LINE).text(LINE.substring(0, 20)).end();
                }),
                ko("reset before the answer", "connect_failed", 0, null, ScriptedServer.Reply::reset),
                ko("cut before the answer", "connect_failed", 0, null, ScriptedServer.Reply::cut),
                ko("a page", "malformed_line", 0, "not valid JSON", reply -> {
                    reply.status(200, "text/html").text("<html>Sign in</html>").end();
                }),
                ko("nonsense after a line", "malformed_line", 3, "not valid JSON", reply -> {
                    reply.ok().text(LINE + "{\"a\":}\n" + LINE).end();
                }),
                ko("two objects in a line", "malformed_line", 1, "something follows the JSON object", reply -> {
                            reply.ok().text(LINE + "{} {}\n").end();
                        })
                        .lines(2),
                ko(
                        "a key twice",
                        "malformed_line",
                        0,
                        "duplicate key",
                        reply -> reply.ok().text("{\"a\":1,\"a\":2}\n").end()),
                ko("a line without end", "malformed_line", 1, "a line outgrew its bound", reply -> {
                            reply.ok().text(LINE).text("{" + " ".repeat(70_000));
                        })
                        .asked(client -> client.lineBytesMax(65_536)),
                ko(
                        "an error first",
                        "stream_error(14)",
                        0,
                        "",
                        reply -> reply.ok().text(STREAM_ERROR).end()),
                ko("an error in mid-stream", "stream_error(14)", 2, "", reply -> {
                    reply.ok().text(LINE);
                    reply.after(50, () -> reply.text(STREAM_ERROR.strip()).end());
                }),
                ko("data after an error", "stream_error(14)", 3, "", reply -> {
                    reply.ok().text(LINE + STREAM_ERROR);
                    reply.after(50, () -> reply.text(LINE).end());
                }),
                ko("an error and a stall", "stalled_out", 2, "no line for 600 ms", reply -> {
                    reply.ok().text(LINE + STREAM_ERROR);
                }),
                new StreamCases(
                        "walks away after two lines",
                        "abandoned",
                        2,
                        "",
                        reply -> {
                            reply.ok().text(LINE);
                            every(reply, 50, 20, () -> reply.text(LINE));
                        },
                        client -> client.cancelAfterLines(2)),
                new StreamCases(
                        "walks away in silence",
                        "abandoned",
                        0,
                        "",
                        reply -> {},
                        client -> client.cancelAfter(Duration.ofMillis(200))),
                ko("a callback that throws", "unexpected_answer", 2, "a line callback threw AssertionError", reply -> {
                            reply.ok().text(LINE + LINE).end();
                        })
                        .asked(client -> client.onLine((session, line) -> {
                            throw new AssertionError("not this line");
                        })));
    }

    private static StreamCases ok(String name, int lines, Consumer<ScriptedServer.Reply> server) {
        return new StreamCases(name, "ok", lines, "", server, client -> client);
    }

    /** Its message is the outcome's label and the facts; null where the two protocols see other facts. */
    private static StreamCases ko(
            String name, String outcome, int lines, @Nullable String facts, Consumer<ScriptedServer.Reply> server) {
        String message = facts == null ? outcome + ":" : facts.isEmpty() ? outcome : outcome + ": " + facts;
        return new StreamCases(name, outcome, lines, message, server, client -> client);
    }

    private StreamCases asked(UnaryOperator<NdjsonActionBuilder> how) {
        return new StreamCases(name, outcome, lines, message, server, how);
    }

    private StreamCases lines(int count) {
        return new StreamCases(name, outcome, count, message, server, client);
    }

    private static void every(ScriptedServer.Reply reply, long millis, int times, Runnable step) {
        for (int i = 1; i <= times; i++) {
            reply.after(i * millis, step);
        }
    }

    boolean isKo() {
        return !message.isEmpty();
    }

    String path() {
        return "/" + name.replace(' ', '-').replace("'", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
