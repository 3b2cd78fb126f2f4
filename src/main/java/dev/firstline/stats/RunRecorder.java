package dev.firstline.stats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
    /** How many results may wait for the writer. */
    public static final int QUEUE_MAX = 65_536;

    private static final Logger log = LoggerFactory.getLogger(RunRecorder.class);
    private static final Object END = new Object();
    private static final long CLOSE_WAIT_SECONDS = 60;

    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final AtomicLong unrecorded = new AtomicLong();
    private final RunTally tally;
    private final TurnLog turns;
    private final long originNanos;
    private final Thread writer;
    private volatile @Nullable IOException failure;

    private RunRecorder(RunTally tally, TurnLog turns, long originNanos) {
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
     * @param originNanos the run's origin on the {@link Clock}: when the schedule began; no result is due before it
     */
    public static RunRecorder start(Path folder, RunIdentity identity, TurnLimits limits, long originNanos)
            throws IOException {
        RunRecorder recorder = new RunRecorder(new RunTally(limits), TurnLog.create(folder, identity), originNanos);
        recorder.writer.start();
        return recorder;
    }

    /** Takes a call whose times are the {@link Clock}'s. Any thread; never blocks. */
    public void add(CallResult result) {
        offer(result);
    }

    /** Takes a conversation whose times are the {@link Clock}'s. Any thread; never blocks. */
    public void add(JourneyResult result) {
        offer(result);
    }

    /** How many results found the queue full, or the log unwritable. Above 0, no figure of the run can be trusted. */
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
        unrecorded.addAndGet(queue.stream().filter(waiting -> waiting != END).count());
        queue.clear();
    }

    private void offer(Object result) {
        if (!queue.offer(result)) {
            unrecorded.incrementAndGet();
        }
    }

    private void write() {
        try (turns) {
            while (true) {
                @Nullable Object next = queue.poll(1, TimeUnit.SECONDS);
                if (next == END) {
                    return;
                }
                if (next == null) {
                    turns.flush();
                } else {
                    record(next);
                }
            }
        } catch (IOException e) {
            failure = e;
            unrecorded.incrementAndGet();
            log.error("event=turn_log_unwritable", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Object next) throws IOException {
        if (next instanceof CallResult call) {
            CallResult shifted = call.minus(originNanos);
            tally.add(shifted);
            turns.write(shifted);
        } else if (next instanceof JourneyResult journey) {
            JourneyResult shifted = journey.minus(originNanos);
            tally.add(shifted);
            turns.write(shifted);
        }
    }
}
