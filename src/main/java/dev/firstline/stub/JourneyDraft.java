package dev.firstline.stub;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.firstline.wire.EventKind;
import dev.firstline.wire.InputKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded customer said, written as a journey file, so that a run can say it again. Texts are all there; what
 * else a customer can send (a voice note, a form) is not kept, and its turn asks to be completed by hand.
 */
final class JourneyDraft {
    private final String journey;
    private final List<String> turns = new ArrayList<>();

    /** @param journey lower-case letters, digits and hyphens */
    JourneyDraft(String journey) {
        this.journey = journey;
    }

    /**
     * Adds a turn.
     *
     * @param text what the customer said, redacted, or "" where it was no text
     * @param kind the kind of the input
     * @param sync whether the answer was asked for in one piece
     * @param answered the first event of the answer that a customer sees, or null if there was none
     */
    void add(String text, @Nullable InputKind kind, boolean sync, @Nullable EventKind answered) {
        StringBuilder turn = new StringBuilder();
        if (text.isEmpty()) {
            turn.append("  # The customer sent no text but: ")
                    .append(kind == null ? "an input of an unknown kind" : kind.wireName())
                    .append(". Write it here: audio, image, button, listReply, form or store.\n  - inputs: []\n");
        } else {
            turn.append("  - say: \"")
                    .append(JsonStringEncoder.getInstance().quoteAsString(text))
                    .append("\"\n");
        }
        if (sync) {
            turn.append("    sync: true\n");
        }
        if (answered != null) {
            turn.append("    expect: ").append(answered.wireName()).append('\n');
        }
        turns.add(turn.toString());
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    String text() {
        return "name: " + journey
                + "\ndescription: \"Recorded. How long the customer thinks is for you to say, with think: 2s.\"\n"
                + "turns:\n"
                + String.join("", turns);
    }
}
