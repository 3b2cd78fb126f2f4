package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.RuleHit;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a call before and around its stream: connections, redirects, unbuildable requests, checks. */
class CallEdgesTest {
    private static @Nullable ScriptedServer server;
    private static @Nullable GatlingRun run;

    static ScriptedServer server() {
        return Objects.requireNonNull(server);
    }

    @BeforeAll
    static void all_cases_run_at_once(@TempDir Path results) {
        AtomicBoolean hungUp = new AtomicBoolean();
        server = new ScriptedServer(reply -> {
            String path = reply.asked.path();
            if (path.equals("/redirect")) {
                reply.status(307, "text/plain", "/plain").text("moved\n").end();
            } else if (path.equals("/redirect-for-ever")) {
                reply.status(307, "text/plain", "/redirect-for-ever").end();
            } else if (path.equals("/hangs-up-once") && hungUp.compareAndSet(false, true)) {
                reply.cut();
            } else if (path.startsWith("/slowly")) {
                reply.ok().text(StreamCases.LINE);
                reply.after(250, () -> reply.text(StreamCases.LINE));
                reply.after(300, reply::end);
            } else {
                reply.ok().text(StreamCases.LINE).end();
            }
        });
        EdgeSimulation.RESULTS.clear();
        run = GatlingRun.of(EdgeSimulation.class, results);
    }

    @AfterAll
    static void the_server_goes() {
        server().close();
    }

    @Test
    void a_redirect_is_followed_within_one_call() {
        CallResult result = only("redirect");
        assertThat(result.outcome().label()).isEqualTo("ok");
        assertThat(result.timing().lines().count()).isEqualTo(1);
        assertThat(log().ok("redirect Redirect 1")).isEqualTo(1);
    }

    @Test
    void a_redirect_without_end_is_an_http_error() {
        assertThat(only("redirect for ever").outcome().label()).isEqualTo("http_error(307)");
    }

    @Test
    void a_request_on_a_pooled_connection_that_dies_is_not_sent_twice() {
        assertThat(results("pooled"))
                .extracting(result -> result.outcome().label())
                .containsExactly("ok", "connect_failed");
        assertThat(log().messages("pooled")).containsExactly("connect_failed: closed before the answer");
    }

    @Test
    void nobody_listening_is_a_failed_connection() {
        assertThat(only("refused").outcome().label()).isEqualTo("connect_failed");
        assertThat(log().messages("refused"))
                .singleElement()
                .asString()
                .startsWith("connect_failed: ")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void a_connection_that_does_not_come_in_time_is_a_failed_one() {
        assertThat(only("no accept").outcome().label()).isEqualTo("connect_failed");
        assertThat(log().messages("no accept")).containsExactly("connect_failed: no connection in time");
    }

    @Test
    void a_request_that_cannot_be_built_is_a_result_too() {
        CallResult result = only("no such attribute");
        assertThat(result.outcome().label()).isEqualTo("connect_failed");
        assertThat(result.timing().sentNanos()).isEqualTo(CallTiming.NEVER);
        assertThat(log().ko("no such attribute")).isEqualTo(1);
        assertThat(results("after no such attribute")).hasSize(1);
    }

    @Test
    void a_failed_check_of_gatlings_makes_an_unexpected_answer() {
        assertThat(only("checked").outcome().label()).isEqualTo("unexpected_answer");
        assertThat(log().ko("checked")).isEqualTo(1);
    }

    @Test
    void what_a_line_callback_saves_is_in_the_session() {
        assertThat(only("saved").outcome().label()).isEqualTo("ok");
        assertThat(EdgeSimulation.SAVED).containsExactly(StreamCases.LINE.strip());
    }

    @Test
    void a_watchdog_that_its_own_loop_kept_waiting_lets_pending_lines_in() {
        CallResult result = only("starved");
        assertThat(result.outcome().label()).isEqualTo("ok");
        assertThat(result.timing().lines().count()).isEqualTo(2);
    }

    @Test
    void a_contract_is_checked_before_the_user_goes_on_and_off_the_clock() {
        CallResult result = only("contract");
        assertThat(result.outcome().label()).isEqualTo("contract_violation");
        assertThat(result.findings()).containsExactly(new RuleHit("foreign-session", true, 1));
        assertThat(result.linesChecked()).isEqualTo(1);
        assertThat(result.timing().e2eNanos()).isLessThan(EdgeSimulation.CHECK_NANOS);
        assertThat(log().messages("contract")).containsExactly("contract_violation: foreign-session");
    }

    @Test
    void a_check_that_fails_leaves_an_answer_unchecked_and_the_outcome_alone() {
        CallResult result = only("contract that throws");
        assertThat(result.outcome().label()).isEqualTo("ok");
        assertThat(result.linesChecked()).isZero();
    }

    @Test
    void ttfl_and_gatlings_first_line_count_from_due() {
        CallTiming timing = only("due long ago").timing();
        assertThat(timing.lagNanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(700));
        assertThat((double) log().maxMillis("due long ago · first line"))
                .isCloseTo(timing.ttflNanos() / 1e6, within(1.0));
        assertThat((double) log().maxMillis("due long ago"))
                .isCloseTo((timing.e2eNanos() - timing.lagNanos()) / 1e6, within(1.0));
    }

    @Test
    void http2_users_share_connections_where_they_are_told_to() {
        assertThat(results("shared"))
                .hasSize(40)
                .allSatisfy(result -> assertThat(result.outcome().label()).isEqualTo("ok"));
    }

    @Test
    void who_walks_away_resets_an_http2_stream_and_closes_an_http1_connection() throws InterruptedException {
        assertThat(connection("/plain?h2")).isEqualTo(connection("/slowly?h2"));
        assertThat(connection("/plain?h1")).isNotEqualTo(connection("/slowly?h1"));
        assertThat(server().brokenOff.tryAcquire(2, 10, TimeUnit.SECONDS))
                .as("the server has noticed both")
                .isTrue();
    }

    private static String connection(String path) {
        return server().asked.stream()
                .filter(asked -> asked.path().equals(path))
                .map(ScriptedServer.Asked::connection)
                .findFirst()
                .orElseThrow();
    }

    private static GatlingRun log() {
        return Objects.requireNonNull(run);
    }

    private static List<CallResult> results(String name) {
        Queue<CallResult> results = EdgeSimulation.RESULTS.get(name);
        return results == null ? List.of() : List.copyOf(results);
    }

    private static CallResult only(String name) {
        assertThat(results(name)).hasSize(1);
        return results(name).get(0);
    }
}
