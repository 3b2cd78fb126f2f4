package dev.firstline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.PlainWords;
import dev.firstline.gate.Certificate;
import dev.firstline.gate.Certificate.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * {@code certificate.json} in the folder for reports: what {@code firstline certify} left there for the runs after it.
 */
public final class CertificateFile {
    /** What it is called. */
    public static final String NAME = "certificate.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            // A newer harness may have added a member; that alone makes its file no less readable.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private CertificateFile() {}

    /**
     * What the certificate in a folder for reports says about a rate that is planned on this machine. A file that
     * cannot be read is as good as none, and is told in the note: a broken file may neither stop a run nor pass
     * unnoticed.
     *
     * @param rate the highest rate that is planned, in journeys a second
     * @param turnsPerS the same in turns a second
     */
    public static Standing standing(Path reports, double rate, double turnsPerS) {
        try {
            return Certificate.standing(read(reports).orElse(null), Machine.kind(), Machine.harness(), rate, turnsPerS);
        } catch (IOException e) {
            String why = e instanceof JsonProcessingException json
                    ? PlainWords.of(json.getOriginalMessage())
                    : "" + e.getMessage();
            return new Standing(
                    "not certified on this machine, " + reports.resolve(NAME) + " cannot be read (" + why
                            + "): firstline certify writes a new one",
                    Optional.empty());
        }
    }

    /** The newest certificate, or empty where there is none. */
    static Optional<Certificate> read(Path reports) throws IOException {
        try {
            Certificate certificate = JSON.readValue(Files.readAllBytes(reports.resolve(NAME)), Certificate.class);
            if (certificate == null || certificate.version() != Certificate.VERSION) {
                throw new IOException("it is of another version than " + Certificate.VERSION);
            }
            if (!certificate.hasRates()) {
                throw new IOException("a rate of it is no number above 0");
            }
            return Optional.of(certificate);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Refuses a folder for reports that takes no certificate, before minutes are spent on one.
     *
     * @throws Misuse if it is none, or the file's place is taken
     */
    static void refuseUnwritable(Path reports) {
        Path file = reports.resolve(NAME);
        if (Files.exists(reports) && !Files.isDirectory(reports)) {
            throw new Misuse("a folder for results", "a file", "--reports " + reports, "another folder");
        }
        for (Path taken : List.of(file, draft(file))) {
            if (Files.isDirectory(taken)) {
                throw new Misuse("a file, or nothing yet", "a folder", taken.toString(), "move it away");
            }
        }
    }

    /**
     * Writes it, whole or not at all.
     *
     * @throws Misuse if it cannot be written there
     */
    static Path write(Path reports, Certificate certificate) {
        refuseUnwritable(reports);
        Path file = reports.resolve(NAME);
        try {
            Files.createDirectories(reports);
            Files.write(draft(file), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(certificate));
            return Files.move(draft(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Misuse(
                    "a place where the certificate can be written",
                    "" + e.getMessage(),
                    file.toString(),
                    "another folder with --reports");
        }
    }

    private static Path draft(Path file) {
        return file.resolveSibling(NAME + ".part");
    }
}
