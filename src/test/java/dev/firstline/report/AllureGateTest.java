package dev.firstline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.gate.Circumstances;
import dev.firstline.gate.HealthLimits;
import dev.firstline.gate.Judge;
import dev.firstline.gate.Slo;
import dev.firstline.gate.Slos;
import dev.firstline.gate.TestRun;
import dev.firstline.stats.Metric;
import dev.firstline.stats.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllureGateTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void a_promise_is_a_case_and_its_state_a_status() throws IOException {
        Map<String, JsonNode> cases = written(
                run(900),
                new Slo.Percentile(Metric.TTFL, 50, 700),
                new Slo.Percentile(Metric.TTFL, 95, 1000),
                new Slo.Percentile(Metric.SYNC, 95, 1000));

        JsonNode broken = found(cases, "ttfl p50 ≤ 700 ms");
        assertThat(broken.at("/status").asText()).isEqualTo("failed");
        assertThat(broken.at("/statusDetails/message").asText())
                .startsWith("FAIL: ttfl p50: promised ≤ 700 ms, seen 900")
                .contains("try:");
        assertThat(broken.at("/parameters").toString()).contains("≤ 700 ms", "\"seen\"", "900");
        assertThat(broken.at("/labels").toString())
                .contains("{\"name\":\"epic\",\"value\":\"Load\"}")
                .contains("{\"name\":\"feature\",\"value\":\"load\"}")
                .contains("{\"name\":\"story\",\"value\":\"ttfl\"}");
        assertThat(found(cases, "ttfl p95 ≤ 1000 ms").at("/status").asText()).isEqualTo("passed");
        JsonNode few = found(cases, "sync p95 ≤ 1000 ms");
        assertThat(few.at("/status").asText()).isEqualTo("broken");
        assertThat(few.at("/statusDetails/message").asText()).startsWith("NO VERDICT: sync p95: too few");
        assertThat(few.at("/stop").asLong() - few.at("/start").asLong()).isEqualTo(124_500);
        assertThat(found(cases, "contract: was it kept?").at("/status").asText())
                .isEqualTo("skipped");
    }

    @Test
    void a_rule_that_was_hit_is_a_case_with_its_findings() throws IOException {
        Path findings = Files.createDirectories(folder.resolve("run/findings/two-kinds"));
        Files.writeString(findings.resolve("1.ndjson"), "{}\n");
        RunSummary run = TestRun.GOOD
                .contract(9, 9, 1, 4, Map.of("two-kinds", 1L, "unknown-field", 4L), Set.of("two-kinds"))
                .summary();

        Map<String, JsonNode> cases = written(run, new Slo.LeakedSessions(0));

        JsonNode violation = found(cases, "two-kinds");
        assertThat(violation.at("/status").asText()).isEqualTo("failed");
        assertThat(violation.at("/statusDetails/message").asText()).startsWith("violation two-kinds 1: an event");
        Path attached = folder.resolve("results")
                .resolve(violation.at("/attachments/0/source").asText());
        assertThat(attached).hasContent("{}\n");
        JsonNode drift = found(cases, "unknown-field");
        assertThat(drift.at("/status").asText()).isEqualTo("passed");
        assertThat(drift.at("/statusDetails/message").asText()).startsWith("drift unknown-field 4: ");
        assertThat(found(cases, "contract: was it kept?").at("/status").asText())
                .isEqualTo("failed");
    }

    @Test
    void the_history_outlives_a_changed_limit_and_a_run_that_is_written_again_replaces_itself() throws IOException {
        JsonNode before = found(written(run(900), new Slo.Percentile(Metric.TTFL, 95, 800)), "ttfl p95 ≤ 800 ms");
        JsonNode after = found(written(run(900), new Slo.Percentile(Metric.TTFL, 95, 950)), "ttfl p95 ≤ 950 ms");

        assertThat(after.at("/historyId")).isEqualTo(before.at("/historyId"));
        assertThat(after.at("/uuid")).isEqualTo(before.at("/uuid"));
        assertThat(all()).hasSize(4);
    }

    @Test
    void what_others_wrote_into_the_folder_stays() throws IOException {
        Path other = Files.createDirectories(folder.resolve("results")).resolve("other-result.json");
        Files.writeString(other, "{\"name\":\"other\"}");

        written(run(1), new Slo.LeakedSessions(0));

        assertThat(other).exists();
    }

    @Test
    void a_folder_that_is_none_is_told() throws IOException {
        Files.writeString(folder.resolve("results"), "a file");

        assertThatIOException().isThrownBy(() -> written(run(1), new Slo.LeakedSessions(0)));
    }

    private static RunSummary run(long ttflMs) {
        return TestRun.GOOD
                .metric(Metric.TTFL, TestRun.all(1000, ttflMs))
                .metric(Metric.SYNC, TestRun.all(12, 90))
                .summary();
    }

    private Map<String, JsonNode> written(RunSummary run, Slo... promises) throws IOException {
        Slos slos = new Slos(List.of(promises), new HealthLimits(Map.of()));
        AllureGate.write(
                folder.resolve("results"), folder.resolve("run"), run, Judge.judge(run, slos, Circumstances.ORDINARY));
        Map<String, JsonNode> byName = new HashMap<>();
        all().forEach(one -> byName.put(one.at("/name").asText(), one));
        return byName;
    }

    private List<JsonNode> all() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("results"))) {
            for (Path file : files.filter(file -> file.toString().endsWith("-result.json"))
                    .toList()) {
                cases.add(JSON.readTree(file.toFile()));
            }
        }
        return cases;
    }

    private static JsonNode found(Map<String, JsonNode> cases, String name) {
        assertThat(cases).containsKey(name);
        return cases.getOrDefault(name, JSON.nullNode());
    }
}
