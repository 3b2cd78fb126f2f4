package dev.firstline.stats;

import static dev.firstline.stats.Calls.HEALTH;
import static dev.firstline.stats.Calls.LIMITS;
import static dev.firstline.stats.Calls.RUN;
import static dev.firstline.stats.Calls.timing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SummaryMergeTest {
    private static final Outcome[] OUTCOMES = {
        Outcome.OK,
        Outcome.OK,
        Outcome.OK,
        Outcome.OK_EMPTY,
        Outcome.streamError("14"),
        Outcome.of(Outcome.Kind.STALLED_OUT),
        Outcome.httpError(503, ""),
        Outcome.ABANDONED
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_parts_of_a_run_make_the_run(long seed) {
        Random random = new Random(seed);
        RunTally whole = new RunTally(LIMITS);
        List<RunTally> tallies = new ArrayList<>();
        int parts = 2 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            tallies.add(new RunTally(LIMITS));
        }
        for (int number = 0; number < 300; number++) {
            RunTally part = tallies.get(random.nextInt(parts));
            for (CallResult call : journey(random, number)) {
                whole.add(call);
                part.add(call);
            }
        }
        List<RunSummary> summaries = new ArrayList<>();
        tallies.forEach(tally -> summaries.add(tally.summary(RUN, null, HEALTH)));
        Health all =
                summaries.stream().map(RunSummary::health).reduce(Health::worse).orElseThrow();

        JsonNode expected = facts(whole.summary(RUN, null, all));
        assertThat(facts(SummaryMerge.merge(RUN.run(), summaries))).isEqualTo(expected);
        Collections.shuffle(summaries, random);
        assertThat(facts(SummaryMerge.merge(RUN.run(), summaries))).isEqualTo(expected);
        RunSummary tail = SummaryMerge.merge("tail", summaries.subList(1, parts));
        assertThat(facts(SummaryMerge.merge(RUN.run(), List.of(summaries.get(0), tail))))
                .isEqualTo(expected);
    }

    @Test
    void the_most_sessions_that_were_open_add_up() {
        RunSummary one = one(Calls.init(0, 0, 1, Outcome.OK));
        assertThat(SummaryMerge.merge("two", List.of(one, one)).windows())
                .extracting(Window::openSessions)
                .containsExactly(2L);
    }

    @Test
    void lines_that_nobody_checked_do_not_hide_behind_a_part_that_was_checked() {
        CallResult turn = Calls.invoke(0, 1, timing(0, 0, 9, 1, 2, 3), Outcome.OK);
        CallResult refused = Calls.invoke(0, 1, timing(0, 0, 9), Outcome.httpError(503, ""));
        RunSummary unchecked = one(turn);
        RunSummary lineless = one(refused);
        RunSummary checked = one(Calls.checked(turn, 3, 0, new RuleHit("foreign-session", true, 1)));

        RunSummary.Contract both =
                new RunSummary.Contract(6, 3, 1, 0, Map.of("foreign-session", 1L), Set.of("foreign-session"));
        assertThat(SummaryMerge.merge("run", List.of(unchecked, checked)).contract())
                .isEqualTo(both);
        assertThat(SummaryMerge.merge("run", List.of(checked, unchecked)).contract())
                .isEqualTo(both);
        assertThat(SummaryMerge.merge("run", List.of(lineless, checked)).contract())
                .isEqualTo(checked.contract());
        assertThat(SummaryMerge.merge("run", List.of(unchecked, lineless)).contract())
                .isNull();
    }

    @Test
    void shares_may_come_from_unlike_machines() {
        Map<String, String> small = Map.of("journeys", "abc", "machine", "2 processors");
        Map<String, String> large = Map.of("journeys", "abc", "machine", "4 processors");
        Map<String, String> both = Map.of("journeys", "abc", "machine", "2 processors + 4 processors");

        assertThat(SummaryMerge.fingerprint(small, large)).isEqualTo(both);
        assertThat(SummaryMerge.fingerprint(large, small)).isEqualTo(both);
        assertThat(SummaryMerge.fingerprint(both, large)).isEqualTo(both);
        assertThat(SummaryMerge.fingerprint(small, small)).isEqualTo(small);
        assertThatThrownBy(() -> SummaryMerge.fingerprint(small, Map.of("journeys", "def")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runs_of_different_things_are_not_merged() {
        RunSummary a = one(Calls.init(0, 0, 1, Outcome.OK));
        for (RunIdentity other : List.of(
                new RunIdentity("b", "smoke", "stub", "2026-11-20T18:00:00Z", RUN.fingerprint()),
                new RunIdentity("b", "load", "staging", "2026-11-20T18:00:00Z", RUN.fingerprint()),
                new RunIdentity("b", "load", "stub", "2026-11-20T18:00:00Z", Map.of("journeys", "def")))) {
            RunSummary b = new RunTally(LIMITS).summary(other, null, HEALTH);
            assertThatThrownBy(() -> SummaryMerge.merge("c", List.of(a, b)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SummaryMerge.merge("c", List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_earlier_start_is_the_start_and_the_name_is_new() {
        RunIdentity later = new RunIdentity("b", "load", "stub", "2026-11-20T18:00:01Z", RUN.fingerprint());
        RunSummary merged = SummaryMerge.merge(
                "c",
                List.of(
                        new RunTally(LIMITS).summary(later, null, HEALTH),
                        new RunTally(LIMITS).summary(RUN, null, HEALTH)));
        assertThat(merged.run()).isEqualTo("c");
        assertThat(merged.started()).isEqualTo(RUN.started());
    }

    private static RunSummary one(CallResult call) {
        RunTally tally = new RunTally(LIMITS);
        tally.add(call);
        return tally.summary(RUN, null, HEALTH);
    }

    private static List<CallResult> journey(Random random, int number) {
        List<CallResult> calls = new ArrayList<>();
        long due = number * 100L + random.nextInt(100);
        calls.add(Calls.checked(
                Calls.init(number, due, 1 + random.nextInt(50), OUTCOMES[random.nextInt(OUTCOMES.length)]), 0, 0));
        for (int turn = 1; turn <= random.nextInt(4); turn++) {
            long sent = random.nextInt(5);
            long first = sent + 1 + random.nextInt(900);
            long second = first + random.nextInt(3_000);
            CallTiming timing =
                    random.nextInt(5) == 0 ? timing(due, sent, second) : timing(due, sent, second + 10, first, second);
            CallResult call = Calls.call(
                    random.nextInt(6) == 0 ? CallKind.INVOKE_SYNC : CallKind.INVOKE,
                    number,
                    turn,
                    timing,
                    OUTCOMES[random.nextInt(OUTCOMES.length)]);
            calls.add(
                    Calls.checked(call, timing.lines().count(), 0, new RuleHit("rule-" + random.nextInt(3), false, 1)));
            due += second + 500;
        }
        calls.add(Calls.checked(Calls.close(number, due, 20, Outcome.OK), 0, 0));
        return calls;
    }

    /**
     * The summary as JSON, without the most open sessions, which add up to no less than they were, and with each
     * histogram encoded in the range that all decoded ones have.
     */
    private static JsonNode facts(RunSummary summary) {
        JsonNode tree = Json.MAPPER.valueToTree(summary);
        tree.findParents("open_sessions").forEach(window -> ((ObjectNode) window).remove("open_sessions"));
        for (JsonNode metric : tree.findParents("histogram")) {
            JsonNode waited = metric.get("waited_histogram");
            LatencyHistogram values = LatencyHistogram.decode(
                    metric.get("histogram").textValue(), waited.isNull() ? null : waited.textValue());
            LatencyHistogram.decode(values.encoded(), values.encodedWaited());
            ((ObjectNode) metric).put("histogram", values.encoded()).put("waited_histogram", values.encodedWaited());
        }
        return tree;
    }
}
