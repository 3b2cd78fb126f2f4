package dev.firstline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search leaves for build servers. */
final class CapacityFilesTest {
    @TempDir
    private Path reports;

    @Test
    void a_search_is_one_case() throws IOException {
        Path search = write(SamplePages.capacity());
        assertThat(search.resolve("junit.xml"))
                .content()
                .contains(
                        "name=\"firstline.capacity\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\"",
                        "timestamp=\"2026-11-21T12:00:00Z\"",
                        "name=\"capacity: are 8 journeys/s carried?\"",
                        "<system-out>PASS  capacity of staging");
        JsonNode verdict =
                new JsonMapper().readTree(search.resolve("verdict.json").toFile());
        assertThat(verdict.path("verdict").asText()).isEqualTo("PASS");
        assertThat(verdict.path("exit_code").asInt(-1)).isZero();
        assertThat(verdict.path("simulation").asText()).isEqualTo("capacity");
        assertThat(search.resolve("verdict.md")).content().startsWith("# PASS: capacity of staging");
        assertThat(reports.resolve("index.html")).content().contains("carries 12.5 journeys/s");
    }

    @Test
    void a_load_that_is_not_carried_is_a_failure_and_what_is_not_known_an_error() throws IOException {
        Path search = write(ended(Reason.fail("9 journeys/s are not carried", "add capacity"), null));
        assertThat(search.resolve("junit.xml"))
                .content()
                .contains("failures=\"1\" errors=\"0\"", "<failure message=\"FAIL: capacity of staging");
        search = write(ended(Reason.noVerdict("the target is not well", "see why"), null));
        assertThat(search.resolve("junit.xml"))
                .content()
                .contains(
                        "failures=\"0\" errors=\"1\"",
                        "name=\"capacity: was it found and held?\"",
                        "the target is not well; try: see why");
    }

    @Test
    void where_nothing_failed_the_interval_has_no_upper_end() throws IOException {
        CapacityResult.Knee open =
                new CapacityResult.Knee(12.5, 12.1, 13.1, 12.5, null, null, false, 300, 50, 41, null, null, null);
        CapacityResult result = ended(Reason.noVerdict("a reason", "a try"), open);
        assertThat(CapacityText.table(result))
                .contains("at least 12.5 journeys/s held", "95 % interval from 12.1 up journeys/s")
                .doesNotContain("13.1");
        assertThat(write(result).resolve("index.html"))
                .content()
                .contains("staging carries at least 12.5 journeys/s (95 % interval from 12.1 up)");
        assertThat(CapacityText.table(SamplePages.capacity())).contains("95 % interval 12.1 to 13 journeys/s");
    }

    private static CapacityResult ended(Reason reason, CapacityResult.@Nullable Knee knee) {
        CapacityResult sample = SamplePages.capacity();
        Decision decision = reason.decision();
        return new CapacityResult(
                sample.version(),
                decision,
                sample.run(),
                sample.target(),
                sample.slo(),
                sample.steps(),
                knee,
                List.of(reason),
                List.of(),
                null);
    }

    private Path write(CapacityResult result) throws IOException {
        Path search = Files.createDirectories(reports.resolve("runs").resolve(SamplePages.CAPACITY));
        new JsonMapper().writeValue(search.resolve("capacity.json").toFile(), result);
        ReportFiles.writeCapacity(search, result);
        return search;
    }
}
