package dev.firstline.stats;

import java.util.Arrays;

/**
 * When each non-blank line of a call arrived, in nanoseconds of one {@link Clock}, in order.
 *
 * <p>The arrivals of the first {@value #KEPT_MAX} lines are kept; of later ones only the count and the longest gap, so
 * an endless stream cannot eat the heap.
 */
public final class LineTimes {
    /** How many arrivals are kept for one call. */
    public static final int KEPT_MAX = 10_000;

    /** No line at all. */
    public static final LineTimes NONE = new LineTimes(new long[0], 0, 0);

    private final long[] nanos;
    private final int count;
    private final long gapNanosMax;

    private LineTimes(long[] nanos, int count, long gapNanosMax) {
        this.nanos = nanos;
        this.count = count;
        this.gapNanosMax = gapNanosMax;
    }

    /**
     * The lines that arrived at these times.
     *
     * @throws IllegalArgumentException if a time lies before the one ahead of it
     */
    public static LineTimes of(long... nanos) {
        Builder builder = new Builder();
        for (long at : nanos) {
            builder.add(at);
        }
        return builder.build();
    }

    /** How many lines arrived, also those whose time was not kept. */
    public int count() {
        return count;
    }

    /** How many arrivals were kept. */
    public int kept() {
        return nanos.length;
    }

    /** When the line with this index, counted from 0, arrived. */
    public long nanosAt(int index) {
        return nanos[index];
    }

    /** The longest time between two lines, or 0 where there are fewer than two. */
    public long gapNanosMax() {
        return gapNanosMax;
    }

    /** The same arrivals and so many more whose times were not kept, with the longest gap of all. */
    LineTimes andBeyond(int more, long gapNanos) {
        return new LineTimes(nanos, count + more, Math.max(gapNanosMax, gapNanos));
    }

    /** The same arrivals on a clock whose zero lies so much later. */
    LineTimes minus(long originNanos) {
        return new LineTimes(Arrays.stream(nanos).map(at -> at - originNanos).toArray(), count, gapNanosMax);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LineTimes that
                && count == that.count
                && gapNanosMax == that.gapNanosMax
                && Arrays.equals(nanos, that.nanos);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nanos);
    }

    @Override
    public String toString() {
        return count + " lines " + Arrays.toString(nanos);
    }

    /** Gathers arrivals as they come. Not thread-safe. */
    public static final class Builder {
        private long[] nanos = new long[8];
        private int count;
        private long lastNanos;
        private long gapNanosMax;

        /**
         * The next line arrived.
         *
         * @throws IllegalArgumentException if that was before the line ahead of it
         */
        public void add(long atNanos) {
            if (count > 0) {
                if (atNanos < lastNanos) {
                    throw new IllegalArgumentException("a line at " + atNanos + " after one at " + lastNanos);
                }
                gapNanosMax = Math.max(gapNanosMax, atNanos - lastNanos);
            }
            if (count < KEPT_MAX) {
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, Math.min(KEPT_MAX, 2 * count));
                }
                nanos[count] = atNanos;
            }
            lastNanos = atNanos;
            count++;
        }

        /** How many lines were added. */
        public int count() {
            return count;
        }

        /** When the last line arrived; meaningless before the first. */
        public long lastNanos() {
            return lastNanos;
        }

        /** The longest gap so far. */
        public long gapNanosMax() {
            return gapNanosMax;
        }

        /** What was gathered. */
        public LineTimes build() {
            return count == 0
                    ? NONE
                    : new LineTimes(Arrays.copyOf(nanos, Math.min(count, KEPT_MAX)), count, gapNanosMax);
        }
    }
}
