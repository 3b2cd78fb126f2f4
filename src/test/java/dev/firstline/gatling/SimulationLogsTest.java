package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that Gatling itself wrote, merged, and read by Gatling itself: the gate for another version of it. */
class SimulationLogsTest {
    private static final String NOBODY = "No attribute named 'nobody' is defined";

    private static @Nullable ScriptedServer server;
    private static @Nullable Path results;

    @TempDir
    private static Path folder;

    @TempDir
    private Path own;

    static ScriptedServer server() {
        return Objects.requireNonNull(server);
    }

    static Path results() {
        return Objects.requireNonNull(results);
    }

    @BeforeAll
    static void two_injectors_run() {
        server = new ScriptedServer(reply -> reply.status(reply.asked.path().equals("/good") ? 200 : 500, "text/plain")
                .end());
        try (ScriptedServer open = server()) {
            for (String injector : List.of("a", "b")) {
                results = folder.resolve(injector);
                GatlingRun.of(LoggedSimulation.class, results());
                assertThat(open.asked).isNotEmpty();
            }
        }
    }

    @Test
    void gatlings_log_is_whole_when_the_simulation_ends() throws IOException {
        assertThat(LoggedSimulation.logAtTheEnd).isNotEmpty().isEqualTo(Files.readAllBytes(log("b")));
    }

    @Test
    void one_log_comes_out_as_it_went_in() throws IOException {
        Path out = own.resolve("simulation.log");

        SimulationLogs.Merged merged = SimulationLogs.merge(List.of(log("a")), out);

        assertThat(out).hasSameBinaryContentAs(log("a"));
        assertThat(merged).isEqualTo(new SimulationLogs.Merged(records(out).size(), List.of(), List.of()));
        assertThat(records(out))
                .hasAtLeastOneElementOfType(LogRecord.Response.class)
                .hasAtLeastOneElementOfType(LogRecord.User.class)
                .hasAtLeastOneElementOfType(LogRecord.Group.class)
                .hasAtLeastOneElementOfType(LogRecord.Failure.class);
    }

    @Test
    void gatling_reads_the_sum_of_two_logs() throws IOException {
        Path out = own.resolve("simulation.log");

        SimulationLogs.Merged merged = SimulationLogs.merge(List.of(log("a"), log("b")), out);

        GatlingRun one = GatlingRun.read(log("a"));
        GatlingRun both = GatlingRun.read(out);
        assertThat(one.ok(LoggedSimulation.GOOD)).isEqualTo(1);
        assertThat(both.ok(LoggedSimulation.GOOD)).isEqualTo(2);
        assertThat(one.all()).isEqualTo(2 * LoggedSimulation.USERS + 1);
        assertThat(both.all()).isEqualTo(2 * one.all());
        assertThat(both.errors())
                .hasSize(2)
                .allSatisfy((message, count) -> assertThat(count).isEqualTo(2 * LoggedSimulation.USERS))
                .anySatisfy((message, count) -> assertThat(message).contains("500"))
                .anySatisfy((message, count) -> assertThat(message).contains(NOBODY));
        assertThat(merged.records()).isEqualTo(2L * records(log("a")).size());
    }

    @Test
    void a_merged_log_keeps_one_of_each_promise_and_every_scenario() throws IOException {
        Path out = merge(log("a"), log("b"));

        assertThat(run(out).assertions()).hasSize(2).isEqualTo(run(log("b")).assertions());
        assertThat(run(out).scenarios()).containsExactlyInAnyOrder("first", "第二");
        assertThat(run(out).startMillis()).isEqualTo(run(log("a")).startMillis());
    }

