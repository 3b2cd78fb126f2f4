package dev.firstline.stub;

import dev.firstline.Misuse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * Those who answer the turns: a turn waits until one of them is free, first come, first served, and holds it for as
 * long as its answer takes. So many workers are a stub's true capacity.
 *
 * <p>When a turn comes, it is known how long each answer before it takes, and so when its own will begin: nobody waits
 * here, the answer is planned for later. A client that leaves frees nobody, as with a model that does not look up from
 * its work. Thread-safe.
 */
final class Workers {
    /** The number of workers where every turn has one of its own. */
    static final int UNLIMITED = 0;

    /** How many turns wait at most; more are refused. */
    static final int WAITING_MAX = 10_000;

    private final int count;
    // When each worker that has had something to do is, or was, free again.
    private final PriorityQueue<Long> freeNanos = new PriorityQueue<>();
    // When the turns begin that wait, the first of them first.
    private final Deque<Long> beginNanos = new ArrayDeque<>();

    /** @throws Misuse if the number is negative */
    Workers(int count) {
        this.count = check(count);
    }

    /** @throws Misuse if it is no number of workers */
    static int check(int count) {
        if (count < UNLIMITED) {
            throw new Misuse(
                    "a number of workers, 0 for no limit", String.valueOf(count), "the stub's workers", "write 8");
        }
        return count;
    }

    /** How many there are, or {@link #UNLIMITED}. */
    int count() {
        return count;
    }

    /** Whether so many turns wait that one more would be refused. */
    boolean full(long nowNanos) {
        return waiting(nowNanos) >= WAITING_MAX;
    }

    /** The same answer, begun when a worker is free. */
    synchronized Plan queued(Plan plan, long nowNanos) {
        if (count == UNLIMITED) {
            return plan;
        }
        long begins = freeNanos.size() < count ? nowNanos : Math.max(nowNanos, freeNanos.remove());
        freeNanos.add(begins + plan.endNanos());
        if (begins > nowNanos) {
            beginNanos.add(begins);
        }
        return plan.delayed(Plan.HEADERS, begins - nowNanos);
    }

    /** How many turns wait for a worker. */
    synchronized int waiting(long nowNanos) {
        while (!beginNanos.isEmpty() && beginNanos.getFirst() <= nowNanos) {
            beginNanos.removeFirst();
        }
        return beginNanos.size();
    }

    /** How many workers are at work. */
    synchronized int busy(long nowNanos) {
        return (int) freeNanos.stream().filter(free -> free > nowNanos).count();
    }

    /** All are free, and nobody waits. */
    synchronized void reset() {
        freeNanos.clear();
        beginNanos.clear();
    }
}
