package dev.firstline.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.Misuse;
import dev.firstline.stats.TurnLimits;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code slo.yaml}: what was promised.
 *
 * @param source the file's name, for messages
 * @param turn what makes a turn a good one
 * @param simulations what each simulation promises, by its name
 */
public record SloFile(String source, TurnLimits turn, Map<String, Slos> simulations) {
    public SloFile {
        simulations = Collections.unmodifiableMap(new LinkedHashMap<>(simulations));
    }

    /**
     * Reads a file whose shape its schema has approved.
     *
     * @param source the file's name, for messages
     * @throws Misuse if it says what cannot be meant
     */
    public static SloFile read(String source, JsonNode root) {
        TurnLimits turn = turn(source, root.path("turn"));
        Map<String, Slos> simulations = new LinkedHashMap<>();
        root.path("simulations").properties().forEach(named -> {
            String where = source + ", simulations: " + named.getKey();
            simulations.put(named.getKey(), SloReader.read(where, named.getValue(), turn));
        });
        return new SloFile(source, turn, simulations);
    }

    private static TurnLimits turn(String source, JsonNode turn) {
        try {
            return new TurnLimits(
                    limit(turn, "ttfl_ms"), limit(turn, "max_gap_ms"), limit(turn, "e2e_ms"), limit(turn, "stall_ms"));
        } catch (IllegalArgumentException e) {
            throw new Misuse(
                    "turn: with ttfl_ms, max_gap_ms, e2e_ms and stall_ms above 0",
                    String.valueOf(e.getMessage()),
                    source + ", turn:",
                    "mend the limit");
        }
    }

    /**
     * What a simulation promises.
     *
     * @throws Misuse if the file has nothing for it
     */
    public Slos of(String simulation) {
        Slos slos = simulations.get(simulation);
        if (slos == null) {
            throw new Misuse(
                    "promises for the simulation " + simulation,
                    simulations.isEmpty() ? "none" : "promises for " + String.join(", ", simulations.keySet()),
                    source,
                    "add " + simulation + ": under simulations:");
        }
        return slos;
    }

    private static Duration limit(JsonNode turn, String name) {
        return Duration.ofMillis(turn.path(name).asLong());
    }
}
