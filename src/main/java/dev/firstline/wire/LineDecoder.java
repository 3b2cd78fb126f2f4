package dev.firstline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Splits a body into lines, at line feeds only, whatever the chunks it arrives in.
 *
 * <p>U+2028, U+0085 and a lone carriage return are text. Each byte is looked at once, so the cost is linear in bytes
 * however small the chunks are. Bytes become characters nowhere here: a character may lie across two chunks.
 *
 * <p>Not thread-safe: one decoder a body, fed by one thread.
 */
public final class LineDecoder {
    /**
     * The default bound on a line, 16 MiB: a gateway passes on messages of at most 4 MiB of protobuf, whose JSON can be
     * a few times larger.
     */
    public static final int LINE_BYTES_MAX = 16 << 20;

    private static final byte[] EMPTY = {};

    private final int lineBytesMax;
    private byte[] held = EMPTY;
    private int heldBytes;
    private int lines;
    private boolean tooLong;

    /** A decoder with the default bound, {@link #LINE_BYTES_MAX}. */
    public LineDecoder() {
        this(LINE_BYTES_MAX);
    }

    /**
     * A decoder whose lines hold at most so many bytes, the line feed not counted.
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    public LineDecoder(int lineBytesMax) {
        this(lineBytesMax, 0);
    }

    /**
     * A decoder that goes on in the middle of a body, as if it had handed over some lines before.
     *
     * @throws IllegalArgumentException if the bound is not positive, or the lines before are negative
     */
    public LineDecoder(int lineBytesMax, int linesBefore) {
        if (lineBytesMax <= 0) {
            throw new IllegalArgumentException("lineBytesMax must be positive: " + lineBytesMax);
        }
        if (linesBefore < 0) {
            throw new IllegalArgumentException("linesBefore must not be negative: " + linesBefore);
        }
        this.lineBytesMax = lineBytesMax;
        this.lines = linesBefore;
    }

    /**
     * Takes the next bytes of the body and hands over each line they complete.
     *
     * @return false once a line has outgrown the bound; from then on nothing is read or handed over
     */
    public boolean feed(ByteBuffer chunk, Consumer<Line> sink) {
        int start = chunk.position();
        for (int i = lineFeed(chunk, start); i < chunk.limit() && !tooLong; i = lineFeed(chunk, start)) {
            if (hold(chunk, start, i)) {
                sink.accept(take(true));
            }
            start = i + 1;
        }
        if (!tooLong) {
            hold(chunk, start, chunk.limit());
        }
        chunk.position(chunk.limit());
        return !tooLong;
    }

    /**
     * Says that the body has ended cleanly.
     *
     * @return what stood after the last line feed, if anything did, as a line that is not {@linkplain Line#terminated()
     *     terminated}
     */
    public Optional<Line> end() {
        return heldBytes == 0 ? Optional.empty() : Optional.of(take(false));
    }

    /** Bytes that wait for their line feed. */
    public int pendingBytes() {
        return heldBytes;
    }

    /** Lines handed over so far, blank ones and those before included. */
    public int lines() {
        return lines;
    }

    /** Where the next line feed is, or the limit. Eight bytes are looked at in one step: most hold none. */
    private static int lineFeed(ByteBuffer chunk, int from) {
        int i = from;
        while (i <= chunk.limit() - Long.BYTES && !holdsLineFeed(chunk.getLong(i))) {
            i += Long.BYTES;
        }
        while (i < chunk.limit() && chunk.get(i) != '\n') {
            i++;
        }
        return i;
    }

    private static boolean holdsLineFeed(long eightBytes) {
        // The xor turns a line feed into a zero byte; taking one from each byte borrows into a top bit only where one
        // is.
        long zeroed = eightBytes ^ 0x0A0A0A0A0A0A0A0AL;
        return ((zeroed - 0x0101010101010101L) & ~zeroed & 0x8080808080808080L) != 0;
    }

    private boolean hold(ByteBuffer chunk, int from, int to) {
        int length = to - from;
        // Compared by subtraction, so that the sum cannot overflow.
        if (length > lineBytesMax - heldBytes) {
            tooLong = true;
            held = EMPTY;
            heldBytes = 0;
            return false;
        }
        if (length > held.length - heldBytes) {
            // Doubling keeps a line in many pieces linear; a line in one piece gets an array of its own size.
            int grown =
                    heldBytes == 0 ? length : Math.max(heldBytes + length, 2 * Math.min(heldBytes, lineBytesMax / 2));
            held = Arrays.copyOf(held, grown);
        }
        chunk.get(from, held, heldBytes, length);
        heldBytes += length;
        return true;
    }

    private Line take(boolean terminated) {
        int length = terminated && heldBytes > 0 && held[heldBytes - 1] == '\r' ? heldBytes - 1 : heldBytes;
        byte[] bytes = length == held.length ? held : Arrays.copyOf(held, length);
        held = EMPTY;
        heldBytes = 0;
        return new Line(++lines, bytes, terminated);
    }
}
