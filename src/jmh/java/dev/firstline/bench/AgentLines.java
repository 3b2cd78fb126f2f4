package dev.firstline.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines such as an agent sends: a text of about 300 bytes, and every fifth line three products of its shop. */
final class AgentLines {
    private static final String SESSION = "b6bed81c-5fda-486d-b96c-1ff3af36219a";
    private static final int PRODUCTS = 3;
    private static final int SHELF = 10;

    private AgentLines() {}

    /** The lines of one reply, without line feeds. */
    static List<byte[]> reply(int lines) {
        return reply(lines, PRODUCTS);
    }

    /** The same with ten products in every fifth line, some 3 KB. */
    static List<byte[]> longReply(int lines) {
        return reply(lines, SHELF);
    }

    private static List<byte[]> reply(int lines, int products) {
        return IntStream.range(0, lines)
                .mapToObj(i -> i % 5 == 4
                        ? recommendation(i, products)
                        : text(i, "Olá! Você procura um vestido de festa até US$ 100?"))
                .toList();
    }

    static byte[] text(int number, String text) {
        return line(number, """
                "messageEvent":{"role":"ASSISTANT","content":{"textContent":{"text":"%s"}},\
                "createdAt":"2026-11-20T18:00:00.123456Z","metadata":{}}""".formatted(text));
    }

    static byte[] recommendation(int number) {
        return recommendation(number, PRODUCTS);
    }

    static byte[] recommendation(int number, int howMany) {
        String products = IntStream.range(0, howMany)
                .mapToObj(product -> """
                        {"productId":"sku-%1$d","title":"Festive dress %1$d","description":"Knee-length, sleeveless, \
                        lined; dry clean only. Ships in two days.","url":"https://shop.example.com/p/%1$d",\
                        "imageUrl":"https://cdn.example.com/i/%1$d.jpg","price":79.9,"currency":"USD",\
                        "facets":{"color":"red","size":"M"},"metadata":{}}""".formatted(100 * number + product))
                .collect(Collectors.joining(","));
        return line(number, "\"recommendationEvent\":{\"products\":[" + products + "]}");
    }

    private static byte[] line(int number, String event) {
        String id = "evt-%04d".formatted(number);
        String line = """
                {"result":{"response":{"sessionId":"%s","responseEvents":[{%s,"eventId":"%s"}]}}}""";
        return line.formatted(SESSION, event, id).getBytes(StandardCharsets.UTF_8);
    }
}
