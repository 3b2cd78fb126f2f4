package dev.firstline.journey;

import dev.firstline.wire.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a customer says in one go, and what should come back.
 *
 * @param number its place in the journey, from 1
 * @param think how long the customer waits after the call before it has ended; at most {@link #THINK_MAX}
 * @param inputs what is sent, in order: 1 to {@link #INPUTS_MAX}
 * @param expects kinds that must all come, in any order; empty where the journey does not mind
 * @param abandon when the customer walks away, or null for one who stays to the end
 */
public record Turn(
        int number,
        Mode mode,
        Duration think,
        List<Input> inputs,
        Set<Expectation> expects,
        @Nullable Abandon abandon) {
    /** The most that one turn may send. */
    public static final int INPUTS_MAX = 20;

    /** The longest think time. */
    public static final Duration THINK_MAX = Duration.ofHours(1);

    public Turn {
        inputs = List.copyOf(inputs);
        expects = Collections.unmodifiableSet(new LinkedHashSet<>(expects));
        if (number < 1) {
            throw new IllegalArgumentException("number must be at least 1: " + number);
        }
        if (think.isNegative() || think.compareTo(THINK_MAX) > 0) {
            throw new IllegalArgumentException("think must be from 0 to " + THINK_MAX + ": " + think);
        }
        if (inputs.isEmpty() || inputs.size() > INPUTS_MAX) {
            throw new IllegalArgumentException("inputs must be 1 to " + INPUTS_MAX + ": " + inputs.size());
        }
        if (abandon != null && !expects.isEmpty()) {
            throw new IllegalArgumentException("a turn that is abandoned cannot expect anything");
        }
        if (abandon instanceof Abandon.AfterLines && mode == Mode.SYNC) {
            throw new IllegalArgumentException("a sync answer has no lines to walk away after");
        }
    }

    /** Whether something in it answers what the turn before has shown. */
    public boolean picks() {
        return inputs.stream().anyMatch(Turn::picks);
    }

    /** What was expected and is not among the events of the answer; empty when all came. */
    public Set<Expectation> unmet(Collection<Event> events) {
        Set<Expectation> unmet = new LinkedHashSet<>(expects);
        unmet.removeIf(expected -> events.stream().anyMatch(expected::metBy));
        return unmet;
    }

    private static boolean picks(Input input) {
        Answer answer = input instanceof Input.ButtonResponse press
                ? press.answer()
                : input instanceof Input.ListReply reply ? reply.answer() : null;
        return answer != null && !(answer instanceof Answer.Literal);
    }
}
