package dev.firstline.wire;

import java.nio.charset.StandardCharsets;

/**
 * One line of a stream: the bytes up to, and without, a line feed (0x0A) and a carriage return before it.
 *
 * <p>Immutable by agreement: {@link #bytes()} is not copied, because every line of a load run passes here.
 */
public final class Line {
    private final int number;
    private final byte[] bytes;
    private final boolean terminated;

    Line(int number, byte[] bytes, boolean terminated) {
        this.number = number;
        this.bytes = bytes;
        this.terminated = terminated;
    }

    /** The place in the stream, counted from 1, blank lines included. */
    public int number() {
        return number;
    }

    /** The line's own array; nobody may write to it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether a line feed ended it. Only the last line of a body can lack one. */
    public boolean terminated() {
        return terminated;
    }

    /** Whether it holds only spaces, tabs and carriage returns: a keep-alive, which says nothing (A16). */
    public boolean isBlank() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The text, with U+FFFD for what is not UTF-8: for people, never for a check. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "line " + number + ": " + text();
    }
}
