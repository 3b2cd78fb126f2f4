package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs from the jar, in an empty folder: what they print, what they leave, how they end. */
final class RunIT {
    private static final Duration A_RUN = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void smoke_passes_and_leaves_its_files() throws Exception {
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, "run", "smoke", "--rounds", "1");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).contains("PASS", "ttfl max", "contract: not checked", "index.html");
        assertThat(jar.run())
                .isDirectoryContaining("glob:**/summary.json")
                .isDirectoryContaining("glob:**/verdict.json")
                .isDirectoryContaining("glob:**/verdict.md")
                .isDirectoryContaining("glob:**/junit.xml")
                .isDirectoryContaining("glob:**/turns.jsonl.gz")
                .isDirectoryContaining("glob:**/index.html");
        JsonNode summary = summary(jar);
        assertThat(summary.at("/journeys").asInt()).isEqualTo(7);
        assertThat(summary.at("/turns").asInt()).isEqualTo(18);
        assertThat(summary.at("/outcomes/ok").asInt()).isEqualTo(18);
        assertThat(summary.at("/sessions/opened").asInt()).isEqualTo(7);
        assertThat(summary.at("/sessions/leaked").asInt()).isZero();
        assertThat(summary.at("/metrics/sync/count").asInt()).isEqualTo(1);
    }

    @Test
    void a_broken_promise_ends_with_1_and_is_named() throws Exception {
        Jar jar = new Jar(folder);
        Path contracts = Files.createDirectory(folder.resolve("contracts"));
        Files.writeString(contracts.resolve("slo.yaml"), """
                turn: {ttfl_ms: 2000, max_gap_ms: 1500, e2e_ms: 5000, stall_ms: 1500}
                simulations:
                  smoke:
                    promises:
                      - {metric: ttfl, max_ms: 1}
                      - {outcome: ko, share: 0}
                """);

        Jar.Ended ended = jar.run(A_RUN, brief("--contracts", "contracts"));

        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(ended.out()).contains("FAIL", "ttfl max", "<= 1 ms");
        assertThat(Jar.text(jar.run().resolve("verdict.md"))).contains("FAIL", "ttfl max");
        assertThat(Jar.text(jar.run().resolve("junit.xml"))).contains("<failure");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "error;at=1;code=14,   stream_error(14)",
        "truncate;at=1,        truncated",
        "truncate-clean;at=1,  truncated",
        "malformed;at=1,       malformed_line",
        "reset;at=2,           truncated",
        "status;http=503,      http_error(503",
        "stall;at=2;ms=60000,  stalled_out",
        "hang;at=1,            first_line_timeout"
    })
    void a_stub_that_misbehaves_is_named_everywhere(String fault, String outcome) throws Exception {
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, brief("--fault", fault));

        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(summary(jar).at("/outcomes").toString()).contains(outcome);
        assertThat(ended.out()).as("the console").contains(outcome);
        assertThat(Jar.text(jar.run().resolve("verdict.md"))).contains(outcome);
        assertThat(summary(jar).at("/sessions/leaked").asInt()).isZero();
    }

    @Test
    void a_stub_that_dies_in_mid_run_ends_the_run_soon_and_clearly() throws Exception {
        Jar jar = new Jar(folder);
        Path out = folder.resolve("out.txt");
        Process run = jar.start(out, folder.resolve("err.txt"), "run", "load", "--rate", "5", "--duration", "5m");
        try {
            Await.until(
                    Duration.ofMinutes(1),
                    "journeys under way",
                    () -> Jar.text(out).contains("invoke"));
            ProcessHandle stub = run.descendants()
                    .filter(child -> child.info().commandLine().orElse("").contains("StubProcess"))
                    .findFirst()
                    .orElseThrow();
            stub.destroyForcibly();

            assertThat(run.waitFor(60, TimeUnit.SECONDS)).as("it is over").isTrue();
        } finally {
            run.destroyForcibly();
        }
        assertThat(run.exitValue()).isEqualTo(1);
        assertThat(Jar.text(out)).contains("FAIL", "the embedded stub died");
        assertThat(summary(jar).at("/outcomes").toString()).containsAnyOf("connect_failed", "truncated");
    }

    private static String[] brief(String option, String value) {
        return new String[] {"run", "smoke", "--journey", "greeting", "--rounds", "1", "--duration", "1s", option, value
        };
    }

    private static JsonNode summary(Jar jar) throws IOException {
        return JSON.readTree(jar.run().resolve("summary.json").toFile());
    }
}
