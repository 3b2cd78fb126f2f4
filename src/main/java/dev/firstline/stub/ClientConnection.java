package dev.firstline.stub;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.org.eclipse.jetty.http2.server.HttpTransportOverHTTP2;
import wiremock.org.eclipse.jetty.io.AbstractEndPoint;
import wiremock.org.eclipse.jetty.io.EndPoint;
import wiremock.org.eclipse.jetty.io.EofException;
import wiremock.org.eclipse.jetty.io.ssl.SslConnection;
import wiremock.org.eclipse.jetty.server.HttpChannel;
import wiremock.org.eclipse.jetty.server.HttpConnection;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.util.BufferUtil;
import wiremock.org.eclipse.jetty.util.Callback;

/** What a servlet cannot do with the connection of its request: break it, and notice that the client has left. */
final class ClientConnection {
    /** Shorter waits end soon enough by themselves, and the write after them fails. */
    private static final long WATCHED_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HttpChannel channel;
    private final Object lock;
    private final Runnable clientLeft;
    private boolean watching;

    /**
     * @param lock guards the stream that is sent; held by all who call
     * @param clientLeft told at most once a watch, with the lock held
     */
    ClientConnection(HttpServletRequest request, Object lock, Runnable clientLeft) {
        this.channel = Request.getBaseRequest(request).getHttpChannel();
        this.lock = lock;
        this.clientLeft = clientLeft;
    }

    /**
     * Looks out for the client's leaving during a wait, where it is long.
     *
     * @return how long to wait before the next look: the whole wait with HTTP/1.1, where the farewell is heard
     */
    long watch(long waitNanos) {
        if (waitNanos < WATCHED_WAIT_NANOS) {
            return waitNanos;
        }
        if (!isHttp1()) {
            return WATCHED_WAIT_NANOS;
        }
        if (!watching) {
            watching = channel.getEndPoint().tryFillInterested(Callback.from(this::readable, failure -> unreadable()));
        }
        return waitNanos;
    }

    /** Whether the client is known to have left. */
    boolean isLost() {
        boolean streamReset = channel.getHttpTransport() instanceof HttpTransportOverHTTP2 http2
                && http2.getStream().isReset();
        return streamReset || !channel.getEndPoint().isOpen();
    }

    /** Leaves the reading to the container again; to be called before it is told that the answer is complete. */
    void unwatch() {
        if (watching) {
            watching = false;
            if (channel.getEndPoint() instanceof AbstractEndPoint endPoint) {
                endPoint.getFillInterest().onFail(new CancellationException("the answer is complete"));
            }
        }
    }

    /** Closes the connection in the middle of the body; with HTTP/2 only the stream, which ends by RST_STREAM. */
    void abort(boolean reset) {
        if (reset && isHttp1()) {
            SocketChannel socket = socket(channel.getEndPoint());
            try {
                // To close a socket that lingers for no time is to reset it.
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                socket.close();
            } catch (IOException alreadyClosed) {
                // Then the client has been quicker, and there is nothing left to break.
            }
        }
        channel.abort(new EofException("broken on purpose, or the client left"));
    }

    private void readable() {
        synchronized (lock) {
            if (!watching) {
                return;
            }
            watching = false;
            // A client that waits for its answer sends nothing but its farewell. One that sends its next request
            // already is let go too, as HTTP allows: the byte read here could not be given back.
            if (readOne() != 0) {
                clientLeft.run();
            } else {
                watch(WATCHED_WAIT_NANOS);
            }
        }
    }

    /** The idle time-out of the container, or {@link #unwatch()}. */
    private void unreadable() {
        synchronized (lock) {
            if (watching) {
                watching = false;
                watch(WATCHED_WAIT_NANOS);
            }
        }
    }

    private int readOne() {
        ByteBuffer one = BufferUtil.allocate(1);
        try {
            return channel.getEndPoint().fill(one);
        } catch (IOException reset) {
            return -1;
        }
    }

    private boolean isHttp1() {
        return channel.getHttpTransport() instanceof HttpConnection;
    }

    private static SocketChannel socket(EndPoint endPoint) {
        EndPoint raw = endPoint instanceof SslConnection.DecryptedEndPoint tls
                ? tls.getSslConnection().getEndPoint()
                : endPoint;
        return (SocketChannel) raw.getTransport();
    }
}
