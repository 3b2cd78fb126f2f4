package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs from the jar, in an empty folder: what they print, what they leave, how they end. */
@Epic("Command line")
@Feature("Runs")
final class RunIT {
    private static final Duration A_RUN = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANSWER = Scene.line(Scene.says("Yes", 1));

    @TempDir
    private Path folder;

    @Test
    void smoke_passes_and_leaves_its_files() throws Exception {
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, "run", "smoke", "--rounds", "1");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).contains("PASS", "ttfl max", "contract: 0 violations, 0 drifts", "index.html");
        assertThat(jar.run())
                .isDirectoryContaining("glob:**/summary.json")
                .isDirectoryContaining("glob:**/verdict.json")
                .isDirectoryContaining("glob:**/verdict.md")
                .isDirectoryContaining("glob:**/junit.xml")
                .isDirectoryContaining("glob:**/turns.jsonl.gz")
                .isDirectoryContaining("glob:**/index.html");
        assertThat(jar.run()).isDirectoryNotContaining("glob:**/findings");
        JsonNode summary = summary(jar);
        assertThat(summary.at("/contract/lines").asInt()).isGreaterThan(18 + 7 + 7);
        assertThat(summary.at("/contract/checked")).isEqualTo(summary.at("/contract/lines"));
        assertThat(summary.at("/contract/rules").toString()).isEqualTo("{}");
        assertThat(summary.at("/journeys").asInt()).isEqualTo(7);
        assertThat(summary.at("/turns").asInt()).isEqualTo(18);
        assertThat(summary.at("/outcomes/ok").asInt()).isEqualTo(18);
        assertThat(summary.at("/sessions/opened").asInt()).isEqualTo(7);
        assertThat(summary.at("/sessions/leaked").asInt()).isZero();
        assertThat(summary.at("/metrics/sync/count").asInt()).isEqualTo(1);
    }

    /** Every way a stub can misbehave, each in a journey of its own, in one run. */
    @Test
    void each_misbehaviour_has_its_own_name_everywhere() throws Exception {
        Map<String, String> outcomes = new TreeMap<>(Map.of(
                "error-line", "stream_error(14)",
                "half-line", "truncated",
                "reset", "truncated",
                "nonsense", "malformed_line",
                "stall", "stalled_out",
                "silence", "first_line_timeout",
                "refusal", "http_error(503,14)",
                "nothing", "ok_empty",
                "surprise", "unexpected_answer",
                "impatience", "abandoned"));
        misbehaving();
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, Scene.smoke("--rounds", "1", "--duration", "2s"));

        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(ended.out()).contains("FAIL", "outcome ko <= 0 %");
        Map<String, Integer> counted = new TreeMap<>();
        outcomes.values().forEach(outcome -> counted.merge(outcome, 1, Integer::sum));
        assertThat(summary(jar).at("/outcomes").toString()).isEqualTo(JSON.writeValueAsString(counted));
        String markdown = Jar.text(jar.run().resolve("verdict.md"));
        for (String outcome : outcomes.values()) {
            assertThat(markdown).as("verdict.md").contains(outcome);
            if (!outcome.equals("ok_empty") && !outcome.equals("abandoned")) {
                assertThat(gatlingsLog()).as("Gatling's log").contains(outcome);
            }
        }
        assertThat(Jar.text(jar.run().resolve("junit.xml"))).contains("<failure");
        // Who walked away, or was not waited for, cut nothing off; a refusal is held to nothing.
        assertThat(summary(jar).at("/contract/rules").toString())
                .isEqualTo("{\"no-events\":1,\"not-json\":1,\"truncated\":2}");
        assertThat(summary(jar).at("/contract/checked")).isEqualTo(summary(jar).at("/contract/lines"));
        assertThat(summary(jar).at("/sessions/opened").asInt()).isEqualTo(outcomes.size());
        assertThat(summary(jar).at("/sessions/leaked").asInt()).isZero();
    }

    @Test
    void sessions_that_the_stub_opened_and_nobody_heard_of_are_told() throws Exception {
        Jar.Ended ended = new Jar(folder)
                .run(
                        A_RUN,
                        "run",
                        "smoke",
                        "--rounds",
                        "1",
                        "--duration",
                        "2s",
                        "--fault",
                        "close;at=0;on=init;rate=0.3");

        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(ended.out()).containsPattern("the stub counts \\d+ open sessions, the ledger 0");
    }

    @Test
    void a_stub_that_dies_in_mid_run_ends_the_run_soon_and_clearly() throws Exception {
        Jar jar = new Jar(folder);
        Path out = folder.resolve("out.txt");
        Process run = jar.start(out, folder.resolve("err.txt"), "run", "load", "--rate", "5", "--duration", "5m");
        try {
            Await.until(
                    Duration.ofMinutes(2),
                    "turns under way",
                    () -> Jar.text(folder.resolve("err.txt")).contains("live  00:1"));
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
        assertThat(summary(jar).toString()).containsAnyOf("connect_failed", "truncated");
    }

    @Test
    void a_target_that_is_not_well_gets_no_load_and_no_verdict() throws Exception {
        Jar jar = new Jar(folder);
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("targets.yaml"),
                "targets:%n  gone: {baseUrl: \"http://127.0.0.1:%d\", environment: stub}%n".formatted(nobody));

        Jar.Ended ended = jar.run(A_RUN, "run", "smoke", "--targets", "targets.yaml", "--target", "gone");

        assertThat(ended.code()).as(ended.all()).isEqualTo(3);
        assertThat(ended.out()).contains("NO VERDICT", "the target gone is not well");
        assertThat(Jar.text(jar.run().resolve("verdict.md"))).contains("NO VERDICT", "not well");
    }

    @Test
    void a_run_that_is_cut_off_blames_nobody_and_leaves_nothing_open() throws Exception {
        Jar jar = new Jar(folder);

        Jar.Ended ended = jar.run(A_RUN, "run", "load", "--rate", "10", "--duration", "5m", "--max-duration", "15s");

        assertThat(ended.code()).as(ended.all()).isEqualTo(3);
        assertThat(ended.out()).contains("NO VERDICT", "cut off after 15 s");
        JsonNode summary = summary(jar);
        assertThat(summary.at("/outcomes").toString()).contains("abandoned").doesNotContain("connect_failed");
        assertThat(summary.at("/sessions/opened").asInt()).isPositive();
        assertThat(summary.at("/sessions/leaked").asInt()).isZero();
        assertThat(summary.at("/health/achieved").asInt())
                .isBetween(1, summary.at("/health/offered").asInt());
    }

    @Test
    void a_run_that_is_ended_from_outside_says_what_it_saw() throws Exception {
        Jar jar = new Jar(folder);
        Path out = folder.resolve("out.txt");
        Process run = jar.start(out, folder.resolve("err.txt"), "run", "load", "--rate", "5", "--duration", "5m");
        try {
            Await.until(
                    Duration.ofMinutes(1),
                    "turns under way",
                    () -> Jar.text(folder.resolve("err.txt")).contains("live  00:1"));
            run.destroy();
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).as("it is over").isTrue();
        } finally {
            run.destroyForcibly();
        }
        assertThat(Jar.text(out)).contains("NO VERDICT", "ended from outside");
        assertThat(summary(jar).at("/turns").asInt()).isPositive();
        assertThat(summary(jar).at("/sessions/leaked").asInt()).isZero();
    }

    /** A binary file with its texts as they are. */
    private String gatlingsLog() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("reports/gatling"))) {
            Path log = files.filter(file -> file.endsWith("simulation.log"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        }
    }

    private void misbehaving() throws IOException {
        String good = "{'at':5,'line':" + ANSWER + "}";
        String tooLate = "{'at':60000,'line':" + ANSWER + "}";
        Scene scene = Scene.in(folder, "{outcome: ko, share: 0}", "{leaked_sessions: 0}");
        scene.journey("error-line", "", 200, good, "{'at':10,'line':{'error':{'code':14,'message':'gone'}}}");
        scene.journey("half-line", "", 200, good, "{'at':10,'raw':'{half a line','newline':false}");
        scene.journey("reset", "", 200, good, "{'at':10,'fault':'reset'}");
        scene.journey("nonsense", "", 200, good, "{'at':10,'raw':'{nonsense'}");
        scene.journey("stall", "", 200, good, tooLate);
        scene.journey("silence", "", 200, tooLate);
        scene.journey("refusal", "", 503, "{'at':5,'line':{'code':14,'message':'no'}}");
        scene.journey("nothing", "", 200);
        scene.journey("surprise", "    expect: listMessage\n", 200, good);
        scene.journey("impatience", "    abandon: {afterLines: 1}\n", 200, good, tooLate);
    }

    private static JsonNode summary(Jar jar) throws IOException {
        return JSON.readTree(jar.run().resolve("summary.json").toFile());
    }
}
