package dev.firstline.stub;

/**
 * Bytes, mostly one line, and when they are due after the arrival of the request; in several pieces where a fault asks
 * for that. The array is shared and nobody writes to it.
 */
final class Step {
    private final long dueNanos;
    private final byte[] bytes;
    private final int pieceBytes;
    private final long gapNanos;

    Step(long dueNanos, byte[] bytes) {
        this(dueNanos, bytes, 0, 0);
    }

    private Step(long dueNanos, byte[] bytes, int pieceBytes, long gapNanos) {
        this.dueNanos = dueNanos;
        this.bytes = bytes;
        this.pieceBytes = pieceBytes;
        this.gapNanos = gapNanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether it is sent in pieces, each flushed by itself. Otherwise it shares a flush with what is due with it. */
    boolean inPieces() {
        return pieceBytes > 0;
    }

    /** How many bytes are sent at once from an offset on. */
    int pieceLength(int offset) {
        return inPieces() ? Math.min(pieceBytes, bytes.length - offset) : bytes.length - offset;
    }

    /** When the piece at an offset is due. */
    long dueNanos(int offset) {
        return inPieces() ? dueNanos + offset / pieceBytes * gapNanos : dueNanos;
    }

    /** When the last piece is due. */
    long lastDueNanos() {
        return dueNanos(Math.max(0, bytes.length - 1));
    }

    Step at(long newDueNanos) {
        return new Step(newDueNanos, bytes, pieceBytes, gapNanos);
    }

    Step later(long nanos) {
        return at(dueNanos + nanos);
    }

    Step with(byte[] newBytes) {
        return new Step(dueNanos, newBytes, pieceBytes, gapNanos);
    }

    /** The same in pieces of so many bytes, and so much time from each to the next. */
    Step inPiecesOf(int newPieceBytes, long newGapNanos) {
        return new Step(dueNanos, bytes, newPieceBytes, newGapNanos);
    }
}
