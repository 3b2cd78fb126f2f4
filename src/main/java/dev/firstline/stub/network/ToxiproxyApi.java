package dev.firstline.stub.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The control API, as Toxiproxy 2 documents it, so that its clients work unchanged. A browser is refused, since any
 * page that it shows could send it here.
 */
final class ToxiproxyApi implements HttpHandler {
    /** The version whose API this is. What stands after the plus is no part of a version's order. */
    static final String VERSION = "2.12.0+firstline";

    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL = 500;

    private final Loop loop;
    private final Proxies proxies;

    ToxiproxyApi(Loop loop, Proxies proxies) {
        this.loop = loop;
        this.proxies = proxies;
    }

    private record Answer(int status, @Nullable JsonNode body) {
        static Answer of(ApiError error) {
            return new Answer(error.status(), ApiJson.of(error));
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            refuseBrowsers(exchange.getRequestHeaders());
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
            if (body.length > BODY_BYTES_MAX) {
                throw new ApiError(TOO_LARGE, "request body above " + BODY_BYTES_MAX + " bytes");
            }
            List<String> path = Arrays.stream(exchange.getRequestURI().getPath().split("/", -1))
                    .filter(part -> !part.isEmpty())
                    .toList();
            String method = exchange.getRequestMethod().equals("PATCH") ? "POST" : exchange.getRequestMethod();
            return answer(method, path, () -> ApiJson.read(body));
        } catch (ApiError e) {
            return Answer.of(e);
        } catch (IllegalStateException e) {
            return Answer.of(new ApiError(INTERNAL, String.valueOf(e.getMessage())));
        }
    }

    private static void refuseBrowsers(Headers headers) {
        String agent = headers.getFirst("User-Agent");
        if ((agent != null && agent.startsWith("Mozilla/"))
                || headers.containsKey("Origin")
                || headers.containsKey("Sec-Fetch-Site")) {
            throw new ApiError(FORBIDDEN, "user agent not allowed");
        }
    }

    /** What listens under a name is looked up here, so the loop waits for no look-up. */
    private Answer answer(String method, List<String> path, Supplier<JsonNode> body) {
        return switch (method + " " + place(path)) {
            case "POST proxies" -> {
                Proxies.Wish wish = ApiJson.wish(body.get(), "");
                yield loop.call(() -> new Answer(CREATED, ApiJson.of(proxies.create(wish))));
            }
            case "POST populate" -> {
                List<Proxies.Wish> wishes = ApiJson.wishes(body.get());
                yield loop.call(() -> populate(wishes));
            }
            case "POST proxy" -> {
                String proxy = path.get(1);
                Place listen = Place.of(loop.call(() -> ApiJson.listen(body.get(), proxies.get(proxy))));
                yield loop.call(() -> update(proxies.get(proxy), body.get(), listen));
            }
            default -> loop.call(() -> answerInLoop(method, path, body));
        };
    }

    private Answer answerInLoop(String method, List<String> path, Supplier<JsonNode> body) {
        String place = place(path);
        String proxy = path.size() > 1 ? path.get(1) : "";
        String toxic = path.size() > 3 ? path.get(3) : "";
        return switch (method + " " + place) {
            case "GET version" -> new Answer(OK, ApiJson.ofVersion(VERSION));
            case "POST reset" -> {
                proxies.reset();
                yield new Answer(NO_CONTENT, null);
            }
            case "GET proxies" -> new Answer(OK, ApiJson.ofProxies(proxies.all()));
            case "GET proxy" -> new Answer(OK, ApiJson.of(proxies.get(proxy)));
            case "DELETE proxy" -> {
                proxies.remove(proxy);
                yield new Answer(NO_CONTENT, null);
            }
            case "GET toxics" ->
                new Answer(OK, ApiJson.ofToxics(proxies.get(proxy).toxics()));
            case "POST toxics" -> create(proxies.get(proxy), body);
            case "GET toxic" -> new Answer(OK, ApiJson.of(proxies.get(proxy).toxic(toxic)));
            case "POST toxic" -> update(proxies.get(proxy), toxic, body);
            case "DELETE toxic" -> {
                proxies.get(proxy).remove(toxic);
                yield new Answer(NO_CONTENT, null);
            }
            default ->
                throw place.isEmpty()
                        ? new ApiError(NOT_FOUND, "page not found")
                        : new ApiError(NOT_ALLOWED, "method not allowed");
        };
    }

    /** What a path leads to; empty if to nothing. */
    private static String place(List<String> path) {
        String first = path.isEmpty() ? "" : path.get(0);
        if (path.size() == 1
                && List.of("version", "reset", "populate", "proxies").contains(first)) {
            return first;
        }
        if (!first.equals("proxies") || (path.size() > 2 && !path.get(2).equals("toxics"))) {
            return "";
        }
        return switch (path.size()) {
            case 2 -> "proxy";
            case 3 -> "toxics";
            case 4 -> "toxic";
            default -> "";
        };
    }

    private Answer populate(List<Proxies.Wish> wishes) {
        List<NamedProxy> made = new ArrayList<>();
        try {
            wishes.forEach(wish -> made.add(proxies.createOrReplace(wish)));
            return new Answer(CREATED, ApiJson.ofPopulated(made, null));
        } catch (ApiError e) {
            return new Answer(e.status(), ApiJson.ofPopulated(made, e));
        }
    }

    private static Answer update(NamedProxy proxy, JsonNode body, Place listen) {
        Proxies.Wish wish = ApiJson.change(body, proxy, listen);
        proxy.update(wish.listen(), wish.upstream(), wish.enabled());
        return new Answer(OK, ApiJson.of(proxy));
    }

    private static Answer create(NamedProxy proxy, Supplier<JsonNode> body) {
        NamedToxic toxic = ApiJson.toxic(body.get());
        proxy.add(toxic);
        return new Answer(OK, ApiJson.of(toxic));
    }

    private static Answer update(NamedProxy proxy, String toxic, Supplier<JsonNode> body) {
        NamedToxic changed = ApiJson.change(body.get(), proxy.toxic(toxic));
        proxy.change(changed);
        return new Answer(OK, ApiJson.of(changed));
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.body() == null) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] bytes = (answer.body() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
