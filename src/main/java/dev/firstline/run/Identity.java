package dev.firstline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstline.contract.ContractFiles;
import dev.firstline.gate.Fingerprint;
import dev.firstline.journey.Share;
import dev.firstline.stats.TurnLimits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run must share with another to be compared with it: its scenario, its target, its contract, its class of
 * machine. How the embedded stub was told to behave is none of it: that is the service's behaviour, which runs are
 * compared for.
 */
final class Identity {
    /** The entry that says on what class of machine it ran. */
    static final String MACHINE = "machine";

    private static final String WORDS_OF_NO_MATTER = "description";

    private Identity() {}

    /**
     * The fingerprint.
     *
     * @param journeys what customers say, by the journey's name
     */
    static Map<String, String> of(
            Load load,
            Share share,
            String target,
            SortedMap<String, JsonNode> journeys,
            ContractFiles contract,
            TurnLimits limits) {
        Map<String, String> fingerprint = new TreeMap<>(load.scenario());
        fingerprint.put("target", target);
        fingerprint.put("journeys", String.join(",", journeys.keySet()) + " " + hash(journeys));
        fingerprint.put("contract", Fingerprint.hash((contract.digest() + limits).getBytes(StandardCharsets.UTF_8)));
        fingerprint.put(MACHINE, Machine.kind());
        if (!share.isWhole()) {
            fingerprint.put("injectors", "" + share.injectors());
        }
        return fingerprint;
    }

    private static String hash(SortedMap<String, JsonNode> journeys) {
        StringBuilder text = new StringBuilder();
        journeys.forEach((name, said) -> {
            JsonNode meant = said.deepCopy();
            if (meant instanceof ObjectNode object) {
                object.remove(WORDS_OF_NO_MATTER);
            }
            text.append(name).append(meant).append('\n');
        });
        return Fingerprint.hash(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
