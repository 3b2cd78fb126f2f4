package dev.firstline.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.firstline.Misuse;
import dev.firstline.PlainWords;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Doubt;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code verdict.json}: the verdict for machines. */
final class VerdictJson {
    private static final int VERSION = 1;

    /** What a search is called where others have a simulation. */
    private static final String CAPACITY = "capacity";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static final String NAME = "verdict.json";

    private VerdictJson() {}

    /**
     * A verdict that was written.
     *
     * @param gatling where Gatling's own report is, from the run's folder; null where there is none
     */
    record Written(Verdict verdict, @Nullable String gatling) {}

    private record File(
            int version,
            String run,
            String simulation,
            String target,
            Decision verdict,
            @JsonProperty("exit_code") int exitCode,
            List<Promise> promises,
            List<Reason> reasons,
            List<Doubt> doubts,
            List<String> notes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String gatling) {}

    static String write(RunSummary run, Verdict verdict, @Nullable String gatling) {
        File file = new File(
                VERSION,
                run.run(),
                run.simulation(),
                run.target(),
                verdict.decision(),
                verdict.decision().exitCode(),
                verdict.promises(),
                verdict.reasons(),
                verdict.doubts(),
                verdict.notes(),
                gatling);
        return text(file);
    }

    /** The same of a capacity search: what it found is in a file of its own. */
    static String write(CapacityResult search) {
        return text(new File(
                VERSION,
                search.run(),
                CAPACITY,
                search.target(),
                search.decision(),
                search.decision().exitCode(),
                List.of(),
                search.reasons(),
                List.of(),
                search.notes(),
                null));
    }

    private static String text(File file) {
        try {
            return JSON.writeValueAsString(file) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verdict is plain data", e);
        }
    }

    static Written read(String json) throws JsonProcessingException {
        @Nullable File file = JSON.readValue(json, File.class);
        if (file == null) {
            throw new IllegalArgumentException("null");
        }
        if (file.version() != VERSION) {
            throw new IllegalArgumentException("version " + file.version());
        }
        Verdict verdict = new Verdict(file.verdict(), file.promises(), file.reasons(), file.doubts(), file.notes());
        return new Written(verdict, file.gatling());
    }

    /**
     * Reads it from a run's folder.
     *
     * @throws Misuse if there is none or it is not a verdict of a version that this harness knows
     */
    static Written read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            return read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new Misuse("a run that was judged", "no such file", file.toString(), "a folder of reports/runs");
        } catch (JsonProcessingException e) {
            throw new Misuse(
                    "a verdict", PlainWords.of(e.getOriginalMessage()), file.toString(), "another run's folder");
        } catch (RuntimeException e) {
            throw new Misuse(
                    "a verdict of version " + VERSION, "" + e.getMessage(), file.toString(), "another run's folder");
        }
    }
}
