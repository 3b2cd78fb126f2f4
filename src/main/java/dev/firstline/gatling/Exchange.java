package dev.firstline.gatling;

import dev.firstline.stats.Clock;
import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.gatling.http.engine.tx.HttpTx;
import io.gatling.http.response.Response;
import io.gatling.http.response.ResponseBody;
import io.gatling.http.util.HttpHelper;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.HttpConversionUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;
import scala.collection.immutable.Map$;

/**
 * One request on the wire and its answer, as Gatling's client tells of it: stamps each event first and hands it to the
 * {@link Call}. A redirected call has several, one after the other.
 *
 * <p>Relies on Gatling 3.15.1: all callbacks come on the user's event loop; {@code onSend} and {@code onWrite} come
 * again when a pooled connection dies with the request on it, to send it once more; the channel is back in its pool
 * before the last chunk's callback, so nothing may close it from there; a close inside any callback would lose decoded
 * messages, so aborting is put off; what {@code onWrite} throws keeps an HTTP/1.1 request unsent, but would break an
 * HTTP/2 connection for all.
 */
final class Exchange implements HttpListener {
    private final Call call;
    private final HttpTx tx;
    private final Clock clock;
    private Request request;
    private @Nullable Channel channel;
    private @Nullable HttpResponseStatus status;
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    private boolean last;
    private int bodyBytes;
    private List<ByteBuf> chunks = List$.MODULE$.empty();

    Exchange(Call call, HttpTx tx, Clock clock) {
        this.call = call;
        this.tx = tx;
        this.clock = clock;
        this.request = tx.request().clientRequest();
    }

    @Override
    public void onSend() {
        call.sent(clock.nanoTime());
    }

    @Override
    public void onFinalClientRequest(Request finalRequest) {
        request = finalRequest;
    }

    @Override
    public void onWrite(Channel writtenTo) {
        boolean again = channel != null;
        channel = writtenTo;
        boolean http2 = Http2Streams.on(writtenTo);
        if (again && !http2) {
            // The connection died with the request on it. Sent again, a customer might say the same thing twice.
            call.broken("closed before the answer", clock.nanoTime());
        }
        if (call.isOver()) {
            if (!http2) {
                throw new NotToBeSentException();
            }
            abort();
        } else {
            call.written();
            if (http2) {
                Http2Streams.watch(writtenTo, this);
            }
        }
    }

    @Override
    public void onHttpResponse(HttpResponseStatus httpStatus, HttpHeaders httpHeaders) {
        long nowNanos = clock.nanoTime();
        status = httpStatus;
        headers = httpHeaders;
        call.headers(this, httpStatus.code(), nowNanos);
    }

    @Override
    public void onHttpResponseBodyChunk(ByteBuf chunk, boolean isLast) {
        long nowNanos = clock.nanoTime();
        last |= isLast;
        if (call.isOver()) {
            return;
        }
        if (chunk.isReadable()) {
            bodyBytes += chunk.readableBytes();
            if (tx.request().requestConfig().storeBodyParts()) {
                chunks = chunks.$colon$colon(chunk.retain());
            }
            for (ByteBuffer part : chunk.nioBuffers()) {
                call.bytes(part, nowNanos);
            }
        }
        if (isLast) {
            call.ended(this, nowNanos);
        }
    }

    @Override
    public void onThrowable(Throwable cause) {
        long nowNanos = clock.nanoTime();
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        call.broken(root.getClass().getSimpleName(), nowNanos);
    }

    /** The HTTP/2 stream is gone. Taken up after Netty is done with it, for the user may send its next request. */
    void streamClosed() {
        long nowNanos = clock.nanoTime();
        if (channel != null && !last) {
            channel.eventLoop().execute(() -> {
                if (!last) {
                    call.broken("the stream was closed", nowNanos);
                }
            });
        }
    }

    /** Leaves the answer unread: closes an HTTP/1.1 connection, resets an HTTP/2 stream. */
    void abort() {
        if (channel == null) {
            return;
        }
        Channel open = channel;
        open.eventLoop().execute(() -> {
            if (last) {
                return;
            }
            if (Http2Streams.on(open)) {
                Http2Streams.reset(open, streamId());
            } else {
                ChannelFuture unused = open.close();
            }
        });
    }

    /** The HTTP/2 stream's id, or 0 before there is one. */
    int streamId() {
        return request.getHeaders().getInt(HttpConversionUtil.ExtensionHeaderNames.STREAM_ID.text(), 0);
    }

    /** Whether Gatling will follow this answer to another address. */
    boolean redirects() {
        return status != null && tx.request().requestConfig().followRedirect() && HttpHelper.isRedirect(status);
    }

    @Nullable
    String contentType() {
        return headers.get(HttpHeaderNames.CONTENT_TYPE);
    }

    HttpTx tx() {
        return tx;
    }

    Request request() {
        return request;
    }

    /** The answer as Gatling's checks want it. Its body holds buffers until {@link #release()}. */
    Response response(long startMillis, long endMillis) {
        HttpResponseStatus known = status == null ? HttpResponseStatus.OK : status;
        return new Response(
                request,
                startMillis,
                endMillis,
                known,
                headers,
                ResponseBody.apply(bodyBytes, chunks.reverse(), StandardCharsets.UTF_8),
                Map$.MODULE$.empty(),
                channel != null && Http2Streams.on(channel));
    }

    void release() {
        List<ByteBuf> held = chunks;
        chunks = List$.MODULE$.empty();
        held.foreach(ByteBuf::release);
    }

    /** Keeps a request from being written whose call is already over. */
    private static final class NotToBeSentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotToBeSentException() {
            super("the call is over", null, false, false);
        }
    }
}
