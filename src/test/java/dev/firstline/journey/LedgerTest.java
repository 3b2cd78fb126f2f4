package dev.firstline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    static final Ledger.Header HEADER = new Ledger.Header(
            "smoke-20261120T180000Z", "staging", "https://agents.staging.example.com", "b-1", "FIRSTLINE_STAGING_KEY");

    @TempDir
    Path runs;

    private Path file;

    @BeforeEach
    void a_run_has_a_folder() throws IOException {
        file = Files.createDirectory(runs.resolve("smoke-20261120T180000Z")).resolve(Ledger.FILE_NAME);
    }

    @Test
    void every_step_of_a_session_is_a_row() throws IOException {
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            ledger.intended("c-1");
            ledger.opened("s-1", "c-1");
            ledger.intended("c-2");
            ledger.refused("c-2");
            ledger.closed("s-1");

            assertThat(Files.readAllLines(file))
                    .containsExactly(
                            "{\"ledger\":1,\"run\":\"smoke-20261120T180000Z\",\"target\":\"staging\","
                                    + "\"baseUrl\":\"https://agents.staging.example.com\",\"businessId\":\"b-1\","
                                    + "\"apiKeyEnv\":\"FIRSTLINE_STAGING_KEY\"}",
                            "{\"row\":\"intended\",\"clientKey\":\"c-1\"}",
                            "{\"row\":\"opened\",\"sessionId\":\"s-1\",\"clientKey\":\"c-1\"}",
                            "{\"row\":\"intended\",\"clientKey\":\"c-2\"}",
                            "{\"row\":\"refused\",\"clientKey\":\"c-2\"}",
                            "{\"row\":\"closed\",\"sessionId\":\"s-1\"}");
        }
    }

    @Test
    void what_is_open_closed_and_unknown_is_counted() {
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            ledger.intended("c-1");
            ledger.intended("c-2");
            ledger.intended("c-3");
            ledger.intended("c-4");
            ledger.opened("s-1", "c-1");
            ledger.opened("s-2", "c-2");
            ledger.refused("c-3");
            ledger.closed("s-1");
            ledger.closed("s-1");
            ledger.closed("of-nobody");

            assertThat(ledger.openedCount()).isEqualTo(2);
            assertThat(ledger.closedCount()).isEqualTo(1);
            assertThat(ledger.unknownCount()).isEqualTo(1);
            assertThat(ledger.open()).containsExactly(new Ledger.OpenSession("s-2", "c-2"));
            assertThat(ledger.failure()).isEmpty();
        }
    }

    @Test
    void somebody_else_reads_what_it_comes_to_while_its_owner_lives() throws IOException {
        ClientKeys schedule = new ClientKeys("smoke", 1);
        List<String> names = new ArrayList<>();
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            ledger.opened("s-w", new ClientKeys("smoke-warm-up", 1).of(0));
            for (int k = 0; k < 4; k++) {
                ledger.intended(schedule.of(k));
            }
            ledger.opened("s-0", schedule.of(0));
            ledger.opened("s-1", schedule.of(1));
            ledger.closed("s-0");
            ledger.refused(schedule.of(2));
            Files.writeString(file, "{\"row\":\"ope", StandardOpenOption.APPEND);

            assertThat(LedgerAccount.read(file, schedule, names::add)).isEqualTo(new LedgerAccount(4, 2, 1, 2, 1));
        }
        assertThat(names)
                .containsExactly(
                        "s-w", "smoke-i1-00000", "smoke-i1-00001", "smoke-i1-00002", "smoke-i1-00003", "s-0", "s-1");
        assertThat(new ClientKeys("smoke", 1).has("smoke-i10-00001")).isFalse();
    }

    @Test
    void a_run_that_ended_well_leaves_nothing_to_take_over() {
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            ledger.opened("s-1", "c-1");
            ledger.closed("s-1");
        }

        assertThat(Ledger.abandoned(runs)).isEmpty();
        assertThat(file.resolveSibling("ledger.jsonl.lock")).doesNotExist();
        assertThat(file).exists();
    }

    @Test
    void a_run_that_leaked_is_taken_over_by_the_next_and_then_by_nobody() {
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            ledger.opened("s-1", "c-1");
            ledger.opened("s-2", "c-2");
            ledger.closed("s-1");
        }

        List<Ledger> abandoned = Ledger.abandoned(runs);
        assertThat(abandoned).hasSize(1);
        try (Ledger ledger = abandoned.get(0)) {
            assertThat(Ledger.abandoned(runs))
                    .as("while somebody closes its sessions")
                    .isEmpty();
            assertThat(ledger.header()).isEqualTo(HEADER);
            assertThat(ledger.file()).isEqualTo(file);
            assertThat(ledger.open()).containsExactly(new Ledger.OpenSession("s-2", "c-2"));
            ledger.closed("s-2");
            assertThat(ledger.openedCount()).isEqualTo(2);
            assertThat(ledger.closedCount()).isEqualTo(2);
        }
        assertThat(Ledger.abandoned(runs)).isEmpty();
    }

    @Test
    void a_ledger_in_use_by_this_very_process_is_not_abandoned() {
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            ledger.opened("s-1", "c-1");

            assertThat(Ledger.abandoned(runs)).isEmpty();
            assertThatThrownBy(() -> Ledger.create(file, HEADER)).isInstanceOf(UncheckedIOException.class);
            ledger.closed("s-1");
        }
    }

    @Test
    @Timeout(60)
    void a_living_process_keeps_its_ledger_and_a_killed_one_leaves_it() throws IOException, InterruptedException {
        int sessions = 200;
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerOwner.class.getName(),
                        file.toString(),
                        Integer.toString(sessions))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(owner.getInputStream().read())
                    .as("it has opened its sessions")
                    .isEqualTo('!');
            assertThat(Ledger.abandoned(runs)).as("while it lives").isEmpty();
        } finally {
            owner.destroyForcibly();
            assertThat(owner.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        List<Ledger> abandoned = Ledger.abandoned(runs);
        assertThat(abandoned).hasSize(1);
        try (Ledger ledger = abandoned.get(0)) {
            assertThat(ledger.openedCount()).isEqualTo(sessions);
            assertThat(ledger.closedCount()).isEqualTo(1);
            assertThat(ledger.unknownCount()).isEqualTo(1);
            assertThat(ledger.open()).hasSize(sessions - 1).contains(new Ledger.OpenSession("session-7", "customer-7"));
            ledger.open().forEach(session -> ledger.closed(session.sessionId()));
        }
        assertThat(Ledger.abandoned(runs)).isEmpty();
    }

    @Test
    void a_torn_last_row_is_as_if_it_had_not_been_written() throws IOException {
        leave("{\"row\":\"opened\",\"sessionId\":\"s-1\",\"clientKey\":\"c-1\"}\n{\"row\":\"closed\",\"sess");

        List<Ledger> abandoned = Ledger.abandoned(runs);
        assertThat(abandoned).hasSize(1);
        try (Ledger ledger = abandoned.get(0)) {
            assertThat(ledger.open()).containsExactly(new Ledger.OpenSession("s-1", "c-1"));
            ledger.closed("s-1");
        }
        assertThat(Files.readAllLines(file)).last().isEqualTo("{\"row\":\"closed\",\"sessionId\":\"s-1\"}");
    }

    @Test
    void a_process_killed_within_its_header_left_nothing_open() throws IOException {
        Files.writeString(file, "{\"ledger\":1,\"run\":\"smo");
        Files.createFile(file.resolveSibling("ledger.jsonl.lock"));

        assertThat(Ledger.abandoned(runs)).isEmpty();
    }

    @Test
    void a_row_that_cannot_be_read_is_refused_with_its_line() throws IOException {
        leave("{\"row\":\"opened\",\"sessionId\":\"s-1\",\"clientKey\":\"c-1\"}\nnonsense\n");

        assertThatThrownBy(() -> Ledger.abandoned(runs))
                .isInstanceOf(Misuse.class)
                .hasMessageContainingAll("something that is not JSON", file + ", line 3", "by hand");
    }

    @Test
    void folders_without_a_ledger_and_no_folder_at_all_are_nothing_to_take_over() throws IOException {
        Files.createDirectory(runs.resolve("other"));

        assertThat(Ledger.abandoned(runs)).isEmpty();
        assertThat(Ledger.abandoned(runs.resolve("none"))).isEmpty();
    }

    @Test
    void rows_of_many_threads_are_whole_and_all_there() throws IOException, InterruptedException, ExecutionException {
        int threads = 4;
        int sessions = 500;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = "t" + thread;
                done.add(pool.submit(() -> {
                    for (int i = 0; i < sessions; i++) {
                        ledger.opened(name + "-s-" + i, name + "-c-" + i);
                        if (i % 2 == 0) {
                            ledger.closed(name + "-s-" + i);
                        }
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
            assertThat(ledger.openedCount()).isEqualTo(2_000);
            assertThat(ledger.closedCount()).isEqualTo(1_000);
        } finally {
            pool.shutdown();
        }
        List<Ledger> abandoned = Ledger.abandoned(runs);
        assertThat(abandoned).hasSize(1);
        try (Ledger ledger = abandoned.get(0)) {
            assertThat(ledger.open()).hasSize(1_000);
        }
    }

    @Test
    void an_interrupt_does_not_close_the_file() {
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            Thread.currentThread().interrupt();
            ledger.opened("s-1", "c-1");
            assertThat(Thread.interrupted()).isTrue();
            ledger.closed("s-1");

            assertThat(ledger.failure()).isEmpty();
            assertThat(Ledger.abandoned(runs)).as("the lock is held still").isEmpty();
        }
    }

    /** What a process leaves behind that was killed after these rows. */
    private void leave(String rows) throws IOException {
        try (Ledger ledger = Ledger.create(file, HEADER)) {
            ledger.opened("s-0", "c-0");
        }
        List<String> header = Files.readAllLines(file).subList(0, 1);
        Files.write(file, header);
        Files.writeString(file, rows, StandardOpenOption.APPEND);
    }
}
