package dev.firstline.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers that are waited for all at once, and kept. */
final class Answers {
    private final NioClient client;
    private final Map<Integer, String> bodies = new TreeMap<>();
    private int asked;

    Answers(NioClient client) {
        this.client = client;
    }

    void ask(NioConnection connection, byte[] request) {
        int number = asked++;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        connection.ask(request, new NioClient.Asked() {
            @Override
            public void body(byte[] bytes, int from, int length) {
                body.write(bytes, from, length);
            }

            @Override
            public void line(int number, long nowNanos) {}

            @Override
            public void ended(boolean whole, long nowNanos) {
                if (!whole) {
                    throw new IllegalStateException("an answer that is none: " + body);
                }
                bodies.put(number, body.toString(StandardCharsets.UTF_8));
            }
        });
    }

    /** The bodies, in the order in which they were asked for. */
    List<String> await() {
        while (bodies.size() < asked) {
            client.poll();
        }
        return new ArrayList<>(bodies.values());
    }
}
