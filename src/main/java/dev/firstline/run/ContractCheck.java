package dev.firstline.run;

import dev.firstline.contract.Contracts;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.gatling.AnswerCheck;
import dev.firstline.stats.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks answers on a thread of its own, in the order in which they ended. One thread, because one checks more lines a
 * second than a generator receives, and because what comes in order is kept in order.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>{@link #check} never blocks and never throws;
 *   <li>each answer is checked to its end, or it counts as unchecked and {@link #doubts()} says why; nothing is
 *       sampled;
 *   <li>what waits is bounded, in answers and in bytes;
 *   <li>each stage comes to an end, also when the thread has come to its own.
 * </ol>
 */
public final class ContractCheck implements AnswerCheck, AutoCloseable {
    /** How many answers may wait. */
    static final int ANSWERS_MAX = 10_000;

    /** How many bytes the answers that wait may have in all. */
    static final long BYTES_MAX = 64 << 20;

    private static final Logger log = LoggerFactory.getLogger(ContractCheck.class);
    private static final long CLOSE_WAIT_SECONDS = 60;
    private static final String MORE_ROOM = "lower the rate, or give the generator a processor more";

    private final Bounds bounds;
    private final Function<Received, Checked> inspection;
    private final Runnable warmUp;
    private final LongConsumer waitedNanos;
    private final Clock clock;
    private final BlockingQueue<Object> queue;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong cropped = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread thread = new Thread(this::work, "firstline-checker");
    private volatile @Nullable Throwable failure;
    private volatile boolean over;

    /**
     * How much may wait.
     *
     * @param answers at most so many
     * @param bytes at most so many in all
     */
    record Bounds(int answers, long bytes) {
        static final Bounds DEFAULT = new Bounds(ANSWERS_MAX, BYTES_MAX);
    }

    /** Says that no answer follows. */
    private static final Object END = new Object();

    private record Waiting(Received answer, long bytes, long sinceNanos, CompletableFuture<Checked> result) {}

    /**
     * A check that forgets what it finds: for what precedes a measurement, and for measuring itself. Its thread begins
     * with some {@link Practice}.
     *
     * @param waitedNanos takes how long each answer waited until its check was over
     */
    public static ContractCheck forgetful(Contracts contracts, LongConsumer waitedNanos, Clock clock) {
        Inspector inspector = new Inspector(contracts, (answer, findings) -> {});
        return new ContractCheck(
                Bounds.DEFAULT, inspector::inspect, new Practice(contracts, clock), waitedNanos, clock);
    }

    /**
     * A check that has begun.
     *
     * @param inspection what the contract says of one answer; called on the checker's thread only
     * @param warmUp what the thread does before the first answer
     * @param waitedNanos takes how long each answer waited until its check was over
     */
    ContractCheck(
            Bounds bounds,
            Function<Received, Checked> inspection,
            Runnable warmUp,
            LongConsumer waitedNanos,
            Clock clock) {
        this.bounds = bounds;
        this.inspection = inspection;
        this.warmUp = warmUp;
        this.waitedNanos = waitedNanos;
        this.clock = clock;
        this.queue = new ArrayBlockingQueue<>(bounds.answers());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public CompletionStage<Checked> check(Received answer) {
        long size =
                answer.lines().stream().mapToLong(line -> line.bytes().length).sum();
        Waiting waiting = new Waiting(answer, size, clock.nanoTime(), new CompletableFuture<>());
        if (answer.unkept() > 0) {
            cropped.incrementAndGet();
        }
        if (bytes.addAndGet(size) > bounds.bytes() || !queue.offer(waiting)) {
            refused.incrementAndGet();
            settle(waiting, Checked.NOTHING);
        } else if (over && queue.remove(waiting)) {
            // It slipped in behind the thread's end.
            settle(waiting, Checked.NOTHING);
        }
        return waiting.result;
    }

    /** Why answers went unchecked; empty if none did. */
    List<Reason> doubts() {
        List<Reason> doubts = new ArrayList<>();
        Throwable ended = failure;
        if (ended != null) {
            doubt(doubts, "the checker ended: " + ended.getClass().getSimpleName(), "see the log for where");
        }
        if (failed.get() > 0) {
            doubt(doubts, failed.get() + " answers could not be checked: the checker failed", "see the log for where");
        }
        if (refused.get() > 0) {
            doubt(
                    doubts,
                    refused.get() + " answers found the checker's queue full, " + bounds.answers() + " answers or "
                            + (bounds.bytes() >> 20) + " MiB",
                    MORE_ROOM);
        }
        if (cropped.get() > 0) {
            doubt(
                    doubts,
                    cropped.get() + " answers had more than " + (ANSWER_BYTES_MAX >> 20)
                            + " MiB, and what was beyond went unchecked",
                    "see why the service says so much in one turn");
        }
        if (late.get() > 0) {
            doubt(doubts, late.get() + " answers waited longer than " + SECONDS_MAX + " s for the checker", MORE_ROOM);
        }
        return doubts;
    }

    /** Waits until what was handed over is checked. An answer that comes later counts as unchecked. */
    @Override
    public void close() {
        try {
            if (!over && !queue.offer(END, CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
                log.error("event=checker_stuck waiting={}", queue.size());
            }
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_WAIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void doubt(List<Reason> doubts, String fact, String attempt) {
        doubts.add(new Reason(Decision.NO_VERDICT, Reason.CONTRACT, fact, attempt));
    }

    private void work() {
        try {
            warmUp.run();
            for (Object next = queue.take(); next != END; next = queue.take()) {
                inspect((Waiting) next);
            }
        } catch (InterruptedException e) {
            // Nobody has a reason to; whoever did wanted it to end.
        } catch (Throwable e) {
            failure = e;
            log.error("event=checker_ended", e);
        } finally {
            over = true;
            for (Object left = queue.poll(); left != null; left = queue.poll()) {
                if (left instanceof Waiting waiting) {
                    settle(waiting, Checked.NOTHING);
                }
            }
        }
    }

    private void inspect(Waiting next) {
        Checked checked = Checked.NOTHING;
        try {
            if (clock.nanoTime() - next.sinceNanos < TimeUnit.SECONDS.toNanos(SECONDS_MAX)) {
                checked = inspection.apply(next.answer);
            } else {
                late.incrementAndGet();
            }
        } catch (RuntimeException | StackOverflowError e) {
            if (failed.getAndIncrement() == 0) {
                log.error("event=check_failed", e);
            }
        } finally {
            waitedNanos.accept(clock.nanoTime() - next.sinceNanos);
            settle(next, checked);
        }
    }

    private void settle(Waiting waiting, Checked checked) {
        bytes.addAndGet(-waiting.bytes);
        waiting.result.complete(checked);
    }
}
