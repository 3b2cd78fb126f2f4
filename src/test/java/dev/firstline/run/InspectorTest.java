package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Finding;
import dev.firstline.gatling.AnswerCheck.Checked;
import dev.firstline.gatling.AnswerCheck.Received;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.RuleHit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class InspectorTest {
    private static final Contracts CONTRACTS = Contracts.load(ContractFiles.shipped());
    private static final String GOOD = line(Answers.SESSION);

    private final List<Finding> kept = new ArrayList<>();
    private final Inspector inspector = new Inspector(CONTRACTS, (answer, findings) -> kept.addAll(findings));

    @Test
    void every_line_is_checked_and_a_good_answer_is_not_kept() {
        assertThat(inspect(CallKind.INVOKE, GOOD + "\n" + GOOD.replace("e-1", "e-2"), AnswerEnd.WHOLE))
                .isEqualTo(new Checked(2, List.of()));
        assertThat(kept).isEmpty();
    }

    @Test
    void each_finding_is_a_hit_with_its_line_and_weight() {
        String mixed = GOOD + line("somebody-else").replace("e-1", "e-2") + GOOD;
        assertThat(inspect(CallKind.INVOKE, mixed, AnswerEnd.WHOLE))
                .isEqualTo(new Checked(
                        3,
                        List.of(new RuleHit("foreign-session", true, 2), new RuleHit("repeated-event-id", false, 3))));
        assertThat(kept).hasSize(2);
    }

    @Test
    void init_and_close_and_single_answers_are_checked_by_their_own_schemas() {
        assertThat(inspect(CallKind.INIT, "{\"response\":{\"sessionId\":\"s-9\"}}", AnswerEnd.WHOLE))
                .isEqualTo(new Checked(1, List.of()));
        assertThat(rules(inspect(CallKind.INIT, "{\"response\":{}}", AnswerEnd.WHOLE)))
                .containsExactly("missing-field");
        assertThat(inspect(CallKind.CLOSE, "{\"result\":{\"response\":{}}}\n", AnswerEnd.WHOLE))
                .isEqualTo(new Checked(1, List.of()));
        String single = GOOD.strip().replace("{\"result\":", "").replaceFirst("}$", "");
        assertThat(inspect(CallKind.INVOKE_SYNC, single, AnswerEnd.WHOLE)).isEqualTo(new Checked(1, List.of()));
    }

    @Test
    void an_object_over_several_lines_counts_as_its_lines() {
        Checked checked = inspect(CallKind.CLOSE, "{\n\"result\":\n{\"response\":{}}}\n", AnswerEnd.WHOLE);
        assertThat(checked.lines()).isEqualTo(3);
        assertThat(rules(checked)).containsExactly("pretty-printed");
    }

    @Test
    void a_tail_that_is_cut_off_and_a_body_that_broke_off_are_truncated() {
        assertThat(rules(inspect(CallKind.INVOKE, GOOD + "{\"cut", AnswerEnd.WHOLE)))
                .containsExactly("truncated");
        assertThat(rules(inspect(CallKind.INVOKE, GOOD, AnswerEnd.CUT))).containsExactly("truncated");
    }

    @Test
    void lines_that_all_came_at_the_end_were_buffered() {
        String many = GOOD
                + GOOD.replace("e-1", "e-2")
                + GOOD.replace("e-1", "e-3")
                + GOOD.replace("e-1", "e-4")
                + GOOD.replace("e-1", "e-5");
        AnswerEnd sudden = new AnswerEnd(true, 300_000_000, 1_000_000);
        assertThat(rules(inspect(CallKind.INVOKE, many, sudden))).containsExactly("buffered");
        AnswerEnd steady = new AnswerEnd(true, 300_000_000, 200_000_000);
        assertThat(rules(inspect(CallKind.INVOKE, many, steady))).isEmpty();
    }

    @Test
    void of_who_walked_away_nothing_is_said_about_the_end() {
        assertThat(inspect(CallKind.INVOKE, GOOD, null)).isEqualTo(new Checked(1, List.of()));
        assertThat(inspect(CallKind.INVOKE, "", null)).isEqualTo(new Checked(0, List.of()));
    }

    @Test
    void a_line_that_outgrew_its_bound_is_found_though_nobody_has_it() {
        Received answer = Answers.received(CallKind.INVOKE, GOOD);
        Received outgrown = new Received(answer.asked(), 200, "application/json", answer.lines(), 2, 0, null);
        assertThat(inspector.inspect(outgrown).findings()).containsExactly(new RuleHit("line-too-long", true, 2));
    }

    @Test
    void an_answer_with_too_much_to_say_is_not_read_to_its_end_and_counts_so() {
        String bad = """
                {"result":{"response":{"sessionId":"s-1","responseEvents":[1,2,3,4,5,6,7,8,9,10]}}}
                """;
        Checked checked = inspect(CallKind.INVOKE, GOOD + bad.repeat(1_200), AnswerEnd.WHOLE);
        assertThat(checked.lines()).isEqualTo(1_000);
        assertThat(checked.findings()).hasSize(Inspector.FINDINGS_MAX);
    }

    private Checked inspect(CallKind call, String body, @Nullable AnswerEnd end) {
        Received answer = Answers.received(call, body);
        return inspector.inspect(new Received(answer.asked(), 200, "application/json", answer.lines(), 0, 0, end));
    }

    private static List<String> rules(Checked checked) {
        return checked.findings().stream().map(RuleHit::rule).toList();
    }

    private static String line(String session) {
        return """
                {"result":{"response":{"sessionId":"%s","responseEvents":[{"messageEvent":{"role":"ASSISTANT",\
                "content":{"textContent":{"text":"Yes"}}},"eventId":"e-1"}]}}}
                """.formatted(session);
    }
}
