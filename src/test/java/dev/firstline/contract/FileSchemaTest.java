package dev.firstline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileSchemaTest {
    private static final String TURN = "turn: {ttfl_ms: 2000, max_gap_ms: 1500, e2e_ms: 10000, stall_ms: 1500}\n";

    @TempDir
    Path folder;

    @Test
    void the_shipped_promises_keep_their_schema() {
        YamlFile slo = ContractFiles.shipped().slo();

        assertThat(slo.root().at("/turn/ttfl_ms").asInt()).isPositive();
        assertThat(slo.where("/simulations/smoke")).matches("contracts/slo.yaml:\\d+");
    }

    @Test
    void every_form_of_a_promise_is_approved() throws Exception {
        byte[] yaml = Files.readAllBytes(Path.of("src/test/resources/slo/every-form.yaml"));

        YamlFile slo = ContractFiles.shipped().read("slo.yaml", yaml, "slo");

        assertThat(slo.where("/simulations/load/promises/8/growth")).isEqualTo("slo.yaml:13");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                bad(
                        TURN + "simulations:\n  load:\n    promises:\n      - {metric: ttfl, p59_ms: 700}\n",
                        5,
                        "one of metric, p50_ms",
                        "the key p59_ms",
                        "did you mean p50_ms?"),
                bad(
                        TURN + "simulations:\n  load:\n    promises:\n      - goodput: 0.99\n      - goodputt: 1\n",
                        6,
                        "one of metric, outcome",
                        "the key goodputt",
                        "did you mean goodput?"),
                bad(
                        TURN + "simulations:\n  load:\n    promises:\n      - metric: ttfl\n        p95_ms: fast\n",
                        6,
                        "milliseconds, 0 or more",
                        "\"fast\" in simulations/load/promises/0/p95_ms",
                        "mend the value"),
                bad(
                        TURN + "simulations:\n  load:\n    promises:\n      - {metric: tfl, p95_ms: 3}\n",
                        5,
                        "one of ttfl, ttfl_service",
                        "\"tfl\"",
                        "did you mean ttfl?"),
                bad(
                        TURN + "simulations:\n  load:\n    promises:\n      - {outcome: trunkated, share: 0}\n",
                        5,
                        "ko (every failure)",
                        "\"trunkated\"",
                        "mend the value"),
                bad(
                        TURN + "simulations:\n  load:\n    promises:\n      - {outcome: ko}\n",
                        5,
                        "the key share",
                        "none in simulations/load/promises/0",
                        "add share:"),
                bad(
                        TURN + "simulations:\n  load:\n    promises:\n      - {goodput: 99}\n",
                        5,
                        "a share from 0 to 1",
                        "99 in",
                        "mend the value"),
                bad(
                        TURN + "simulations:\n  load:\n    promises:\n      - {goodput: 0.9, turns: 3}\n",
                        5,
                        "a promise of one thing",
                        "turns",
                        "mend the value"),
                bad(TURN + "simulations:\n  load:\n    promises: []\n", 4, "at least 1", "[]", "mend the value"),
                bad("""
                        turn: {ttfl_ms: 2000, max_gap_ms: 1500, e2e_ms: 10000}

                        simulations:
                          load:
                            promises:
                              - {growth: open_sessions, p95_ms: 3}
                        """, 1, "the key stall_ms", "none in turn", "add stall_ms:; 2 more: slo.yaml:6 the key p95_ms"),
                bad("", 1, "object", "null", "mend the value"));
    }

    private static Arguments bad(String yaml, int line, String expected, String saw, String attempt) {
        return Arguments.of(yaml, line, expected, saw, attempt);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void what_the_schema_refuses_is_told_with_its_line(
            String yaml, int line, String expected, String saw, String attempt) {
        assertThatThrownBy(() -> ContractFiles.shipped().read("slo.yaml", bytes(yaml), "slo"))
                .isInstanceOf(Misuse.class)
                .satisfies(e -> {
                    List<String> facts = String.valueOf(e.getMessage()).lines().toList();
                    assertThat(facts.get(0)).startsWith("expected ").contains(expected);
                    assertThat(facts.get(1)).startsWith("     saw ").contains(saw);
                    assertThat(facts.get(2)).isEqualTo("      in slo.yaml:" + line);
                    assertThat(facts.get(3)).startsWith("     try ").contains(attempt);
                });
    }

    @Test
    void a_folder_brings_its_own_promises_and_borrows_the_schema() throws Exception {
        Files.writeString(
                folder.resolve("slo.yaml"), TURN + "simulations: {own: {promises: [{leaked_sessions: 0}]}}\n");

        YamlFile slo = ContractFiles.in(folder).slo();

        assertThat(slo.root().at("/simulations/own/promises/0/leaked_sessions").isInt())
                .isTrue();
    }

    @Test
    void a_folder_without_promises_is_a_misuse() {
        assertThatThrownBy(() -> ContractFiles.in(folder).slo())
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("slo.yaml among the contracts");
        assertThatThrownBy(() -> ContractFiles.in(folder.resolve("none")))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("--contracts");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
