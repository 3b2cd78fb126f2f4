package dev.firstline.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.firstline.Misuse;
import dev.firstline.PlainWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code shares.json}. */
public final class SharesFile {
    /** What it is called in a run's folder. */
    public static final String NAME = "shares.json";

    private static final ObjectReader READER = Json.MAPPER
            .readerFor(Shares.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private SharesFile() {}

    /** Writes it into the run's folder, whole or not at all. */
    public static void write(Path folder, Shares shares) throws IOException {
        Json.write(folder.resolve(NAME), shares);
    }

    /**
     * Reads it from a run's folder; empty where there is none, as the run was nobody's share.
     *
     * @throws Misuse if it is not of a version that this harness knows
     */
    public static Optional<Shares> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Shares shares = READER.readValue(Files.readAllBytes(file));
            if (shares == null || shares.version() != Shares.VERSION) {
                throw new Misuse(
                        "shares of version " + Shares.VERSION,
                        shares == null ? "null" : "version " + shares.version(),
                        file.toString(),
                        "the harness that wrote it");
            }
            return Optional.of(shares);
        } catch (JsonProcessingException e) {
            throw new Misuse(
                    "the shares of a run", PlainWords.of(e.getOriginalMessage()), file.toString(), "another folder");
        }
    }
}
