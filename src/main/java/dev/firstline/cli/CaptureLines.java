package dev.firstline.cli;

import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Splits a capture of any size into lines. One that is too long is told of and passed over, and reading goes on. */
final class CaptureLines {
    /** How much is read at once; less than a line may hold, see {@link #feed}. */
    static final int CHUNK_BYTES = 1 << 18;

    private final Consumer<Line> sink;
    private final IntConsumer tooLong;
    private LineDecoder decoder = new LineDecoder();
    private boolean skipping;

    /** @param tooLong takes the number of each line that is longer than {@link LineDecoder#LINE_BYTES_MAX} */
    CaptureLines(Consumer<Line> sink, IntConsumer tooLong) {
        this.sink = sink;
        this.tooLong = tooLong;
    }

    /** Takes the next bytes: at most {@link #CHUNK_BYTES}. */
    void feed(byte[] chunk, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
        skip(bytes);
        int from = bytes.position();
        if (!decoder.feed(bytes, sink)) {
            // A chunk is shorter than the bound, so the line began before this one and ends at its first line feed, if
            // it has any.
            int number = decoder.lines() + 1;
            tooLong.accept(number);
            decoder = new LineDecoder(LineDecoder.LINE_BYTES_MAX, number);
            skipping = true;
            skip(bytes.position(from));
            decoder.feed(bytes, sink);
        }
    }

    /** Says that there are no more bytes. */
    void end() {
        decoder.end().ifPresent(sink);
    }

    /** Lines so far, blank ones and those that were passed over included. */
    int lines() {
        return decoder.lines();
    }

    private void skip(ByteBuffer bytes) {
        while (skipping && bytes.hasRemaining()) {
            skipping = bytes.get() != '\n';
        }
    }
}
