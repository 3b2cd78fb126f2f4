package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.JourneyResult;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole conversations against an agent that keeps sessions. */
class JourneysTest {
    private static @Nullable FakeAgent agent;
    private static @Nullable GatlingRun run;
    private static @Nullable Path ledgers;

    static FakeAgent agent() {
        return Objects.requireNonNull(agent);
    }

    static Path ledgers() {
        return Objects.requireNonNull(ledgers);
    }

    @BeforeAll
    static void all_journeys_run_at_once(@TempDir Path results) {
        agent = new FakeAgent();
        ledgers = results;
        run = GatlingRun.of(JourneySimulation.class, results.resolve("gatling"));
    }

    @AfterAll
    static void the_agent_goes() {
        JourneySimulation.LOADS.values().forEach(load -> load.ledger.close());
        agent().close();
    }

    @Test
    void a_journey_opens_a_session_says_its_turns_and_closes_it() {
        JourneySimulation.Load load = JourneySimulation.load("shopping");
        assertThat(load.outcomes())
                .containsOnly("init ok", "invoke ok", "invoke_sync ok", "close ok")
                .hasSize(10 * 5);
        assertThat(load.journeys).hasSize(10);
        assertThat(load.ledger.openedCount()).isEqualTo(10);
        assertThat(load.ledger.closedCount()).isEqualTo(10);
        assertThat(load.ledger.unknownCount()).isZero();
        assertThat(log().ok("shopping · invoke")).isEqualTo(20);
        assertThat(log().ok("shopping · invoke · first line")).isEqualTo(20);
        assertThat(log().ok("shopping · init · first line")).isZero();
    }

    @Test
    void what_was_shown_is_what_is_picked() {
        assertThat(agent().bodies("shopping"))
                .filteredOn(body -> body.contains("listReplyEvent"))
                .hasSize(10)
                .allSatisfy(body -> assertThat(body).contains("\"id\":\"row-1\""));
    }