    @Test
    void records_are_in_the_order_of_time_and_none_is_lost() throws IOException {
        List<Path> logs = invented();

        Path out = merge(logs.toArray(Path[]::new));

        assertThat(records(out)).isSortedAccordingTo(Comparator.comparingLong(LogRecord::atMillis));
        List<LogRecord> all = new ArrayList<>();
        for (Path log : logs) {
            all.addAll(records(log));
        }
        assertThat(records(out)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void neither_order_nor_steps_change_what_is_in_a_merged_log() throws IOException {
        List<Path> logs = invented();
        Path a = logs.get(0);
        Path b = logs.get(1);
        Path c = logs.get(2);
        Path whole = merge(a, b, c);

        for (Path other : List.of(merge(c, a, b), merge(b, c, a), merge(merge(a, b), c), merge(a, merge(c, b)))) {
            assertThat(records(other)).containsExactlyInAnyOrderElementsOf(records(whole));
            LoggedRun expected = run(whole);
            assertThat(run(other).startMillis()).isEqualTo(expected.startMillis());
            assertThat(run(other).description()).isEqualTo(expected.description());
            assertThat(run(other).scenarios()).containsExactlyInAnyOrderElementsOf(expected.scenarios());
            assertThat(run(other).assertions()).containsExactlyInAnyOrderElementsOf(expected.assertions());
        }
    }

    @Test
    void a_torn_log_is_read_as_far_as_it_goes() throws IOException {
        byte[] whole = Files.readAllBytes(log("a"));
        Path torn = own.resolve("torn.log");
        Path out = own.resolve("simulation.log");
        long most = -1;
        for (int length = 0; length < whole.length; length++) {
            Files.write(torn, Arrays.copyOf(whole, length));
            Files.deleteIfExists(out);

            SimulationLogs.Merged merged = SimulationLogs.merge(List.of(torn), out);

            if (merged.empty().isEmpty()) {
                byte[] read = Files.readAllBytes(out);
                assertThat(read).isEqualTo(Arrays.copyOf(whole, read.length));
                assertThat(merged.torn()).isEqualTo(read.length == length ? List.of() : List.of(torn));
                assertThat(merged.records()).isBetween(most, most + 1);
                most = merged.records();
            } else {
                assertThat(most)
                        .as("a first record that was whole is whole in a longer log")
                        .isNegative();
                assertThat(merged).isEqualTo(new SimulationLogs.Merged(0, List.of(), List.of(torn)));
                assertThat(out).doesNotExist();
            }
        }
        assertThat(most).isEqualTo(records(log("a")).size() - 1);
    }

    @Test
    void an_empty_log_is_named_and_the_others_are_merged() throws IOException {
        Path empty = Files.createFile(own.resolve("empty.log"));
        Path out = own.resolve("simulation.log");

        SimulationLogs.Merged merged = SimulationLogs.merge(List.of(empty, log("a")), out);

        assertThat(merged.empty()).containsExactly(empty);
        assertThat(merged.torn()).isEmpty();
        assertThat(out).hasSameBinaryContentAs(log("a"));
    }

    @Test
    void a_log_of_another_gatling_is_refused() throws IOException {
        byte[] bytes = Files.readAllBytes(log("a"));
        bytes[Byte.BYTES + Integer.BYTES] = '9';
        Path other = Files.write(own.resolve("other.log"), bytes);

        assertThatThrownBy(() -> merge(log("a"), other))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("expected a log of Gatling ")
                .hasMessageContaining("saw Gatling 9.")
                .hasMessageContaining(other.toString());
        assertThat(own).isDirectoryNotContaining("glob:**merged*");
    }

    @Test
    void a_log_of_another_simulation_is_refused() throws IOException {
        Path other = own.resolve("other.log");
        LoggedRun run = run(log("a"));
        write(
                other,
                new LoggedRun(run.version(), "Another", run.startMillis(), "", run.scenarios(), List.of()),
                List.of());

        assertThatThrownBy(() -> merge(log("a"), other))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(LoggedSimulation.class.getName())
                .hasMessageContaining("saw Another");
    }

    @Test
    void logs_of_another_month_are_refused_and_leave_nothing() throws IOException {
        Path other = own.resolve("other.log");
        LoggedRun run = run(log("a"));
        LoggedRun early = new LoggedRun(run.version(), run.simulation(), 0, "", run.scenarios(), run.assertions());
        write(other, early, List.of());

        assertThatThrownBy(() -> merge(log("a"), other))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("24 days");
        assertThat(own).isDirectoryNotContaining("glob:**merged*");
    }

    @Test
    void something_else_is_refused() throws IOException {
        for (String text :
                List.of("RUN\tsims.Old\tsmoke\t17\t \t3.12.0\n", "{\"a\": 1}", "\0\177\377\377\377garbage")) {
            Path other = Files.write(own.resolve("other.log"), text.getBytes(StandardCharsets.ISO_8859_1));

            assertThatThrownBy(() -> merge(other)).isInstanceOf(Misuse.class).hasMessageContaining("other.log");
        }
    }

    @Test
    void a_damaged_log_is_refused_or_read_and_no_length_in_it_is_believed() throws IOException {
        byte[] whole = Files.readAllBytes(log("a"));
        Path damaged = own.resolve("damaged.log");
        int refused = 0;
        for (int at = 0; at < whole.length - Integer.BYTES; at++) {
            byte[] bytes = whole.clone();
            ByteBuffer.wrap(bytes).putInt(at, Integer.MAX_VALUE - 1);
            Files.write(damaged, bytes);
            try {
                merge(damaged);
            } catch (Misuse e) {
                refused++;
                assertThat(e).hasMessageContaining(damaged.toString());
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 3);
    }

    /** Logs of three injectors that have some scenarios and promises in common, and words of their own. */
    private List<Path> invented() throws IOException {
        Random random = new Random(6);
        LoggedRun like = run(log("a"));
        List<Path> logs = new ArrayList<>();
        for (int injector = 0; injector < 3; injector++) {
            List<String> scenarios = List.of("shared", "of " + injector);
            List<String> promises = List.of("p", "p", "\u00ff" + (injector % 2));
            long start = like.startMillis() + random.nextInt(1_000);
            List<LogRecord> records = new ArrayList<>();
            long at = start;
            for (int i = 0; i < 200; i++) {
                at += random.nextInt(4);
                records.add(record(random, at, scenarios));
            }
            Path log = own.resolve("invented-" + injector + ".log");
            String description = injector == 0 ? "" : "injector " + injector;
            write(
                    log,
                    new LoggedRun(like.version(), like.simulation(), start, description, scenarios, promises),
                    records);
            logs.add(log);
        }
        return logs;
    }

    private static LogRecord record(Random random, long at, List<String> scenarios) {
        List<String> groups =
                Stream.of("外", "inner", "\ud83d").limit(random.nextInt(4)).toList();
        String message =
                List.of("", "größer", "half a pair: \udc00", "x".repeat(4_000)).get(random.nextInt(4));
        boolean ok = random.nextBoolean();
        long start = at - random.nextInt(5_000);
        return switch (random.nextInt(4)) {
            case 0 -> new LogRecord.User(scenarios.get(random.nextInt(2)), ok, at);
            case 1 -> new LogRecord.Group(groups, start, at, random.nextInt(5_000), ok);
            case 2 -> new LogRecord.Failure(message, at);
            default -> new LogRecord.Response(groups, "call " + random.nextInt(3), start, at, ok, message);
        };
    }

    private Path merge(Path... logs) throws IOException {
        Path out = own.resolve("merged-" + Arrays.hashCode(logs) + ".log");
        SimulationLogs.merge(List.of(logs), out);
        return out;
    }

    private static Path log(String injector) {
        return GatlingRun.log(folder.resolve(injector));
    }

    private static void write(Path log, LoggedRun run, List<LogRecord> records) throws IOException {
        try (SimulationLogWriter writer = new SimulationLogWriter(log, run)) {
            for (LogRecord record : records) {
                writer.write(record);
            }
        }
    }

    private static LoggedRun run(Path log) throws IOException {
        try (SimulationLog open = SimulationLog.open(log).orElseThrow()) {
            return open.run();
        }
    }

    private static List<LogRecord> records(Path log) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        try (SimulationLog open = SimulationLog.open(log).orElseThrow()) {
            for (LogRecord next = open.next(); next != null; next = open.next()) {
                records.add(next);
            }
        }
        return records;
    }
}
