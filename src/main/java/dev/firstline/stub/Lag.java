package dev.firstline.stub;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How late lines were written, as counts in buckets that are at most 1/16 wide. Thread-safe, of fixed size, and read
 * while it is written to.
 */
final class Lag {
    private static final int SUB_BITS = 4;

    private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - SUB_BITS) << SUB_BITS);
    private final AtomicLong maxNanos = new AtomicLong();

    void record(long lateNanos) {
        long nanos = Math.max(0, lateNanos);
        counts.incrementAndGet(bucket(nanos));
        maxNanos.accumulateAndGet(nanos, Math::max);
    }

    void reset() {
        for (int i = 0; i < counts.length(); i++) {
            counts.set(i, 0);
        }
        maxNanos.set(0);
    }

    /** What was seen so far; all zero if nothing was. */
    StubLag read() {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        return new StubLag(
                total,
                millis(percentileNanos(0.5, total)),
                millis(percentileNanos(0.99, total)),
                millis(maxNanos.get()));
    }

    private long percentileNanos(double share, long total) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length() && rank > 0; i++) {
            seen += counts.get(i);
            if (seen >= rank) {
                return Math.min(upperBoundNanos(i), maxNanos.get());
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int magnitude = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - SUB_BITS - 1);
        return (magnitude << SUB_BITS) + (int) (nanos >>> magnitude);
    }

    private static long upperBoundNanos(int bucket) {
        int magnitude = Math.max(0, (bucket >> SUB_BITS) - 1);
        long sub = bucket - ((long) magnitude << SUB_BITS);
        return ((sub + 1) << magnitude) - 1;
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
