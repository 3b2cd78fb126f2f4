package dev.firstline.stub;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of a body, or what stood after its last line feed, and when the last byte of it arrived.
 *
 * @param atNanos counted from when the request was sent
 * @param text its bytes as characters, without the line feed
 * @param charset UTF-8; or ISO 8859-1, where a byte is a character, for what is not UTF-8
 * @param terminated whether a line feed ended it
 */
record Arrival(long atNanos, String text, Charset charset, boolean terminated) {

    static Arrival of(long atNanos, byte[] bytes, boolean terminated) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean utf8 = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        return utf8
                ? new Arrival(atNanos, text, StandardCharsets.UTF_8, terminated)
                : new Arrival(
                        atNanos,
                        new String(bytes, StandardCharsets.ISO_8859_1),
                        StandardCharsets.ISO_8859_1,
                        terminated);
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return text.getBytes(charset);
    }

    Arrival withText(String newText) {
        return new Arrival(atNanos, newText, charset, terminated);
    }
}
