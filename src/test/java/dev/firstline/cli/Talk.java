package dev.firstline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A customer's side of a conversation, with the JDK's own client. */
final class Talk {
    private static final String PATH = "/external/v1/ai/agent_graph/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI baseUrl;

    Talk(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** An answer's lines, as they come, and how it ends: with an error where its end is missing. */
    record Answer(BlockingQueue<String> lines, CompletableFuture<Void> end) {
        /** The next line, or null if none comes in that time. */
        @Nullable
        String next(long seconds) throws InterruptedException {
            return lines.poll(seconds, TimeUnit.SECONDS);
        }
    }

    /** Opens a session and gives its id. */
    String init() throws IOException, InterruptedException {
        return JSON.readTree(post("init", ids("")).body())
                .at("/response/sessionId")
                .asText();
    }

    /** Says something; what is answered comes line by line. */
    Answer says(String session, String text) {
        return turn(session, "{'messageEvent':{'role':'USER','content':{'textContent':{'text':'" + text + "'}}}}");
    }

    Answer turn(String session, String event) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        CompletableFuture<Void> end = CLIENT.sendAsync(
                        request("invoke", ids(session) + ",'inputEvents':[" + event + "]"),
                        HttpResponse.BodyHandlers.ofLines())
                .thenAcceptAsync(answer -> {
                    try (Stream<String> body = answer.body()) {
                        body.forEach(lines::add);
                    }
                });
        return new Answer(lines, end);
    }

    int close(String session) throws IOException, InterruptedException {
        return post("close", ids(session)).statusCode();
    }

    /** A page of the stub about itself, below {@code /__admin/}. */
    JsonNode page(String name) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(baseUrl.resolve("/__admin/" + name)).build();
        return JSON.readTree(
                CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpResponse<String> post(String endpoint, String fields) throws IOException, InterruptedException {
        return CLIENT.send(request(endpoint, fields), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String endpoint, String fields) {
        return HttpRequest.newBuilder(baseUrl.resolve(PATH + endpoint))
                .header("Content-Type", "application/json")
                .header("x-api-key", "any")
                .POST(HttpRequest.BodyPublishers.ofString(("{" + fields + "}").replace('\'', '"')))
                .build();
    }

    private static String ids(String session) {
        return "'businessId':'b','clientKey':'c'" + (session.isEmpty() ? "" : ",'sessionId':'" + session + "'");
    }
}
