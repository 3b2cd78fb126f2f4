package dev.firstline.stub.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The toxics by the names, and with the attributes, that Toxiproxy gives them. */
enum ToxicKind {
    LATENCY(v -> new Toxic.Latency(v.get(0), v.get(1)), "latency", "jitter"),
    BANDWIDTH(v -> new Toxic.Bandwidth(v.get(0)), "rate"),
    SLOW_CLOSE(v -> new Toxic.SlowClose(v.get(0)), "delay"),
    TIMEOUT(v -> new Toxic.Timeout(v.get(0)), "timeout"),
    RESET_PEER(v -> new Toxic.ResetPeer(v.get(0)), "timeout"),
    SLICER(v -> new Toxic.Slicer(v.get(0), v.get(1), v.get(2)), "average_size", "size_variation", "delay"),
    LIMIT_DATA(v -> new Toxic.LimitData(v.get(0)), "bytes");

    // Its functions keep nothing, and its list never changes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<List<Long>, Toxic> make;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> attributes;

    ToxicKind(Function<List<Long>, Toxic> make, String... attributes) {
        this.make = make;
        this.attributes = List.of(attributes);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ToxicKind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    /** The names of its values, in their order. */
    List<String> attributes() {
        return attributes;
    }

    Toxic of(List<Long> values) {
        return make.apply(values);
    }
}
