package dev.firstline.stats;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes results from event loops and writes and adds them up on a thread of its own.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>{@link #add(CallResult)} never blocks and never throws;
 *   <li>each result is in the log and in the tally, or it is counted in {@link #unrecorded()}; none is lost silently;
 *   <li>after {@link #close()} returned, all that was added before is in both;
 *   <li>{@link #tally()} is read after {@link #close()} only.
 * </ol>
 */
public final class RunRecorder implements AutoCloseable {
    /** A killed run loses at most so many rows, and none that is older than {@link #FLUSH_EVERY}. */
    private static final int FLUSH_ROWS = 1_000;

    private static final Duration FLUSH_EVERY = Duration.ofSeconds(1);

    /** How many results may wait for the writer. */
    public static final int QUEUE_MAX = 65_536;

    private static final Logger log = LoggerFactory.getLogger(RunRecorder.class);
    private static final Object END = new Object();
    private static final long CLOSE_WAIT_SECONDS = 60;

    private final BlockingQueue<Object> queue;
    private final AtomicLong unrecorded = new AtomicLong();
    private final RunTally tally;
    private final TurnLog turns;
    private final long originNanos;
    private final Clock clock;
    private final Thread writer;
    private volatile @Nullable IOException failure;
    private volatile boolean closed;

    /** A recorder whose queue fills up until {@link #begin()}. */
    RunRecorder(RunTally tally, TurnLog turns, long originNanos, int queueMax, Clock clock) {
        this.clock = clock;
        this.queue = new ArrayBlockingQueue<>(queueMax);
        this.tally = tally;
        this.turns = turns;
        this.originNanos = originNanos;
        this.writer = new Thread(this::write, "firstline-recorder");
        writer.setDaemon(true);
    }

    /**
     * Begins to record.
     *
     * @param folder the run's folder, which exists
     * @param tally empty, and from now on the recorder's alone
     * @param originNanos the run's origin on the {@link Clock}: when the schedule began; no result is due before it
     */
    public static RunRecorder start(Path folder, RunIdentity identity, RunTally tally, long originNanos)
            throws IOException {
        RunRecorder recorder =
                new RunRecorder(tally, TurnLog.create(folder, identity), originNanos, QUEUE_MAX, Clock.system());
        recorder.begin();
        return recorder;
    }

    void begin() {
        writer.start();
    }

    /** Takes a call whose times are the {@link Clock}'s. Any thread; never blocks. */
    public void add(CallResult result) {
        offer(result);
    }

    /** Takes a conversation whose times are the {@link Clock}'s. Any thread; never blocks. */
    public void add(JourneyResult result) {
        offer(result);
    }

    /**
     * Asks for something about what was added up so far; the answer comes when all that was added before is in it, and
     * never if the recorder is closed or broken.
     *
     * @param question is asked on the recorder's thread, so it must be quick
     */
    public <T> CompletableFuture<T> ask(Function<RunTally, T> question) {
        Question<T> asked = new Question<>(question, new CompletableFuture<>());
        if (!queue.offer(asked)) {
            asked.answer().cancel(false);
        }
        return asked.answer();
    }

    private record Question<T>(Function<RunTally, T> question, CompletableFuture<T> answer) {
        void put(RunTally tally) {
            answer.complete(question.apply(tally));
        }
    }

    /**
     * How many results found the queue full or closed, or the log unwritable. Above 0, no figure of the run can be
     * trusted.
     */
    public long unrecorded() {
        return unrecorded.get();
    }

    /** Why the log could not be written, or null. */
    public @Nullable IOException failure() {
        return failure;
    }

    /** What was added up. Only after {@link #close()}. */
    public RunTally tally() {
        if (writer.isAlive()) {
            throw new IllegalStateException("the tally is read when the recorder is closed");
        }
        return tally;
    }

    /** Waits until all that was added is written. Results that come later count as unrecorded. */
    @Override
    public void close() {
        try {
            if (!queue.offer(END, CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
                log.error("event=recorder_stuck waiting={}", queue.size());
            }
            writer.join(TimeUnit.SECONDS.toMillis(CLOSE_WAIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        for (Object late = queue.poll(); late != null; late = queue.poll()) {
            unrecorded.addAndGet(isResult(late) ? 1 : 0);
        }
    }

    private void offer(Object result) {
        // A result that slips in behind the writer's end is taken out again, by close() or here, and counted once.
        if (!queue.offer(result) || (closed && queue.remove(result))) {
            unrecorded.incrementAndGet();
        }
    }

    private void write() {
        boolean ended = false;
        try (turns) {
            int rows = 0;
            long flushNanos = clock.nanoTime() + FLUSH_EVERY.toNanos();
            while (!ended) {
                @Nullable Object next = take();
                ended = next == END;
                if (next != null && !ended) {
                    record(next);
                    rows++;
                }
                if (next == null || rows == FLUSH_ROWS || clock.nanoTime() >= flushNanos) {
                    turns.flush();
                    rows = 0;
                    flushNanos = clock.nanoTime() + FLUSH_EVERY.toNanos();
                }
            }
        } catch (IOException e) {
            failure = e;
            unrecorded.incrementAndGet();
            log.error("event=turn_log_unwritable", e);
            if (!ended) {
                countUntilEnd();
            }
        }
    }

    /** Nothing more can be written, but nobody may be left with a full queue either. */
    private void countUntilEnd() {
        for (Object next = take(); next != END; next = take()) {
            unrecorded.addAndGet(next != null && isResult(next) ? 1 : 0);
        }
    }

    private static boolean isResult(Object queued) {
        return queued instanceof CallResult || queued instanceof JourneyResult;
    }

    /** The next result, or null where none came for a second. */
    private @Nullable Object take() {
        try {
            return queue.poll(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; what still waits is counted by close().
            return END;
        }
    }

    private void record(Object next) throws IOException {
        try {
            if (next instanceof CallResult call) {
                CallResult shifted = call.minus(originNanos);
                turns.write(shifted);
                tally.add(shifted);
            } else if (next instanceof Question<?> asked) {
                asked.put(tally);
            } else if (next instanceof JourneyResult journey) {
                JourneyResult shifted = journey.minus(originNanos);
                turns.write(shifted);
                tally.add(shifted);
            }
        } catch (RuntimeException e) {
            // A result that cannot be told, one due before the origin for instance, takes no other with it.
            unrecorded.incrementAndGet();
            log.error("event=result_unrecordable result={}", next, e);
        }
    }
}
