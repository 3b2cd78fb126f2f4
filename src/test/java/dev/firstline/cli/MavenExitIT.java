package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code mvn gatling:test} does, without Maven: Gatling's own main as the whole process. The exit code is the
 * verdict's and Gatling's report is written whatever the verdict.
 */
@Epic("Command line")
@Feature("Maven")
final class MavenExitIT {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{1} ends with {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    {metric: ttfl, max_ms: 5000} | PASS       | 0
                    {metric: ttfl, max_ms: 1}    | FAIL       | 1
                    {metric: ttfl, p99_ms: 5000} | NO VERDICT | 3
                    """)
    void the_exit_code_is_the_verdicts(String promise, String decision, int code) throws Exception {
        Path out = run(promise, "firstline.SmokeSimulation", code);

        assertThat(Jar.text(out)).contains(decision + "  smoke against stub");
        try (Stream<Path> files = Files.walk(folder.resolve("reports/gatling"), 2)) {
            assertThat(files).anyMatch(file -> file.endsWith("index.html"));
        }
    }

    @Test
    void a_checker_that_cannot_keep_up_ends_in_no_verdict_and_says_why() throws Exception {
        Path out = run("{leaked_sessions: 0}", "dev.firstline.run.CrampedSimulation", 3);

        assertThat(Jar.text(out))
                .contains("NO VERDICT  smoke against stub")
                .contains("found the checker's queue full")
                .contains("0 violations, 0 drifts in 0 of 7 lines");
    }

    /** Runs one journey as Gatling's main and returns what it printed. */
    private Path run(String promise, String simulation, int code) throws Exception {
        Path contracts = Files.createDirectory(folder.resolve("contracts"));
        Files.writeString(contracts.resolve("slo.yaml"), """
                turn: {ttfl_ms: 2000, max_gap_ms: 1500, e2e_ms: 5000, stall_ms: 1500}
                simulations:
                  smoke:
                    promises:
                      - %s
                """.formatted(promise));
        Path out = folder.resolve("out.txt");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dfirstline.contracts=contracts",
                "-Dfirstline.journey=greeting",
                "-Dfirstline.rounds=1",
                "-Dfirstline.duration=1s",
                "io.gatling.app.Gatling",
                "-s",
                simulation,
                "-rf",
                "reports/gatling");
        Process gatling = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();

        assertThat(gatling.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(gatling.exitValue()).as(Jar.text(out)).isEqualTo(code);
        return out;
    }
}
