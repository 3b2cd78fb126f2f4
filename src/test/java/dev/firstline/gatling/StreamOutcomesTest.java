package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stats.CallResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate for an upgrade of Gatling: every way a stream can end, on HTTP/1.1 and on HTTP/2, told apart. */
class StreamOutcomesTest {
    private static @Nullable ScriptedServer server;
    private static @Nullable GatlingRun run;

    static ScriptedServer server() {
        return Objects.requireNonNull(server);
    }

    @BeforeAll
    static void all_cases_run_at_once(@TempDir Path results) {
        List<StreamCases> cases = StreamCases.all();
        server = new ScriptedServer(reply -> cases.stream()
                .filter(one -> one.path().equals(reply.asked.path()))
                .findFirst()
                .orElseThrow()
                .server()
                .accept(reply));
        StreamSimulation.RESULTS.clear();
        run = GatlingRun.of(StreamSimulation.class, results);
    }

    @AfterAll
    static void the_server_goes() {
        server().close();
    }

    static Stream<Arguments> cases() {
        return StreamCases.all().stream()
                .flatMap(one -> Stream.of("h1", "h2").map(protocol -> Arguments.of(protocol, one)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void each_call_ends_as_one_result(String protocol, StreamCases one) {
        Queue<CallResult> results =
                StreamSimulation.RESULTS.getOrDefault(protocol + " " + one.name(), new ConcurrentLinkedQueue<>());
        assertThat(results).hasSize(1);
        CallResult result = results.element();
        assertThat(result.outcome().label()).isEqualTo(one.outcome());
        assertThat(result.timing().lines().count()).isEqualTo(one.lines());
        assertThat(result.timing().ttflNanos())
                .isEqualTo(result.timing().lagNanos() + result.timing().ttflServiceNanos());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void gatlings_own_report_says_the_same(String protocol, StreamCases one) {
        GatlingRun log = Objects.requireNonNull(run);
        String name = protocol + " " + one.name();
        assertThat(log.ko(name)).isEqualTo(one.isKo() ? 1 : 0);
        assertThat(log.ok(name)).isEqualTo(one.isKo() ? 0 : 1);
        if (one.isKo()) {
            assertThat(log.messages(name)).singleElement().asString().startsWith(one.message());
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void a_first_line_is_logged_from_due_and_a_failure_without_one_as_the_time_waited(
            String protocol, StreamCases one) {
        GatlingRun log = Objects.requireNonNull(run);
        String entry = protocol + " " + one.name() + " · first line";
        boolean single = one.name().contains("several lines");
        assertThat(log.ok(entry)).isEqualTo(one.lines() > 0 && !single ? 1 : 0);
        assertThat(log.ko(entry)).isEqualTo(one.lines() == 0 && one.isKo() ? 1 : 0);
        assertThat(log.ok(protocol + " " + one.name() + " · longest gap")).isEqualTo(one.lines() > 1 ? 1 : 0);
    }
}
