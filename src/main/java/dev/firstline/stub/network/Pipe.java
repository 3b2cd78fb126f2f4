package dev.firstline.stub.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: from a source through the stages into a sink. It reads only while it holds little, so
 * a sink that does not take its bytes slows the source down, as it would without a proxy.
 */
final class Pipe {
    /** What a pipe holds at most, but for what a delay line may hold beside it. */
    static final int HELD_BYTES_MAX = 64 << 10;

    private final Loop loop;
    private final SocketChannel source;
    private final SocketChannel sink;
    private final List<Stage> stages;
    private final Deque<ByteBuffer> leaving = new ArrayDeque<>();
    private final Loop.Alarm alarm;
    private int leavingWeight;
    private int told;
    private boolean sourceEnded;
    private Chunk.@Nullable End end;
    private boolean over;

    /** @param due is told when something that was held back may go */
    Pipe(Loop loop, SocketChannel source, SocketChannel sink, List<Stage> stages, Runnable due) {
        this.loop = loop;
        this.source = source;
        this.sink = sink;
        this.stages = new ArrayList<>(stages);
        this.alarm = loop.alarm(due);
    }

    /** Whether the source's bytes are wanted. */
    boolean wantsBytes() {
        return !sourceEnded && end == null && weight() <= limit() / 2;
    }

    /** Whether the sink is waited for. */
    boolean hasBytes() {
        return !leaving.isEmpty();
    }

    /** What its stages want to happen to the connection, once all that came before is delivered; null if nothing. */
    Chunk.@Nullable End over() {
        return over ? end : null;
    }

    /** Reads once. */
    void read() throws IOException {
        if (!wantsBytes()) {
            return;
        }
        ByteBuffer buffer = loop.buffer(limit() - weight() - Chunk.OVERHEAD);
        long atNanos;
        Chunk ended = null;
        try {
            int read = source.read(buffer);
            atNanos = loop.nowNanos();
            if (read < 0) {
                ended = Chunk.end(Chunk.End.CLOSED, atNanos);
            }
        } catch (IOException e) {
            atNanos = loop.nowNanos();
            ended = Chunk.end(Chunk.End.RESET, atNanos);
        }
        buffer.flip();
        if (ended != null) {
            sourceEnded = true;
            enter(0, ended);
        } else {
            if (stages.isEmpty() && leaving.isEmpty()) {
                sink.write(buffer);
            }
            if (buffer.hasRemaining()) {
                ByteBuffer kept = ByteBuffer.allocate(buffer.remaining());
                enter(0, Chunk.of(kept.put(buffer).flip(), atNanos));
            }
        }
        pump();
    }

    /** Moves on whatever may move by now. */
    void pump() throws IOException {
        long wakeNanos = Toxic.NEVER;
        for (int i = 0; i < stages.size(); i++) {
            int next = i + 1;
            wakeNanos = Math.min(wakeNanos, stages.get(i).run(loop.nowNanos(), chunk -> enter(next, chunk)));
        }
        alarm.set(wakeNanos);
        write();
        int weight = weight();
        loop.holds(weight - told);
        told = weight;
    }

    private void enter(int place, Chunk chunk) {
        if (place < stages.size()) {
            stages.get(place).offer(chunk);
        } else if (chunk.isEnd()) {
            end = chunk.end();
        } else {
            leaving.add(chunk.bytes());
            leavingWeight += chunk.weight();
        }
    }

    private void write() throws IOException {
        for (ByteBuffer first = leaving.peek(); first != null; first = leaving.peek()) {
            leavingWeight -= sink.write(first);
            if (first.hasRemaining()) {
                return;
            }
            leaving.remove();
            if (leaving.isEmpty()) {
                leavingWeight = 0;
            }
        }
        if (end != null && !over) {
            over = true;
            if (end == Chunk.End.CLOSED) {
                sink.shutdownOutput();
            }
        }
    }

    private int weight() {
        int weight = leavingWeight;
        for (Stage stage : stages) {
            weight += stage.weight();
        }
        return weight;
    }

    private int limit() {
        int limit = HELD_BYTES_MAX;
        if (loop.hasRoom()) {
            for (Stage stage : stages) {
                limit += stage.roomBytes();
            }
        }
        return limit;
    }

    /** Puts a toxic behind those that are there. */
    void add(NamedToxic toxic, SplittableRandom random) {
        stages.add(new Stage(toxic, random, loop.nowNanos()));
    }

    void change(NamedToxic toxic) {
        stages.stream()
                .filter(stage -> stage.name().equals(toxic.name()))
                .forEach(stage -> stage.change(toxic, loop.nowNanos()));
    }

    /** Takes a toxic away; what it holds goes on at once. */
    void remove(String toxic) {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).name().equals(toxic)) {
                int place = i;
                stages.remove(i).release(loop.nowNanos(), chunk -> enter(place, chunk));
                return;
            }
        }
    }

    /** Gives back what it has of the loop. */
    void close() {
        alarm.set(Toxic.NEVER);
        loop.holds(-told);
        told = 0;
    }
}
