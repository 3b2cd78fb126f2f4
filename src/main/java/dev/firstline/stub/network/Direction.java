package dev.firstline.stub.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which way bytes go. */
enum Direction {
    /** From the client to the server. */
    UPSTREAM,
    /** From the server to the client. */
    DOWNSTREAM;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Direction> of(String label) {
        return Arrays.stream(values())
                .filter(direction -> direction.label().equalsIgnoreCase(label))
                .findFirst();
    }
}
