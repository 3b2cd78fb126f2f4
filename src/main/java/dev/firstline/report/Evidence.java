package dev.firstline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.gate.Comparison;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run's folder holds beside its figures and its verdict.
 *
 * @param turns what its turn log shows, or null where there is none
 * @param comparison how it stands beside accepted runs, or null where nobody compared it
 * @param injectors who shared the load; none where one bore it alone
 * @param examples the first answer of each rule of the contract that was not kept
 * @param note why something is missing, or empty
 * @param index where the list of all runs is, from the folder; empty where the folder is not among them
 */
record Evidence(
        @Nullable TurnDigest turns,
        @Nullable Comparison comparison,
        List<InjectorRow> injectors,
        List<FoundExample> examples,
        String note,
        String index) {
    /** What {@code firstline gate} leaves in the folder of the newest run that it judged. */
    static final String COMPARISON = "gate.json";

    private static final ObjectReader COMPARISONS =
            new JsonMapper().readerFor(Comparison.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Nothing but the figures, and why. */
    static Evidence none(String note) {
        return new Evidence(null, null, List.of(), List.of(), note, "");
    }

    /**
     * Reads what is there.
     *
     * @throws Misuse if a file is not what its name says
     */
    static Evidence of(Path folder, RunSummary run) throws IOException {
        @Nullable TurnDigest turns = null;
        String note = "There is no " + TurnLog.NAME + " in this folder: the charts of single turns are left out.";
        if (Files.isRegularFile(folder.resolve(TurnLog.NAME))) {
            turns = TurnDigest.read(folder, run.seconds());
            note = turns.isWhole() ? "" : "The turn log has no end: the charts show it as far as it goes.";
        }
        return new Evidence(
                turns,
                comparison(folder.resolve(COMPARISON)),
                InjectorRow.of(folder),
                FoundExample.of(folder, run),
                note,
                RunsPage.from(folder));
    }

    private static @Nullable Comparison comparison(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            JsonNode read = COMPARISONS.readTree(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            if (read.path("version").asInt() == Comparison.VERSION) {
                return COMPARISONS.treeToValue(read, Comparison.class);
            }
            throw new Misuse(
                    "a comparison of version " + Comparison.VERSION,
                    read.isObject() ? "version " + read.path("version") : "none",
                    file.toString(),
                    "the harness that wrote it");
        } catch (JsonProcessingException e) {
            throw new Misuse("a comparison", e.getOriginalMessage(), file.toString(), "firstline gate once more");
        }
    }
}
