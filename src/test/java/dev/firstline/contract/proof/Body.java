package dev.firstline.contract.proof;

import static java.util.stream.Collectors.joining;

import dev.firstline.wire.Line;
import dev.firstline.wire.LineDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of an answer.
 *
 * @param tooLong whether after them came one that nobody could read
 */
record Body(List<Line> lines, boolean tooLong) {
    Body {
        lines = List.copyOf(lines);
    }

    /** Splits a body as the wire does, with at most so many bytes in a line. */
    static Body read(byte[] bytes, int lineBytesMax) {
        List<Line> lines = new ArrayList<>();
        LineDecoder decoder = new LineDecoder(lineBytesMax);
        boolean all = decoder.feed(ByteBuffer.wrap(bytes), lines::add);
        decoder.end().ifPresent(lines::add);
        return new Body(lines, !all);
    }

    @Override
    public String toString() {
        return lines.stream().map(Line::text).collect(joining("\n"));
    }
}
