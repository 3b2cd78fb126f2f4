package dev.firstline.stats;

import static dev.firstline.stats.Calls.LIMITS;
import static dev.firstline.stats.Calls.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RunRecorderTest {
    private static final int PRODUCERS = 8;

    private final FakeClock clock = new FakeClock();

    @TempDir
    private Path folder;

    @Test
    void nothing_is_lost_with_eight_producers() throws Exception {
        RunRecorder recorder = RunRecorder.start(folder, RUN, new RunTally(LIMITS), 0);
        produce(recorder, 4_000, () -> {});
        recorder.close();

        assertThat(recorder.unrecorded()).isZero();
        assertThat(recorder.failure()).isNull();
        assertThat(recorded(recorder)).isEqualTo(PRODUCERS * 4_000);
        assertThat(rows()).isEqualTo(PRODUCERS * 4_000);
    }

    @Test
    void what_finds_the_queue_full_is_counted() throws IOException {
        RunRecorder recorder = new RunRecorder(new RunTally(LIMITS), TurnLog.create(folder, RUN), 0, 4, clock);
        for (int i = 0; i < 6; i++) {
            recorder.add(init(i));
        }
        assertThat(recorder.unrecorded()).isEqualTo(2);
        recorder.begin();
        recorder.close();

        assertThat(recorder.unrecorded()).isEqualTo(2);
        assertThat(recorded(recorder)).isEqualTo(4);
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void what_comes_after_the_close_is_counted() throws IOException {
        RunRecorder recorder = RunRecorder.start(folder, RUN, new RunTally(LIMITS), 0);
        recorder.add(init(0));
        recorder.close();
        recorder.add(init(1));
        recorder.add(new JourneyResult("greeting", 1, 0, 1, 0));
        assertThat(recorder.unrecorded()).isEqualTo(2);
        recorder.close();
        assertThat(recorder.unrecorded()).isEqualTo(2);
        assertThat(recorded(recorder)).isEqualTo(1);
    }

    @Test
    void what_a_killed_run_has_recorded_a_second_ago_can_be_read() throws Exception {
        RunRecorder recorder = new RunRecorder(new RunTally(LIMITS), TurnLog.create(folder, RUN), 0, 64, clock);
        recorder.begin();
        recorder.add(init(0));
        assertThat(recorder.ask(tally -> true).get()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        recorder.add(init(1));
        assertThat(recorder.ask(tally -> true).get()).isTrue();

        AtomicLong rows = new AtomicLong();
        assertThat(TurnLog.read(folder, call -> rows.incrementAndGet(), journey -> {}))
                .as("whether it has an end")
                .isFalse();
        assertThat(rows).hasValue(2);
        recorder.close();
    }

    @Test
    void what_comes_while_it_closes_is_recorded_or_counted() throws Exception {
        RunRecorder recorder = new RunRecorder(new RunTally(LIMITS), TurnLog.create(folder, RUN), 0, 64, clock);
        recorder.begin();
        produce(recorder, 4_000, recorder::close);

        assertThat(recorded(recorder) + recorder.unrecorded()).isEqualTo(PRODUCERS * 4_000);
        assertThat(rows()).isEqualTo(recorded(recorder));
    }

    @Test
    void times_in_the_log_are_from_the_origin_and_an_impossible_one_takes_no_other_with_it() throws IOException {
        RunRecorder recorder = RunRecorder.start(folder, RUN, new RunTally(LIMITS), Calls.ms(1_000));
        recorder.add(Calls.init(0, 1_000, 5, Outcome.OK));
        recorder.add(Calls.init(1, 999, 5, Outcome.OK));
        recorder.add(Calls.init(2, 1_250, 5, Outcome.OK));
        recorder.close();

        List<Long> due = new ArrayList<>();
        TurnLog.read(folder, call -> due.add(call.timing().dueNanos()), journey -> {});
        assertThat(due).containsExactly(0L, Calls.ms(250));
        assertThat(recorder.unrecorded()).isEqualTo(1);
        assertThat(recorded(recorder)).isEqualTo(2);
    }

    @Test
    void a_full_disk_is_told_and_holds_nobody_up() throws Exception {
        for (int queueMax : new int[] {16, RunRecorder.QUEUE_MAX}) {
            RunRecorder recorder =
                    new RunRecorder(new RunTally(LIMITS), TurnLog.to(new FullDisk(200), RUN), 0, queueMax, clock);
            recorder.begin();
            produce(recorder, 4_000, () -> {});
            recorder.close();

            assertThat(recorder.failure()).hasMessage("no space left");
            assertThat(recorder.unrecorded() + recorded(recorder)).isGreaterThan(PRODUCERS * 4_000);
        }
    }

    @Test
    void a_disk_that_is_full_at_the_very_end_is_told_too() throws IOException {
        RunRecorder recorder = new RunRecorder(new RunTally(LIMITS), TurnLog.to(new FullDisk(20), RUN), 0, 16, clock);
        recorder.begin();
        recorder.add(init(0));
        recorder.close();
        assertThat(recorder.failure()).isNotNull();
        assertThat(recorder.unrecorded()).isPositive();
    }

    @Test
    void a_folder_that_is_not_there_is_told_at_the_start() {
        assertThatThrownBy(() -> RunRecorder.start(folder.resolve("none"), RUN, new RunTally(LIMITS), 0))
                .isInstanceOf(IOException.class);
    }

    @Test
    void the_tally_is_not_read_before_the_close() throws IOException {
        try (RunRecorder recorder = RunRecorder.start(folder, RUN, new RunTally(LIMITS), 0)) {
            assertThatThrownBy(recorder::tally).isInstanceOf(IllegalStateException.class);
        }
    }

    private static void produce(RunRecorder recorder, int each, Runnable meanwhile) throws InterruptedException {
        CountDownLatch underWay = new CountDownLatch(PRODUCERS);
        List<Thread> producers = new ArrayList<>();
        for (int producer = 0; producer < PRODUCERS; producer++) {
            producers.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    recorder.add(init(i));
                    if (i == each / 10) {
                        underWay.countDown();
                    }
                }
            }));
        }
        producers.forEach(Thread::start);
        underWay.await();
        meanwhile.run();
        for (Thread producer : producers) {
            producer.join();
        }
    }

    private static CallResult init(long number) {
        return Calls.init(number, number, number % 977, Outcome.OK);
    }

    private static long recorded(RunRecorder recorder) {
        return Objects.requireNonNull(recorder.tally().metric(Metric.LAG)).count();
    }

    private long rows() throws IOException {
        AtomicLong rows = new AtomicLong();
        assertThat(TurnLog.read(folder, call -> rows.incrementAndGet(), journey -> {}))
                .isTrue();
        return rows.get();
    }

    /** Takes so many bytes and not one more. */
    private static final class FullDisk extends OutputStream {
        private int left;

        FullDisk(int bytes) {
            left = bytes;
        }

        @Override
        public void write(int b) throws IOException {
            if (--left < 0) {
                throw new IOException("no space left");
            }
        }
    }
}
