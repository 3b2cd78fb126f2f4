package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.contract.ContractFiles;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Promise.State;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.Health;
import dev.firstline.stats.LineTimes;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunRecorder;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.TurnLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejudgeTest {
    private static final Verdict PASSED = new Verdict(Decision.PASS, List.of(), List.of(), List.of(), List.of());

    @TempDir
    private Path folder;

    /** 200 turns whose first lines came after 1 to 200 ms. */
    private RunSummary run() throws IOException {
        Duration second = Duration.ofSeconds(1);
        RunTally tally = new RunTally(new TurnLimits(second, second, second, second));
        RunIdentity identity =
                new RunIdentity("load-20261120T180000Z", "load", "stub", "2026-11-20T18:00:00Z", Map.of());
        try (RunRecorder recorder = RunRecorder.start(folder, identity, tally, 0)) {
            for (int turn = 1; turn <= 200; turn++) {
                long firstNanos = turn * 1_000_000L;
                recorder.add(new CallResult(
                        CallKind.INVOKE,
                        "greeting",
                        turn,
                        1,
                        "5e55",
                        new CallTiming(
                                0, 0, firstNanos, firstNanos, firstNanos, LineTimes.of(firstNanos), firstNanos + 1_000),
                        Outcome.OK,
                        List.of(),
                        null,
                        CallResult.NOT_CHECKED,
                        0,
                        List.of()));
            }
        }
        return tally.summary(
                identity, new RunSummary.Sessions(3, 2, 1), new Health(1.0, 1.0, 1, 0.1, 0, null, null, 0, 3, 3, true));
    }

    private Rejudge judge(String promises, Verdict before) throws IOException {
        return judge("load", promises, before);
    }

    private Rejudge judge(String simulation, String promises, Verdict before) throws IOException {
        Path contracts = Files.createDirectories(folder.resolve("contracts"));
        Files.writeString(
                contracts.resolve("slo.yaml"),
                "turn: {ttfl_ms: 90, max_gap_ms: 1000, e2e_ms: 1000, stall_ms: 1000}\n" + "simulations: {" + simulation
                        + ": {promises: [" + promises + "]}}\n");
        return Rejudge.of(folder, run(), before, ContractFiles.in(contracts), false);
    }

    @Test
    void other_limits_are_counted_again_turn_by_turn() throws IOException {
        Rejudge again = judge("{attained: ttfl, within_ms: 199, share: 0.95}, {attained: ttfl, share: 0.5}", PASSED);

        assertThat(again.summary().attained().get("ttfl<=199ms")).isEqualTo(new RunSummary.Attained(199, 200));
        assertThat(again.summary().goodput().good())
                .as("good by the other turn:")
                .isEqualTo(90);
        assertThat(again.verdict().promises()).extracting(Promise::state).containsExactly(State.KEPT, State.TOO_FEW);
        assertThat(again.summary().sessions().leaked()).isEqualTo(1);
    }

    @Test
    void what_the_run_itself_had_to_say_stays_said_once() throws IOException {
        Reason stopped = Reason.noVerdict("the run was stopped early", "look");
        Verdict before = new Verdict(Decision.NO_VERDICT, List.of(), List.of(stopped), List.of(), List.of());

        Rejudge again = judge("{attained: ttfl, within_ms: 300, share: 0.95}", before);

        assertThat(again.verdict().reasons()).containsExactly(stopped);
        assertThat(again.verdict().decision()).isEqualTo(Decision.NO_VERDICT);
    }

    @Test
    void a_log_that_is_not_the_whole_runs_is_no_base_for_a_verdict() throws IOException {
        RunSummary was = run();
        byte[] log = Files.readAllBytes(folder.resolve("turns.jsonl.gz"));
        Path contracts = Files.createDirectories(folder.resolve("contracts"));
        Files.writeString(
                contracts.resolve("slo.yaml"),
                "turn: {ttfl_ms: 90, max_gap_ms: 9, e2e_ms: 9, stall_ms: 9}\n"
                        + "simulations: {load: {promises: [{turns: 1}]}}");
        Files.write(folder.resolve("turns.jsonl.gz"), Arrays.copyOf(log, log.length / 2));

        assertThatThrownBy(() -> Rejudge.of(folder, was, PASSED, ContractFiles.in(contracts), false))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("200 turns")
                .hasMessageContaining("no end");
    }

    @Test
    void it_is_no_longer_compared_with_runs_that_were_judged_by_their_own() throws IOException {
        assertThat(judge("{turns: 1}", PASSED).summary().fingerprint()).containsKey("judged again by");
    }

    @Test
    void promises_for_another_simulation_are_a_misuse() {
        assertThatThrownBy(() -> judge("smoke", "{turns: 1}", PASSED))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("promises for the simulation load");
    }
}
