package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.gatling.AnswerCheck.Checked;
import dev.firstline.gatling.AnswerCheck.Received;
import dev.firstline.stats.Clock;
import dev.firstline.stats.FakeClock;
import dev.firstline.stats.RuleHit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The checker's thread and its queue; what is found is another matter. */
@Timeout(30)
final class ContractCheckTest {
    private static final Received ANSWER = Answers.invoke("{}\n");
    private static final Checked ONE = new Checked(1, List.of(new RuleHit("two-kinds", true, 1)));

    private final List<Long> waits = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch busy = new CountDownLatch(1);
    private final Semaphore go = new Semaphore(0);

    @Test
    void answers_are_checked_in_order_on_a_thread_of_their_own() {
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        List<Received> seen = Collections.synchronizedList(new ArrayList<>());
        List<Received> answers =
                IntStream.range(0, 100).mapToObj(i -> Answers.invoke("{}\n")).toList();
        ContractCheck check = check(10_000, 1 << 20, answer -> {
            threads.add(Thread.currentThread().getName());
            seen.add(answer);
            return ONE;
        });
        answers.forEach(check::check);
        assertThat(checked(check, ANSWER)).isEqualTo(ONE);
        check.close();
        assertThat(seen).startsWith(answers.toArray(Received[]::new)).hasSize(101);
        assertThat(threads).containsOnly("firstline-checker");
        assertThat(waits).hasSize(101);
        assertThat(check.doubts()).isEmpty();
    }

    @Test
    void an_answer_that_finds_the_queue_full_counts_as_unchecked_and_is_told() throws Exception {
        ContractCheck check = check(1, 1 << 20, this::whenTold);
        var first = check.check(ANSWER).toCompletableFuture();
        busy.await();
        var second = check.check(ANSWER).toCompletableFuture();
        assertThat(check.check(ANSWER)).isCompletedWithValue(Checked.NOTHING);
        assertThat(second).isNotDone();
        go.release(2);
        check.close();
        assertThat(first).isCompletedWithValue(ONE);
        assertThat(second).isCompletedWithValue(ONE);
        assertThat(facts(check)).containsExactly("1 answers found the checker's queue full, 1 answers or 1 MiB");
    }

    @Test
    void bytes_are_bounded_too_and_are_given_back() throws Exception {
        Received large = Answers.invoke("{\"a\":\"" + "x".repeat(700_000) + "\"}\n");
        ContractCheck check = check(100, 1 << 20, this::whenTold);
        var first = check.check(large).toCompletableFuture();
        busy.await();
        assertThat(check.check(large)).isCompletedWithValue(Checked.NOTHING);
        go.release(2);
        assertThat(first.get()).isEqualTo(ONE);
        assertThat(checked(check, large)).isEqualTo(ONE);
        assertThat(facts(check)).singleElement().asString().startsWith("1 answers found");
        check.close();
    }

    @Test
    void an_answer_of_which_not_all_was_kept_is_told() {
        ContractCheck check = check(100, 1 << 20, answer -> ONE);
        Received cropped = new Received(ANSWER.asked(), 200, null, ANSWER.lines(), 0, 3, null);
        assertThat(checked(check, cropped)).isEqualTo(ONE);
        assertThat(facts(check)).containsExactly("1 answers had more than 32 MiB, and what was beyond went unchecked");
        check.close();
    }

    @Test
    void an_answer_whose_check_fails_takes_no_other_with_it() {
        ContractCheck check = check(100, 1 << 20, answer -> {
            if (answer.lines().isEmpty()) {
                throw new IllegalStateException("a defect");
            }
            return ONE;
        });
        assertThat(checked(check, Answers.invoke(""))).isEqualTo(Checked.NOTHING);
        assertThat(checked(check, ANSWER)).isEqualTo(ONE);
        assertThat(facts(check)).containsExactly("1 answers could not be checked: the checker failed");
        check.close();
    }

    @Test
    void when_the_thread_has_died_nobody_waits_for_it() throws Exception {
        ContractCheck check = check(100, 1 << 20, answer -> {
            whenTold(answer);
            throw new NoClassDefFoundError("a class");
        });
        var first = check.check(ANSWER).toCompletableFuture();
        var second = check.check(ANSWER).toCompletableFuture();
        go.release(1);
        assertThat(first.get()).isEqualTo(Checked.NOTHING);
        assertThat(second.get()).isEqualTo(Checked.NOTHING);
        assertThat(checked(check, ANSWER)).isEqualTo(Checked.NOTHING);
        assertThat(facts(check)).containsExactly("the checker ended: NoClassDefFoundError");
        check.close();
    }

    @Test
    void an_answer_that_waited_too_long_is_not_checked_any_more() throws Exception {
        FakeClock clock = new FakeClock();
        ContractCheck check = check(100, 1 << 20, this::whenTold, clock);
        var first = check.check(ANSWER).toCompletableFuture();
        busy.await();
        var second = check.check(ANSWER).toCompletableFuture();
        clock.advance(Duration.ofSeconds(31));
        go.release(2);
        assertThat(first.get()).isEqualTo(ONE);
        assertThat(second.get()).isEqualTo(Checked.NOTHING);
        check.close();
        assertThat(waits).containsOnly(TimeUnit.SECONDS.toNanos(31));
        assertThat(facts(check)).containsExactly("1 answers waited longer than 30 s for the checker");
    }

    @Test
    void what_was_handed_over_before_the_end_is_checked_and_what_comes_later_is_not() {
        ContractCheck check = check(100, 1 << 20, answer -> ONE);
        List<CompletionStage<Checked>> early =
                IntStream.range(0, 50).mapToObj(i -> check.check(ANSWER)).toList();
        check.close();
        check.close();
        assertThat(early).allSatisfy(one -> assertThat(one).isCompletedWithValue(ONE));
        assertThat(check.check(ANSWER)).isCompletedWithValue(Checked.NOTHING);
    }

    @Test
    void the_thread_warms_up_before_its_first_answer() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        ContractCheck check = new ContractCheck(
                ContractCheck.Bounds.DEFAULT,
                answer -> {
                    order.add("answer");
                    return ONE;
                },
                () -> order.add("warm-up"),
                waits::add,
                Clock.system());
        check.check(ANSWER);
        check.close();
        assertThat(order).containsExactly("warm-up", "answer");
    }

    private ContractCheck check(int answers, long bytes, Function<Received, Checked> inspection) {
        return check(answers, bytes, inspection, Clock.system());
    }

    private ContractCheck check(int answers, long bytes, Function<Received, Checked> inspection, Clock clock) {
        return new ContractCheck(new ContractCheck.Bounds(answers, bytes), inspection, () -> {}, waits::add, clock);
    }

    private Checked whenTold(Received answer) {
        busy.countDown();
        go.acquireUninterruptibly();
        return ONE;
    }

    private static Checked checked(ContractCheck check, Received answer) {
        return check.check(answer).toCompletableFuture().join();
    }

    private static List<String> facts(ContractCheck check) {
        assertThat(check.doubts()).allSatisfy(doubt -> {
            assertThat(doubt.decision()).isEqualTo(Decision.NO_VERDICT);
            assertThat(doubt.about()).isEqualTo(Reason.CONTRACT);
        });
        return check.doubts().stream().map(Reason::fact).toList();
    }
}
