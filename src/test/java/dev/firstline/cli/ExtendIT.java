package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on until it is sure, and says so where CI shows it. */
@Epic("Command line")
@Feature("Runs")
final class ExtendIT {
    private static final String PROMISES = """
            turn: {ttfl_ms: 2000, max_gap_ms: 1500, e2e_ms: 5000, stall_ms: 1500}
            simulations:
              load:
                promises:
                  - {attained: ttfl, share: 0.9}
                  - {budget: ko, share: 0.05}
            """;

    @TempDir
    private Path folder;

    @Test
    void a_load_settles_first_and_lasts_until_its_promises_can_be_decided() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("contracts")).resolve("slo.yaml"), PROMISES);
        Path summary = folder.resolve("step-summary.md");
        Jar jar = new Jar(folder, Map.of("GITHUB_STEP_SUMMARY", summary.toString()));

        Jar.Ended ended = jar.run(
                Duration.ofMinutes(3),
                "run",
                "load",
                "--contracts",
                "contracts",
                "--rate=5",
                "--settle=2s",
                "--duration=2s",
                "--extend=100s");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).contains("kept     turns with ttfl <= 2000 ms >= 90 %", "surely");
        JsonNode run =
                new ObjectMapper().readTree(jar.run().resolve("summary.json").toFile());
        assertThat(run.at("/attained/ttfl<=2000ms/of").asInt()).isGreaterThanOrEqualTo(64);
        assertThat(run.at("/seconds").asDouble()).as("far from the bound").isBetween(2.0, 60.0);
        assertThat(run.at("/sessions/opened").asInt())
                .as("those of the time to settle too")
                .isGreaterThan(run.at("/journeys").asInt())
                .isEqualTo(run.at("/sessions/closed").asInt());
        assertThat(run.at("/health/achieved")).isEqualTo(run.at("/health/offered"));
        assertThat(Files.readString(summary)).isEqualTo(Jar.text(jar.run().resolve("verdict.md")) + "\n");
    }
}
