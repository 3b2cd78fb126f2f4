package dev.firstline.stub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one answer while it arrives, every byte with its time. Whoever feeds it reads the clock before anything else.
 *
 * <p>Not thread-safe: one answer, fed by one thread after the other.
 */
final class Tape {
    /** What one answer may hold at most: 64 MiB. */
    static final int BYTES_MAX = 64 << 20;

    /** The response headers that are kept; of all others not even the name gets into a recording. */
    static final List<String> HEADERS_KEPT =
            List.of("Content-Type", "Cache-Control", "Retry-After", "Grpc-Metadata-Content-Type");

    private final long sentNanos;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int status;
    private long headersNanos = -1;
    private long lastNanos;
    private int bytes;
    private String unfit = "";

    /** @param sentNanos when the request was sent; all times here are of the same clock, and none is before that */
    Tape(long sentNanos) {
        this.sentNanos = sentNanos;
    }

    void headers(HttpResponse.ResponseInfo response, long nowNanos) {
        headersNanos = since(nowNanos);
        lastNanos = headersNanos;
        status = response.statusCode();
        for (String name : HEADERS_KEPT) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
        }
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        if (!encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            unfit = "its body is compressed (" + encoding + "), so its lines cannot be seen";
        }
    }

    /** Takes bytes of the body, which are all read. */
    void body(ByteBuffer chunk, long nowNanos) {
        lastNanos = since(nowNanos);
        bytes = Math.min(BYTES_MAX + 1, bytes + chunk.remaining());
        if (bytes > BYTES_MAX) {
            unfit = "it is longer than " + BYTES_MAX + " bytes";
            arrivals.clear();
            line.reset();
            return;
        }
        while (chunk.hasRemaining()) {
            byte next = chunk.get();
            if (next == '\n') {
                arrived(true);
            } else {
                line.write(next);
            }
        }
    }

    /** Whether anything of the answer has arrived. */
    boolean hasBegun() {
        return headersNanos >= 0;
    }

    /** Why no recording can be made of the answer; empty if one can. */
    String unfit() {
        return unfit;
    }

    /** The answer has ended cleanly. */
    Take ended(long nowNanos) {
        return take(nowNanos, Optional.empty());
    }

    /** The answer broke off. */
    Take broken(long nowNanos, Throwable why) {
        return take(nowNanos, Optional.of(isReset(why) ? "reset" : "close"));
    }

    /** Nobody waits for the rest of the answer any longer. */
    Take silent(long nowNanos) {
        return take(nowNanos, Optional.of("hang"));
    }

    private Take take(long nowNanos, Optional<String> breach) {
        if (line.size() > 0) {
            arrived(false);
        }
        return new Take(status, headers, headersNanos, arrivals, since(nowNanos), breach);
    }

    private long since(long nowNanos) {
        return Math.max(0, nowNanos - sentNanos);
    }

    private void arrived(boolean terminated) {
        arrivals.add(Arrival.of(lastNanos, line.toByteArray(), terminated));
        line.reset();
    }

    private static boolean isReset(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    && String.valueOf(cause.getMessage()).contains("reset")) {
                return true;
            }
        }
        return false;
    }
}
