package dev.firstline.stub.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A toxic at work on one direction of one connection: what it holds back, and what it remembers. */
final class Stage {
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private final SplittableRandom random;
    private final double luck;
    private NamedToxic named;
    private Consumer<Chunk> next = chunk -> {};
    private int weight;
    private double headLuck;
    private long sinceNanos;
    private long freeNanos;
    private long leftNanos = Long.MIN_VALUE;
    private long passedBytes;
    private long struckNanos = Toxic.NEVER;
    private boolean over;

    /** @param random decides whether this connection is hit, and whatever the toxic draws for it */
    Stage(NamedToxic named, SplittableRandom random, long nowNanos) {
        this.named = named;
        this.random = random;
        this.luck = random.nextDouble();
        this.headLuck = random.nextDouble();
        this.sinceNanos = nowNanos;
        this.freeNanos = nowNanos;
    }

    String name() {
        return named.name();
    }

    /** Goes on with other values, from now; what it holds it keeps. */
    void change(NamedToxic changed, long nowNanos) {
        named = changed;
        sinceNanos = nowNanos;
        freeNanos = nowNanos;
        leftNanos = nowNanos;
    }

    /** Takes what comes; after the end nothing does. */
    void offer(Chunk chunk) {
        if (!over) {
            waiting.add(chunk);
            weight += chunk.weight();
        }
    }

    /**
     * Gives on what may go on by now.
     *
     * @return when there may be more, or {@link Toxic#NEVER}
     */
    long run(long nowNanos, Consumer<Chunk> to) {
        next = to;
        if (isHit()) {
            return over ? Toxic.NEVER : named.toxic().pass(this, nowNanos);
        }
        giveAll();
        return Toxic.NEVER;
    }

    /** Gives on all that it holds, since its toxic is taken away. */
    void release(long nowNanos, Consumer<Chunk> to) {
        next = to;
        leftNanos = nowNanos;
        Chunk.End end = isHit() ? named.toxic().endWhenTaken(this) : null;
        if (end != null) {
            give(Chunk.end(end, nowNanos));
        }
        giveAll();
    }

    /** What it holds, in bytes and what else that takes. */
    int weight() {
        return weight;
    }

    int roomBytes() {
        return isHit() ? named.toxic().roomBytes() : 0;
    }

    private boolean isHit() {
        return luck < named.toxicity();
    }

    private void giveAll() {
        while (!waiting.isEmpty()) {
            give(take());
        }
    }

    // What follows is for toxics.

    /** The first of what waits, or null. */
    @Nullable
    Chunk head() {
        return waiting.peek();
    }

    /** In [0, 1): the head's own, however often it is asked for. */
    double headLuck() {
        return headLuck;
    }

    /** When the way is free again, as the toxic has said last. */
    long freeNanos() {
        return freeNanos;
    }

    void free(long fromNanos) {
        freeNanos = fromNanos;
    }

    /** How many bytes it has given on. */
    long passedBytes() {
        return passedBytes;
    }

    /** What makes a toxic act has come; only the first counts. */
    void strike(long atNanos) {
        struckNanos = Math.min(struckNanos, atNanos);
    }

    boolean isStruck() {
        return struckNanos < Toxic.NEVER;
    }

    /** Ends the pipe so long after the strike, or without one after the toxic began; says when that will be. */
    long endAt(long afterMillis, Chunk.End end, long nowNanos) {
        long dueNanos = Toxic.later(isStruck() ? struckNanos : sinceNanos, TimeUnit.MILLISECONDS.toNanos(afterMillis));
        if (over || dueNanos > nowNanos) {
            return over ? Toxic.NEVER : dueNanos;
        }
        give(Chunk.end(end, dueNanos));
        return Toxic.NEVER;
    }

    /** Takes the head away. */
    Chunk take() {
        Chunk head = waiting.remove();
        weight -= head.weight();
        headLuck = random.nextDouble();
        return head;
    }

    /** Takes the head's first bytes away. */
    Chunk take(int length) {
        Chunk head = take();
        if (length >= head.length()) {
            return head;
        }
        Chunk rest = head.without(length);
        waiting.addFirst(rest);
        weight += rest.weight();
        return head.first(length);
    }

    /**
     * Gives it on; after an end nothing follows. It has come to the next stage when it left this one: no sooner than
     * what went before it, and no sooner than the change that let it go.
     */
    void give(Chunk chunk) {
        if (over) {
            return;
        }
        leftNanos = Math.max(leftNanos, chunk.atNanos());
        passedBytes += chunk.length();
        if (chunk.isEnd()) {
            over = true;
            waiting.clear();
            weight = 0;
        }
        next.accept(chunk.at(leftNanos));
    }
}
