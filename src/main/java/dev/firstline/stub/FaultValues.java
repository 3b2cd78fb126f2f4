package dev.firstline.stub;

import dev.firstline.Misuse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The {@code key=value} pairs of a fault's text, and which of them were asked for. */
final class FaultValues {
    /** The longest wait that a fault can ask for, so that a forgotten client is let go. */
    static final Duration WAIT_MAX = Duration.ofMinutes(10);

    private final Map<String, String> values;
    private final String where;
    private final Set<String> asked = new HashSet<>();

    FaultValues(Map<String, String> values, String where) {
        this.values = values;
        this.where = where;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key, String otherwise) {
        asked.add(key);
        return values.getOrDefault(key, otherwise);
    }

    /** @throws Misuse if the value is no whole number of the range */
    int whole(String key, int otherwise, int least, int most) {
        String text = text(key, String.valueOf(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as every other value that is out of range.
        }
        throw new Misuse(
                "%s=a whole number from %d to %d".formatted(key, least, most),
                text,
                where,
                "write " + key + "=" + least);
    }

    /**
     * A probability, 1 where none was given.
     *
     * @throws Misuse if it is not above 0 and at most 1
     */
    double rate() {
        String text = text("rate", "1");
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as every other value that is out of range.
        }
        throw new Misuse("rate=a probability above 0 and at most 1", text, where, "write rate=0.01");
    }

    /** A duration of {@code ms=...} in nanoseconds. */
    long nanos(Duration otherwise) {
        int millis = whole("ms", (int) otherwise.toMillis(), 0, (int) WAIT_MAX.toMillis());
        return Duration.ofMillis(millis).toNanos();
    }

    /** @throws Misuse if a key was given that nobody asked for */
    void refuseOthers(String kind) {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                throw new Misuse(
                        "a value that " + kind + " knows: "
                                + String.join(", ", asked.stream().sorted().toList()),
                        key,
                        where,
                        "leave it out");
            }
        }
    }
}
