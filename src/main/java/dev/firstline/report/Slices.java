package dev.firstline.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A run cut into at most {@value #MAX} parts of equal length.
 *
 * @param seconds how long a part is
 * @param count how many there are
 */
record Slices(int seconds, int count) {
    static final int MAX = 120;

    private static final int[] LENGTHS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900};

    /** The parts of a run of this length. */
    static Slices of(double runSeconds) {
        double needed = Math.max(1, runSeconds) / MAX;
        int seconds = IntStream.of(LENGTHS)
                .filter(length -> length >= needed)
                .findFirst()
                .orElse((int) Math.ceil(needed));
        return new Slices(seconds, Math.max(1, (int) Math.ceil(runSeconds / seconds)));
    }

    /** In which part a moment is; what was before the first or after the last is in that one. */
    int at(long nanos) {
        return (int) Math.max(0, Math.min(count - 1L, nanos / (seconds * 1_000_000_000L)));
    }

    /** When each part begins, as minutes and seconds. */
    List<String> names() {
        return IntStream.range(0, count)
                .map(slice -> slice * seconds)
                .mapToObj(from -> "%d:%02d".formatted(from / 60, from % 60))
                .toList();
    }
}
