package dev.firstline.stub.network;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What goes through a pipe: some bytes, or the last thing that does.
 *
 * @param bytes what is to be read of it is what was sent; empty for an end
 * @param end how the pipe ends; null for bytes
 * @param atNanos when it came to where it is now
 */
record Chunk(ByteBuffer bytes, @Nullable End end, long atNanos) {
    /** What a chunk weighs beside its bytes: many small ones must not fill the heap below a bound on bytes. */
    static final int OVERHEAD = 128;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** How a direction ends. */
    enum End {
        /** The sender has nothing more to say, and may go on listening. */
        CLOSED,
        /** Both connections are closed, in both directions. */
        CUT,
        /** Both connections are reset: what is on its way is lost. */
        RESET
    }

    static Chunk of(ByteBuffer bytes, long atNanos) {
        return new Chunk(bytes, null, atNanos);
    }

    static Chunk end(End end, long atNanos) {
        return new Chunk(NOTHING, end, atNanos);
    }

    boolean isEnd() {
        return end != null;
    }

    int length() {
        return bytes.remaining();
    }

    int weight() {
        return length() + OVERHEAD;
    }

    Chunk at(long nanos) {
        return new Chunk(bytes, end, nanos);
    }

    /** Its first bytes. */
    Chunk first(int length) {
        return of(bytes.slice(bytes.position(), length), atNanos);
    }

    /** What is left without them. */
    Chunk without(int length) {
        return of(bytes.slice(bytes.position() + length, length() - length), atNanos);
    }
}
