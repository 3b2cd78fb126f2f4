package dev.firstline.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one virtual customer says, from the first turn to the last.
 *
 * @param name lower-case letters, digits and hyphens; it names the journey in every report
 * @param description one sentence for whoever reads the file; may be empty
 * @param weight its share of a mix, relative to the other journeys: 1 to {@link #WEIGHT_MAX}
 * @param agentId the agent asked for on every turn, before the target's own; null for the target's
 * @param turns 1 to {@link #TURNS_MAX}, numbered from 1 in order
 */
public record Journey(
        String name,
        String description,
        int weight,
        @Nullable String agentId,
        Spelling spelling,
        List<Turn> turns) {
    /** The largest weight. */
    public static final int WEIGHT_MAX = 1_000;

    /** The most turns that one journey may have. */
    public static final int TURNS_MAX = 200;

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    public Journey {
        turns = List.copyOf(turns);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name is lower-case letters, digits and hyphens: " + name);
        }
        if (weight < 1 || weight > WEIGHT_MAX) {
            throw new IllegalArgumentException("weight must be 1 to " + WEIGHT_MAX + ": " + weight);
        }
        if (agentId != null) {
            Refuse.empty(agentId, "agentId");
        }
        if (turns.isEmpty() || turns.size() > TURNS_MAX) {
            throw new IllegalArgumentException("turns must be 1 to " + TURNS_MAX + ": " + turns.size());
        }
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i).number() != i + 1) {
                throw new IllegalArgumentException(
                        "turn " + (i + 1) + " is numbered " + turns.get(i).number());
            }
        }
        if (turns.get(0).picks()) {
            throw new IllegalArgumentException("the first turn picks, but nothing has been shown yet");
        }
    }

    /**
     * Reads a journey file.
     *
     * @param source the file's name, for messages
     * @throws dev.firstline.Misuse if the file says what a journey cannot do
     */
    public static Journey read(String source, JsonNode file) {
        return JourneyFile.read(source, file);
    }
}
