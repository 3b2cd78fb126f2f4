package dev.firstline.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.firstline.Misuse;
import dev.firstline.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** {@code summary.json}. */
public final class SummaryFile {
    /** What it is called in a run's folder. */
    public static final String NAME = "summary.json";

    private static final ObjectReader READER = Json.MAPPER
            .readerFor(RunSummary.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private SummaryFile() {}

    /** Writes it into the run's folder, whole or not at all. */
    public static void write(Path folder, RunSummary summary) throws IOException {
        Json.write(folder.resolve(NAME), summary);
    }

    /**
     * Reads it from a run's folder, or from the file itself.
     *
     * @throws Misuse if there is none or it is not a summary of a version that this harness knows
     */
    public static RunSummary read(Path runOrFile) throws IOException {
        Path file = Files.isDirectory(runOrFile) ? runOrFile.resolve(NAME) : runOrFile;
        try {
            RunSummary summary = READER.readValue(Files.readAllBytes(file));
            if (summary == null || summary.version() != RunSummary.VERSION) {
                throw new Misuse(
                        "a summary of version " + RunSummary.VERSION,
                        summary == null ? "null" : "version " + summary.version(),
                        file.toString(),
                        "the harness that wrote it");
            }
            return summary;
        } catch (NoSuchFileException e) {
            throw new Misuse(
                    "a run's folder with a " + NAME, "no such file", file.toString(), "a folder of reports/runs");
        } catch (JsonProcessingException e) {
            throw new Misuse(
                    "a summary", PlainWords.of(e.getOriginalMessage()), file.toString(), "another run's folder");
        }
    }
}
