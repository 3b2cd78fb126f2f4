package dev.firstline.stub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A line with places for what differs from session to session, split once when it is loaded.
 *
 * <p>Only the placeholders that a recording declares are replaced, so that braces in a customer's text stay text.
 */
final class Template {
    private final List<byte[]> literals;
    private final List<Placeholder> places;

    private Template(List<byte[]> literals, List<Placeholder> places) {
        this.literals = literals;
        this.places = places;
    }

    static Template of(String text, Set<Placeholder> declared) {
        List<byte[]> literals = new ArrayList<>();
        List<Placeholder> places = new ArrayList<>();
        int literalFrom = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", open + 1)) {
            for (Placeholder place : declared) {
                if (text.startsWith(place.written(), open)) {
                    literals.add(text.substring(literalFrom, open).getBytes(StandardCharsets.UTF_8));
                    places.add(place);
                    literalFrom = open + place.written().length();
                }
            }
        }
        literals.add(text.substring(literalFrom).getBytes(StandardCharsets.UTF_8));
        return new Template(List.copyOf(literals), List.copyOf(places));
    }

    /** Bytes that are the same for everyone, and what follows them. */
    static Template of(byte[] bytes, String end) {
        byte[] whole = Arrays.copyOf(bytes, bytes.length + end.length());
        append(whole, bytes.length, end.getBytes(StandardCharsets.UTF_8));
        return new Template(List.of(whole), List.of());
    }

    /** The bytes for one request; the same array each time where nothing differs. */
    byte[] render(Placeholder.Values values) {
        if (places.isEmpty()) {
            return literals.get(0);
        }
        byte[][] filled = new byte[places.size()][];
        int length = literals.get(places.size()).length;
        for (int i = 0; i < filled.length; i++) {
            filled[i] = places.get(i).in(values);
            length += literals.get(i).length + filled[i].length;
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (int i = 0; i <= filled.length; i++) {
            at = append(bytes, at, literals.get(i));
            if (i < filled.length) {
                at = append(bytes, at, filled[i]);
            }
        }
        return bytes;
    }

    /** Whether it is no line at all but white space: a keep-alive. */
    boolean isBlank() {
        return places.isEmpty() && new String(literals.get(0), StandardCharsets.UTF_8).isBlank();
    }

    private static int append(byte[] bytes, int at, byte[] more) {
        System.arraycopy(more, 0, bytes, at, more.length);
        return at + more.length;
    }
}