    @Test
    void arrivals_are_due_by_the_schedule_and_not_by_gatling() {
        JourneySimulation.Load load = JourneySimulation.load("shopping");
        long epochNanos = load.schedule.epochNanos().orElseThrow();
        List<CallResult> inits = load.calls(CallKind.INIT);
        for (int k = 0; k < inits.size(); k++) {
            CallTiming timing = inits.get(k).timing();
            assertThat(timing.dueNanos()).isEqualTo(epochNanos + TimeUnit.MILLISECONDS.toNanos(100L * k));
            // What is waited for is waited for to the end, and then not for long.
            assertThat(timing.lagNanos()).isBetween(0L, TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    @Test
    void a_turn_is_due_when_the_call_before_it_ended_and_the_customer_has_thought() {
        for (CallResult[] pair : JourneySimulation.load("shopping").pairs()) {
            long thinkNanos = pair[1].turn() == 2 ? TimeUnit.MILLISECONDS.toNanos(150) : 0;
            assertThat(pair[1].timing().dueNanos()).isEqualTo(pair[0].timing().endNanos() + thinkNanos);
        }
        assertThat(JourneySimulation.load("shopping").journeys).allSatisfy(journey -> {
            assertThat(journey.thinkNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(150));
            assertThat(journey.journeyNanos()).isPositive();
        });
    }

    @Test
    void lag_and_service_add_up_also_when_users_are_started_late() {
        JourneySimulation.Load load = JourneySimulation.load("late");
        List<CallResult> inits = load.calls(CallKind.INIT);
        assertThat(inits).hasSize(6);
        assertThat(inits.get(5).timing().lagNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(load.calls)
                .allSatisfy(call -> assertThat(call.timing().ttflNanos())
                        .isEqualTo(call.timing().lagNanos() + call.timing().ttflServiceNanos()));
        assertThat(load.calls(CallKind.INVOKE))
                .allSatisfy(
                        call -> assertThat(call.timing().lagNanos()).isLessThan(TimeUnit.MILLISECONDS.toNanos(200)));
    }

    @Test
    void after_a_failed_turn_nothing_more_is_said_but_the_session_is_closed() {
        JourneySimulation.Load load = JourneySimulation.load("failing");
        assertThat(load.outcomes()).containsExactly("init ok", "invoke stream_error(14)", "close ok");
        assertThat(load.ledger.closedCount()).isEqualTo(1);
    }

    @Test
    void a_kind_that_does_not_come_and_a_list_that_was_not_shown_are_unexpected() {
        assertThat(JourneySimulation.load("expecting").outcomes())
                .containsExactly("init ok", "invoke unexpected_answer", "close ok");
        assertThat(log().messages("expecting · invoke")).containsExactly("unexpected_answer: no listMessage");
        JourneySimulation.Load picking = JourneySimulation.load("picking");
        assertThat(picking.outcomes()).containsExactly("init ok", "invoke ok", "invoke unexpected_answer", "close ok");
        assertThat(picking.calls(CallKind.INVOKE).get(1).timing().sentNanos()).isEqualTo(CallTiming.NEVER);
    }

    @Test
    void who_walks_away_fails_nobody_and_still_closes() {
        JourneySimulation.Load load = JourneySimulation.load("leaving");
        assertThat(load.outcomes()).containsExactly("init ok", "invoke abandoned", "invoke ok", "close ok");
        assertThat(log().ok("leaving · invoke")).isEqualTo(2);
    }

    @Test
    void without_a_session_there_is_nothing_to_say_or_close() {
        JourneySimulation.Load load = JourneySimulation.load("refused");
        assertThat(load.outcomes()).containsExactly("init http_error(429,8)");
        assertThat(load.ledger.openedCount()).isZero();
        assertThat(load.ledger.unknownCount()).isZero();
        assertThat(load.journeys).as("whole conversations").isEmpty();
    }

    @Test
    void an_init_without_a_session_id_is_unexpected() {
        assertThat(JourneySimulation.load("nameless").outcomes()).containsExactly("init unexpected_answer");
    }

    @Test
    void an_agent_that_closed_the_session_itself_may_say_so() {
        JourneySimulation.Load load = JourneySimulation.load("dismissed");
        assertThat(load.outcomes()).containsExactly("init ok", "invoke ok", "close ok");
        assertThat(load.ledger.closedCount()).isEqualTo(1);
        assertThat(log().ko("dismissed · close")).isZero();
    }

    @Test
    void a_mix_gives_each_arrival_its_journey() {
        JourneySimulation.Load load = JourneySimulation.load("mixed");
        assertThat(load.journeys.stream()
                        .sorted(Comparator.comparingLong(JourneyResult::number))
                        .map(JourneyResult::journey))
                .containsExactly("one", "two", "one", "two");
    }

    @Test
    void users_beyond_the_schedule_leave() {
        assertThat(JourneySimulation.load("late").journeys).hasSize(6);
        assertThat(JourneySimulation.load("late").schedule.started()).isEqualTo(6);
    }

    @Test
    void the_key_is_sent_and_in_no_log_whatever_its_level() {
        assertThat(agent().keys()).containsOnly(FakeAgent.API_KEY);
        assertThat(JourneySimulation.LOGGED).anyMatch(text -> text.contains("x-api-key"));
        assertThat(JourneySimulation.LOGGED).noneMatch(text -> text.contains(FakeAgent.API_KEY));
    }

    @Test
    void nothing_is_asked_for_that_would_hold_lines_back() {
        assertThat(agent().headers()).noneMatch(headers -> headers.contains("accept-encoding"));
    }

    @Test
    void the_event_loops_were_watched() {
        assertThat(JourneySimulation.DELAYS_NANOS).hasSizeGreaterThan(20).allMatch(nanos -> nanos >= 0);
    }

    private static GatlingRun log() {
        return Objects.requireNonNull(run);
    }
}
