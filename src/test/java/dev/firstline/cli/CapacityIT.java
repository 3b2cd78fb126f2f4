package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search as a user makes it, with steps of seconds: what it finds is proven elsewhere, here that it works. */
@Epic("Command line")
@Feature("Capacity")
final class CapacityIT {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @BeforeEach
    void promises() throws IOException {
        Path contracts = Files.createDirectory(folder.resolve("contracts"));
        Files.writeString(contracts.resolve("slo.yaml"), """
                turn: {ttfl_ms: 1000, max_gap_ms: 4000, e2e_ms: 8000, stall_ms: 4000}
                simulations:
                  load:
                    promises:
                      - {outcome: ko, share: 0.1}
                      - {leaked_sessions: 0}
                      - {metric: ttfl, p90_ms: 700}
                """);
    }

    @Test
    void a_knee_is_found_and_every_session_is_closed() throws Exception {
        Path summary = folder.resolve("summary.md");
        Jar.Ended ended = new Jar(folder, Map.of("GITHUB_STEP_SUMMARY", summary.toString()))
                .run(LONG, capacity("--workers", "2", "--timing", "constant=250", "--start", "2", "--max-steps", "2"));
        assertThat(ended.out()).contains("takes ", " turns", "journeys/s", ", 0 open");
        JsonNode found = found();
        assertThat(found.path("steps").size()).as(ended.all()).isGreaterThanOrEqualTo(2);
        assertThat(found.path("knee").path("rate").asDouble()).as(ended.all()).isBetween(0.5, 3.0);
        assertThat(found.path("slo").asText()).isEqualTo("load");
        assertThat(search().resolve("verdict.md")).content().contains("| step | phase |");
        assertThat(search().resolve("verdict.json")).content().contains("\"simulation\" : \"capacity\"");
        assertThat(search().resolve("junit.xml")).content().contains("name=\"firstline.capacity\" tests=\"1\"");
        assertThat(summary)
                .as("of the search, and not of its steps")
                .content()
                .isEqualTo(Files.readString(search().resolve("verdict.md")) + "\n");
    }

    @Test
    void a_target_that_does_not_lead_one_customer_through_is_given_no_load() throws Exception {
        try (StubServer stub =
                StubServer.start(StubOptions.defaults().withSpeed(0).withFault("truncate;at=1"))) {
            Files.writeString(
                    folder.resolve("targets.yaml"),
                    "targets:\n  there: {baseUrl: \"%s\", environment: stub}\n".formatted(stub.baseUrl()));
            Jar.Ended ended = new Jar(folder)
                    .run(
                            LONG,
                            "capacity",
                            "--target",
                            "there",
                            "--targets",
                            "targets.yaml",
                            "--contracts",
                            "contracts",
                            "--journey",
                            "greeting");
            assertThat(ended.code()).as(ended.all()).isEqualTo(3);
            assertThat(ended.out())
                    .contains("NO VERDICT", "did not get through greeting", "sessions: 1 opened, 1 closed, 0 open");
        }
        assertThat(steps()).isEmpty();
        try (Stream<Path> folders = Files.list(runs())) {
            assertThat(folders).as("no run beside the search").hasSize(1);
        }
    }

    @Test
    void a_search_that_was_killed_goes_on_and_ends() throws Exception {
        Jar jar = new Jar(folder);
        Path out = folder.resolve("out.txt");
        Process search = jar.start(
                out,
                folder.resolve("err.txt"),
                capacity("--workers", "8", "--timing", "constant=100", "--start", "2", "--max", "2"));
        try {
            Await.until(
                    LONG,
                    "one step in the log and the next one begun",
                    () -> Files.exists(runs()) && steps().size() == 1 && Files.exists(search().resolve("step.pid")));
        } finally {
            // SIGKILL: no hook runs.
            assertThat(search.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        String first = steps().get(0);

        Jar.Ended ended = jar.run(LONG, "capacity", "--resume", "reports/runs/" + search().getFileName());
        assertThat(steps().get(0)).as(ended.all()).isEqualTo(first);
        assertThat(steps().size()).as(ended.all()).isGreaterThan(1);
        assertThat(found().path("knee").path("rate").asDouble()).as(ended.all()).isBetween(1.0, 3.0);
        assertThat(ended.out()).contains("at least 2 journeys/s held", " up journeys/s", "nothing was bad", ", 0 open");
    }

    private static String[] capacity(String... more) {
        List<String> options = List.of(
                "capacity",
                "--target",
                "stub",
                "--contracts",
                "contracts",
                "--journey",
                "greeting",
                "--settle",
                "1s",
                "--batch",
                "1s",
                "--measure",
                "3s",
                "--step-max",
                "5s",
                "--hold",
                "4s");
        return Stream.concat(options.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private Path runs() {
        return folder.resolve("reports/runs");
    }

    private Path search() throws IOException {
        try (Stream<Path> folders = Files.list(runs())) {
            return folders.filter(path -> path.getFileName().toString().startsWith("capacity-"))
                    .findAny()
                    .orElse(folder);
        }
    }

    private List<String> steps() throws IOException {
        Path log = search().resolve("steps.jsonl");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private JsonNode found() throws IOException {
        return new ObjectMapper().readTree(search().resolve("capacity.json").toFile());
    }
}
