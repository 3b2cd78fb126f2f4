package dev.firstline.stub.network;

import dev.firstline.stats.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches connections. Whoever else wants something of them asks with {@link #call}, so a change is
 * whole before the next byte moves.
 */
final class Loop implements AutoCloseable {
    /** What all pipes hold at most beside {@link Pipe#HELD_BYTES_MAX} each: beyond it delay lines take no more. */
    static final long LINES_BYTES_MAX = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long ANSWER_SECONDS_MAX = 20;

    private final Clock clock;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Map<Long, CompletableFuture<?>> asked = new ConcurrentHashMap<>();
    private final AtomicLong askedNumber = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final TreeSet<Alarm> alarms =
            new TreeSet<>(Comparator.comparingLong(Alarm::atNanos).thenComparingLong(Alarm::number));
    private final Thread thread = new Thread(this::run, "firstline-proxy");
    private long alarmNumber;
    private long heldBytes;
    private volatile boolean closed;

    private Loop(Clock clock) throws IOException {
        this.clock = clock;
        this.selector = Selector.open();
        thread.setDaemon(true);
    }

    static Loop start(Clock clock) throws IOException {
        Loop loop = new Loop(clock);
        loop.thread.start();
        return loop;
    }

    /** What a channel's owner does when it is ready. */
    @FunctionalInterface
    interface Ready {
        void ready(SelectionKey key);
    }

    /** Done when it has ended: exceptionally if it did not because of {@link #close}, and nothing moves any more. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Something that happens once its time has come, unless it is set again. */
    final class Alarm {
        private final long number;
        private final Runnable action;
        private long atNanos = Toxic.NEVER;

        private Alarm(long number, Runnable action) {
            this.number = number;
            this.action = action;
        }

        long atNanos() {
            return atNanos;
        }

        long number() {
            return number;
        }

        /** @param nanos when, or {@link Toxic#NEVER} */
        void set(long nanos) {
            if (nanos == atNanos) {
                return;
            }
            alarms.remove(this);
            atNanos = nanos;
            if (nanos != Toxic.NEVER) {
                alarms.add(this);
            }
        }
    }

    Alarm alarm(Runnable action) {
        return new Alarm(alarmNumber++, action);
    }

    long nowNanos() {
        return clock.nanoTime();
    }

    /** A buffer of at most so many bytes, until it is asked for again. */
    ByteBuffer buffer(int bytesMax) {
        return buffer.clear().limit(Math.min(bytesMax, BUFFER_BYTES));
    }

    void holds(int more) {
        heldBytes += more;
    }

    boolean hasRoom() {
        return heldBytes < LINES_BYTES_MAX;
    }

    /** What all pipes hold. */
    long heldBytes() {
        return heldBytes;
    }

    SelectionKey register(SelectableChannel channel, int interest, Ready owner) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, interest, owner);
    }

    /** Has closed channels give their ports back, which a selector does no sooner than it looks again. */
    void letGo() throws IOException {
        selector.selectNow(Loop::tell);
    }

    /** Has something done by the loop, soon. */
    void post(Runnable action) {
        posted.add(action);
        selector.wakeup();
    }

    /**
     * Has something done by the loop, and waits for its answer.
     *
     * @throws ApiError whatever the action refuses
     * @throws IllegalStateException if there is no answer, at once if the loop has ended
     */
    <T> T call(Callable<T> action) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        long number = askedNumber.getAndIncrement();
        asked.put(number, answer);
        if (ended.isDone()) {
            endAsked();
        }
        post(() -> {
            try {
                answer.complete(action.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiError refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the proxy does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            asked.remove(number);
        }
    }

    private void run() {
        Throwable problem = null;
        try (selector) {
            try {
                while (!closed) {
                    turn();
                }
            } finally {
                for (SelectionKey key : selector.keys()) {
                    close(key.channel());
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            // Whoever waits for the end says it: with an error there may not be the memory left to say it here.
            problem = e;
        }
        if (problem == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(problem);
        }
        endAsked();
    }

    private void endAsked() {
        asked.values()
                .forEach(answer -> answer.completeExceptionally(new IllegalStateException("the proxy has ended")));
    }

    /** One owner's bug costs its own channel and nobody else's. */
    private static void tell(SelectionKey key) {
        try {
            ((Ready) key.attachment()).ready(key);
        } catch (RuntimeException e) {
            LOG.warn("a connection is closed, since it failed", e);
            close(key.channel());
        }
    }

    private static void act(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("something that was asked for failed", e);
        }
    }

    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }

    private void turn() throws IOException {
        if (alarms.isEmpty()) {
            selector.select(Loop::tell);
        } else {
            long waitNanos = alarms.first().atNanos() - nowNanos();
            // A selector waits in milliseconds. Rounded up, nothing comes early.
            long waitMillis = (waitNanos + 999_999) / 1_000_000;
            if (waitMillis <= 0) {
                selector.selectNow(Loop::tell);
            } else {
                selector.select(Loop::tell, waitMillis);
            }
        }
        for (Runnable action = posted.poll(); action != null; action = posted.poll()) {
            act(action);
        }
        long nowNanos = nowNanos();
        while (!alarms.isEmpty() && alarms.first().atNanos() <= nowNanos) {
            Alarm due = alarms.first();
            due.set(Toxic.NEVER);
            act(due.action);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
