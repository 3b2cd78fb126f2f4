package dev.firstline.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

    /**
     * Several lines as one, with their line feeds again: white space between two JSON values, and nothing that may
     * stand inside of a text. It has the number of the first and is terminated as the last is.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Line joined(List<Line> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("no lines");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Line line : lines) {
            if (bytes.size() > 0) {
                bytes.write('\n');
            }
            bytes.writeBytes(line.bytes);
        }
        return new Line(lines.get(0).number, bytes.toByteArray(), lines.get(lines.size() - 1).terminated);
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

    /** Whether its first byte that is not white space begins a JSON object. */
    public boolean beginsAnObject() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return b == '{';
            }
        }
        return false;
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
