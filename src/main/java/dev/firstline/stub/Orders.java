package dev.firstline.stub;

import dev.firstline.Misuse;
import dev.firstline.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a request is to get, told beside its body: by a header of its own, else by the {@code transformerParameters} of
 * the mapping that matched it.
 *
 * @param headers a header by its name, "" where it is absent
 * @param parameters the mapping's parameters
 */
record Orders(UnaryOperator<String> headers, Map<String, ?> parameters) {
    /** What can be told. */
    enum Order {
        /** What goes wrong, in the words of {@link Faults}. */
        FAULT("X-Firstline-Fault", "fault"),
        /** How fast the answer is played. */
        SPEED("X-Firstline-Speed", "speed"),
        /** When the lines of the answer leave, in the words of {@link Timing}. */
        TIMING("X-Firstline-Timing", "timing"),
        /** The journey that a session is bound to at its first turn, whatever the customer says. */
        JOURNEY("X-Firstline-Journey", "journey"),
        /** The journey that a run's customer walks: the session is bound to it if there are recordings of it. */
        WALKS("X-Firstline-Walks", "walks"),
        /** The recording that answers this one turn, whatever the customer says: {@code sofia/turn-2}. */
        RECORDING("X-Firstline-Recording", "recording");

        private final String header;
        private final String parameter;

        Order(String header, String parameter) {
            this.header = header;
            this.parameter = parameter;
        }

        /** The request header that tells it. */
        String header() {
            return header;
        }
    }

    /** What a mapping tells every request that it matches. */
    static Orders ofMapping(@Nullable Map<String, ?> parameters) {
        return new Orders(header -> "", parameters == null ? Map.of() : parameters);
    }

    /**
     * Looks at what can be wrong.
     *
     * @throws Misuse if it is
     */
    void check() {
        List<String> known =
                Arrays.stream(Order.values()).map(order -> order.parameter).toList();
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw new Misuse(
                        "one of " + String.join(", ", known),
                        name,
                        "the mapping's transformerParameters",
                        Nearest.to(name, known).map(near -> "write " + near).orElse("leave it out"));
            }
        }
        faults();
        speed();
        timing();
    }

    /** What is told, or "" where nobody says anything. */
    String told(Order order) {
        String own = headers.apply(order.header);
        if (!own.isEmpty() || !parameters.containsKey(order.parameter)) {
            return own;
        }
        return String.valueOf(parameters.get(order.parameter));
    }

    /** Where it is told, for those who wrote it. */
    String where(Order order) {
        boolean own = !headers.apply(order.header).isEmpty();
        return own ? order.header : "\"" + order.parameter + "\" in the mapping's transformerParameters";
    }

    /**
     * What is told about faults.
     *
     * @throws Misuse if it is none
     */
    Faults faults() {
        return Faults.parse(told(Order.FAULT), where(Order.FAULT));
    }

    /**
     * When the lines leave, or null where nobody says.
     *
     * @throws Misuse if it is no timing
     */
    @Nullable
    Timing timing() {
        String told = told(Order.TIMING);
        return told.isEmpty() ? null : Timing.parse(told, where(Order.TIMING));
    }

    /**
     * How fast to play, or null where nobody says.
     *
     * @throws Misuse if it is no speed
     */
    @Nullable
    Double speed() {
        String told = told(Order.SPEED);
        return told.isEmpty() ? null : Speed.parse(told, where(Order.SPEED));
    }
}
