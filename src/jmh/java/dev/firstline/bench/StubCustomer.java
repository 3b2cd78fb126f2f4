package dev.firstline.bench;

import dev.firstline.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A customer of a stub, on a connection of its own.
 *
 * @param session its open session
 */
record StubCustomer(NioConnection connection, String session) {
    private static final int AT_ONCE = 100;

    /** Connects so many and opens their sessions, some at a time. */
    static List<StubCustomer> open(NioClient client, int port, int count) {
        List<StubCustomer> customers = new ArrayList<>();
        while (customers.size() < count) {
            List<NioConnection> connections = Stream.generate(() -> client.connect(port))
                    .limit(Math.min(AT_ONCE, count - customers.size()))
                    .toList();
            Answers opened = new Answers(client);
            connections.forEach(connection -> opened.ask(connection, init()));
            List<String> answers = opened.await();
            for (int i = 0; i < answers.size(); i++) {
                customers.add(new StubCustomer(connections.get(i), sessionOf(answers.get(i))));
            }
        }
        return customers;
    }

    static byte[] init() {
        return NioClient.post(
                Endpoint.INIT.path(), "{\"businessId\":\"b\",\"clientKey\":\"c\"}", "X-Firstline-Speed: 0\r\n");
    }

    /** The session that an answer to init opened. */
    static String sessionOf(String answer) {
        return answer.replaceAll("(?s).*\"sessionId\":\"([^\"]+)\".*", "$1");
    }

    /** @param moreHeaders each with its CRLF */
    byte[] turn(String path, String moreHeaders) {
        String body = "{\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"" + session + "\",\"inputEvents\":"
                + "[{\"messageEvent\":{\"role\":\"USER\",\"content\":{\"textContent\":{\"text\":\"Hello\"}}}}]}";
        return NioClient.post(path, body, moreHeaders);
    }

    byte[] close() {
        String body = "{\"businessId\":\"b\",\"clientKey\":\"c\",\"sessionId\":\"" + session + "\"}";
        return NioClient.post(Endpoint.CLOSE.path(), body, "X-Firstline-Speed: 0\r\n");
    }
}
