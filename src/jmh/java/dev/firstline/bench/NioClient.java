package dev.firstline.bench;

import dev.firstline.stats.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Many HTTP/1.1 connections on the caller's thread, as cheap as can be, so that what is measured is the server. A
 * connection asks again only after its answer has ended.
 */
final class NioClient implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Clock clock = Clock.system();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Selector selector;

    NioClient() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What becomes of a request. */
    interface Asked {
        /** A line of the body has arrived whole; the first one is 0. */
        void line(int number, long nowNanos);

        /**
         * The answer is over.
         *
         * @param whole whether it was a 200 and ended as HTTP wants it
         */
        void ended(boolean whole, long nowNanos);

        /** Bytes of the body. */
        default void body(byte[] bytes, int from, int length) {}
    }

    NioConnection connect(int port) {
        try {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            NioConnection connection = new NioConnection(channel);
            channel.register(selector, SelectionKey.OP_READ, connection);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what there is, and waits for it a millisecond at most. */
    void poll() {
        try {
            selector.select(this::read, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(SelectionKey key) {
        NioConnection connection = (NioConnection) key.attachment();
        int read;
        buffer.clear();
        try {
            read = connection.channel().read(buffer);
        } catch (IOException reset) {
            read = -1;
        }
        long nowNanos = clock.nanoTime();
        if (read < 0) {
            key.cancel();
            connection.end(false, nowNanos);
        } else {
            connection.feed(buffer.flip(), nowNanos);
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A POST with a key of no worth.
     *
     * @param moreHeaders each with its CRLF
     */
    static byte[] post(String path, String body, String moreHeaders) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: stub\r\nx-api-key: bench\r\n"
                + "Content-Type: application/json\r\n" + moreHeaders + "Content-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
