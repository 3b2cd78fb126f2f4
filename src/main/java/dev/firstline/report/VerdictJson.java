package dev.firstline.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Doubt;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.RunSummary;
import java.util.List;

/** {@code verdict.json}: the verdict for machines. */
final class VerdictJson {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private VerdictJson() {}

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
            List<String> notes) {}

    static String write(RunSummary run, Verdict verdict) {
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
                verdict.notes());
        try {
            return JSON.writeValueAsString(file) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verdict is plain data", e);
        }
    }

    static Verdict read(String json) throws JsonProcessingException {
        File file = JSON.readValue(json, File.class);
        return new Verdict(file.verdict(), file.promises(), file.reasons(), file.doubts(), file.notes());
    }
}
