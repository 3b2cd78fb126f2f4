package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstline.Misuse;
import dev.firstline.wire.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WorkersTest {
    private static final long MILLI = 1_000_000;

    @Test
    void a_turn_waits_until_the_first_worker_is_free() {
        Workers workers = new Workers(2);

        assertThat(beginsAfter(workers, 0, 100 * MILLI)).isZero();
        assertThat(beginsAfter(workers, 0, 300 * MILLI)).isZero();
        assertThat(beginsAfter(workers, 10 * MILLI, 100 * MILLI)).isEqualTo(90 * MILLI);
        assertThat(beginsAfter(workers, 20 * MILLI, 100 * MILLI)).isEqualTo(180 * MILLI);
        assertThat(beginsAfter(workers, 400 * MILLI, 100 * MILLI)).isZero();
    }

    @Test
    void everything_of_an_answer_that_waits_comes_later() {
        Workers workers = new Workers(1);
        workers.queued(lasting(100 * MILLI), 0);
        Plan queued = workers.queued(lasting(100 * MILLI), 0);

        assertThat(queued.headersNanos()).isEqualTo(100 * MILLI);
        assertThat(queued.steps().get(0).dueNanos()).isEqualTo(150 * MILLI);
        assertThat(queued.endNanos()).isEqualTo(200 * MILLI);
    }

    @Test
    void who_works_and_who_waits_is_told() {
        Workers workers = new Workers(2);
        for (int i = 0; i < 5; i++) {
            workers.queued(lasting(100 * MILLI), 0);
        }

        assertThat(List.of(workers.busy(0), workers.waiting(0))).containsExactly(2, 3);
        assertThat(List.of(workers.busy(100 * MILLI), workers.waiting(100 * MILLI)))
                .containsExactly(2, 1);
        assertThat(List.of(workers.busy(200 * MILLI), workers.waiting(200 * MILLI)))
                .containsExactly(1, 0);
        assertThat(List.of(workers.busy(300 * MILLI), workers.waiting(300 * MILLI)))
                .containsExactly(0, 0);
    }

    @Test
    void so_many_wait_and_no_more() {
        Workers workers = new Workers(1);
        for (int i = 0; i < Workers.WAITING_MAX; i++) {
            workers.queued(lasting(100 * MILLI), 0);
        }
        assertThat(workers.full(0)).isFalse();

        workers.queued(lasting(100 * MILLI), 0);

        assertThat(workers.full(0)).isTrue();
        assertThat(workers.full(100 * MILLI)).isFalse();
    }

    @Test
    void without_a_limit_nobody_waits() {
        Workers workers = new Workers(Workers.UNLIMITED);
        Plan plan = lasting(100 * MILLI);

        assertThat(workers.queued(plan, 0)).isSameAs(plan);
        assertThat(workers.queued(plan, 0)).isSameAs(plan);
    }

    @Test
    void after_a_reset_all_are_free() {
        Workers workers = new Workers(1);
        workers.queued(lasting(100 * MILLI), 0);
        workers.queued(lasting(100 * MILLI), 0);

        workers.reset();

        assertThat(List.of(workers.busy(0), workers.waiting(0))).containsExactly(0, 0);
        assertThat(beginsAfter(workers, 0, 100 * MILLI)).isZero();
    }

    /**
     * The mean wait of an M/M/1 queue is the service time times rho / (1 - rho): Kleinrock, Queueing Systems I, 3.2.
     */
    @Test
    void turns_wait_as_long_as_queueing_theory_says() {
        Workers workers = new Workers(1);
        SplittableRandom random = new SplittableRandom(7);
        Timing exponential = Timing.parse("exponential=100", "here");
        Recordings recordings = new StubRoot(null).recordings();
        Recording recording = Objects.requireNonNull(recordings.named("sofia/turn-1", Endpoint.INVOKE));
        int turns = 200_000;
        double rho = 0.7;
        double nowNanos = 0;
        double waitedNanos = 0;
        for (int i = 0; i < turns; i++) {
            nowNanos += random.nextExponential() * 100 * MILLI / rho;
            long lastsNanos =
                    exponential.of(recording, recordings.takes(), random).endNanos();
            waitedNanos += beginsAfter(workers, (long) nowNanos, lastsNanos);
        }

        assertThat(waitedNanos / turns / MILLI).isCloseTo(100 * rho / (1 - rho), within(12.0));
    }

    @Test
    void there_are_no_fewer_workers_than_none() {
        assertThatThrownBy(() -> Playback.recorded().withWorkers(-1))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("a number of workers")
                .hasMessageContaining("-1");
    }

    private static long beginsAfter(Workers workers, long nowNanos, long lastsNanos) {
        return workers.queued(lasting(lastsNanos), nowNanos).headersNanos();
    }

    private static Plan lasting(long nanos) {
        Step half = new Step(nanos / 2, new byte[] {'\n'});
        return new Plan(200, Map.of(), 0, List.of(half), nanos, Plan.Ending.CLEAN, true);
    }
}
