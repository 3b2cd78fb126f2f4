package dev.firstline.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection, and how far its answer has been read. */
final class NioConnection {
    private final SocketChannel channel;
    private final StringBuilder row = new StringBuilder();
    private NioClient.@Nullable Asked asked;
    private boolean inHead;
    private boolean chunked;
    private boolean lastChunk;
    private int status;
    private int length;
    private int remaining;
    private int lines;

    NioConnection(SocketChannel channel) {
        this.channel = channel;
    }

    void ask(byte[] request, NioClient.Asked newAsked) {
        if (asked != null) {
            throw new IllegalStateException("the answer before has not ended");
        }
        asked = newAsked;
        inHead = true;
        chunked = false;
        lastChunk = false;
        status = 0;
        length = 0;
        remaining = 0;
        lines = 0;
        try {
            if (channel.write(ByteBuffer.wrap(request)) != request.length) {
                throw new IllegalStateException("a socket that has no room for " + request.length + " bytes");
            }
        } catch (IOException serverLeft) {
            end(false, 0);
        }
    }

    /** Closes the connection; of its answer nothing more is heard. */
    void leave() {
        asked = null;
        try {
            channel.close();
        } catch (IOException alreadyClosed) {
            // Which is what was wanted.
        }
    }

    SocketChannel channel() {
        return channel;
    }

    void feed(ByteBuffer bytes, long nowNanos) {
        while (bytes.hasRemaining() && asked != null) {
            if (remaining > 0) {
                body(bytes, nowNanos);
            } else {
                byte next = bytes.get();
                if (next == '\n') {
                    String text = row.toString().trim();
                    row.setLength(0);
                    frame(text, nowNanos);
                } else {
                    row.append((char) next);
                }
            }
        }
    }

    private void body(ByteBuffer bytes, long nowNanos) {
        int here = Math.min(remaining, bytes.remaining());
        NioClient.Asked told = asked;
        if (told != null) {
            told.body(bytes.array(), bytes.arrayOffset() + bytes.position(), here);
            for (int i = bytes.position(); i < bytes.position() + here; i++) {
                if (bytes.get(i) == '\n') {
                    told.line(lines++, nowNanos);
                }
            }
        }
        bytes.position(bytes.position() + here);
        remaining -= here;
        if (remaining == 0 && !chunked) {
            end(status == 200, nowNanos);
        }
    }

    /** A row of the head, or one between chunks. */
    private void frame(String text, long nowNanos) {
        if (inHead && status == 0) {
            status = Integer.parseInt(text.substring(9, 12));
        } else if (inHead && !text.isEmpty()) {
            header(text);
        } else if (inHead) {
            inHead = false;
            remaining = chunked ? 0 : length;
            if (!chunked && remaining == 0) {
                end(status == 200, nowNanos);
            }
        } else if (!text.isEmpty()) {
            remaining = Integer.parseInt(text, 16);
            lastChunk = remaining == 0;
        } else if (lastChunk) {
            end(status == 200, nowNanos);
        }
    }

    private void header(String text) {
        if (text.regionMatches(true, 0, "Content-Length:", 0, 15)) {
            length = Integer.parseInt(text.substring(15).trim());
        }
        chunked |= text.regionMatches(true, 0, "Transfer-Encoding: chunked", 0, 26);
    }

    void end(boolean whole, long nowNanos) {
        NioClient.Asked told = asked;
        asked = null;
        if (told != null) {
            told.ended(whole, nowNanos);
        }
    }
}
