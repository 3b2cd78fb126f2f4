package dev.firstline.gatling;

import io.gatling.http.client.impl.Http2AppHandler;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one HTTP/2 connection that are ours. Gatling's client tells nobody that a stream was reset, nor that a
 * connection died under one; Netty's connection object does.
 *
 * <p>Relies on Gatling 3.15.1: the connection stands in the channel attribute {@code http2Connection}; the handler
 * {@code app-http2} is in the pipeline of HTTP/2 channels alone; it resets a stream on {@code StreamTimeout}; it writes
 * a stream's id into the request's headers right after {@code onWrite}; and streams above the last one that a GOAWAY
 * names are retried or failed by Gatling itself. One event loop.
 */
final class Http2Streams extends Http2ConnectionAdapter {
    private static final AttributeKey<Http2Connection> CONNECTION = AttributeKey.valueOf("http2Connection");
    private static final AttributeKey<Http2Streams> OURS = AttributeKey.valueOf(Http2Streams.class, "ours");

    private final Http2Connection connection;
    private final List<Exchange> unnumbered = new ArrayList<>();
    private final Map<Integer, Exchange> byId = new HashMap<>();

    private Http2Streams(Http2Connection connection) {
        this.connection = connection;
    }

    /** Whether the channel speaks HTTP/2. */
    static boolean on(Channel channel) {
        return channel.pipeline().get("app-http2") != null;
    }

    /** From now on the exchange is told if its stream closes. */
    static void watch(Channel channel, Exchange exchange) {
        @Nullable Http2Streams streams = channel.attr(OURS).get();
        if (streams == null) {
            streams = new Http2Streams(channel.attr(CONNECTION).get());
            streams.connection.addListener(streams);
            channel.attr(OURS).set(streams);
        }
        streams.unnumbered.add(exchange);
    }

    /** Resets a stream and leaves the connection to the others. */
    static void reset(Channel channel, int streamId) {
        Http2Connection connection = channel.attr(CONNECTION).get();
        if (channel.isActive() && connection.stream(streamId) != null) {
            channel.pipeline().fireUserEventTriggered(new Http2AppHandler.StreamTimeout(streamId));
        }
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        unnumbered.removeIf(exchange -> {
            int id = exchange.streamId();
            if (id > 0) {
                byId.put(id, exchange);
            }
            return id > 0;
        });
        @Nullable Exchange exchange = byId.remove(stream.id());
        boolean gatlingsOwn =
                connection.goAwayReceived() && stream.id() > connection.local().lastStreamKnownByPeer();
        if (exchange != null && !gatlingsOwn) {
            exchange.streamClosed();
        }
    }
}
