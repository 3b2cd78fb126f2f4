package dev.firstline.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Durations in nanoseconds, to three digits, in bounded memory: at most some 400 KB whatever is recorded.
 *
 * <p>Durations are held between {@value #NANOS_MIN} ns and {@value #NANOS_MAX} ns (one hour); shorter and longer ones
 * count as those. Not thread-safe.
 */
public final class LatencyHistogram {
    /** The shortest duration told apart: a microsecond. */
    public static final long NANOS_MIN = 1_000;

    /** The longest duration told apart: an hour. */
    public static final long NANOS_MAX = 3_600_000_000_000L;

    private static final int DIGITS = 3;

    private final Histogram measured;
    private @Nullable Histogram waited;

    /** An empty one. */
    public LatencyHistogram() {
        // Most cuts hold few values near each other; the full range would cost each of them 200 KB from the start.
        this(new Histogram(NANOS_MIN, 2 * NANOS_MIN, DIGITS), null);
    }

    /** An empty one for few values: a tenth of the memory or less, at a few times the cost of recording. */
    public static LatencyHistogram sparse() {
        return new LatencyHistogram(new PackedHistogram(NANOS_MIN, 2 * NANOS_MIN, DIGITS), null);
    }

    private LatencyHistogram(Histogram measured, @Nullable Histogram waited) {
        measured.setAutoResize(true);
        this.measured = measured;
        this.waited = waited;
    }

    /** Adds a duration. */
    public void record(long durationNanos) {
        measured.recordValue(bounded(durationNanos));
    }

    /** Adds a time that was waited in vain: it ranks above every duration that was measured, however short it is. */
    public void recordWaited(long durationNanos) {
        waitedOrNew().recordValue(bounded(durationNanos));
    }

    /** Adds all that the other holds. */
    public void add(LatencyHistogram other) {
        measured.add(other.measured);
        if (other.waited != null) {
            waitedOrNew().add(other.waited);
        }
    }

    /** How many durations it holds, the waited ones included. */
    public long count() {
        return measured.getTotalCount() + waited();
    }

    /** How many of them were waited in vain. */
    public long waited() {
        return waited == null ? 0 : waited.getTotalCount();
    }

    /** The longest duration, waited or measured, to three digits; 0 where there is none. */
    public long maxNanos() {
        return Math.max(max(measured), waited == null ? 0 : max(waited));
    }

    /**
     * The duration at a percentile in (0, 100], to three digits; 0 where there is none. Where the rank is one of a time
     * waited, it is that time, or the longest measured one if that is longer.
     */
    public long percentileNanos(double percentile) {
        long rank = rank(percentile, count());
        long beyond = rank - measured.getTotalCount();
        if (waited == null || beyond <= 0) {
            return at(measured, rank);
        }
        return Math.max(max(measured), at(waited, beyond));
    }

    /** How many durations are above the limit, to three digits; a time waited is above every limit. */
    public long countAbove(long limitNanos) {
        long above = limitNanos >= max(measured)
                ? 0
                : measured.getTotalCount() - measured.getCountBetweenValues(0, Math.max(0, limitNanos));
        return above + waited();
    }

    /** All durations, the waited ones among them, in HdrHistogram's compressed V2 encoding and Base64. */
    public String encoded() {
        if (waited == null) {
            return encode(measured);
        }
        Histogram all = new Histogram(measured);
        all.setAutoResize(true);
        all.add(measured);
        all.add(waited);
        return encode(all);
    }

    /** Those that were waited in vain in the same encoding, or null where there is none. */
    public @Nullable String encodedWaited() {
        return waited == null ? null : encode(waited);
    }

    /**
     * Reads what {@link #encoded()} and {@link #encodedWaited()} wrote.
     *
     * @throws IllegalArgumentException if the texts are not that
     */
    public static LatencyHistogram decode(String encoded, @Nullable String encodedWaited) {
        Histogram measured = decode(encoded);
        @Nullable Histogram waited = encodedWaited == null ? null : decode(encodedWaited);
        if (waited != null) {
            try {
                measured.subtract(waited);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("more was waited for than was recorded: " + e.getMessage(), e);
            }
        }
        return new LatencyHistogram(measured, waited);
    }

    /** The rank of a percentile among so many values, counted from 1. */
    static long rank(double percentile, long count) {
        // A rounding error must not lift a product that is a whole number to the next one.
        return Math.max(1, (long) Math.ceil(Math.nextDown(percentile) * count / 100));
    }

    private Histogram waitedOrNew() {
        if (waited == null) {
            waited = new PackedHistogram(NANOS_MIN, 2 * NANOS_MIN, DIGITS);
            waited.setAutoResize(true);
        }
        return waited;
    }

    private static long at(Histogram values, long rank) {
        // Half a rank below it, so that the way there and back cannot end at the next one.
        return values.getTotalCount() == 0
                ? 0
                : values.getValueAtPercentile((rank - 0.5) / values.getTotalCount() * 100);
    }

    private static long max(Histogram values) {
        return values.getTotalCount() == 0 ? 0 : values.getMaxValue();
    }

    private static long bounded(long durationNanos) {
        return Math.max(0, Math.min(durationNanos, NANOS_MAX));
    }

    private static String encode(Histogram values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.getNeededByteBufferCapacity());
        int length = values.encodeIntoCompressedByteBuffer(buffer, Deflater.DEFAULT_COMPRESSION);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private static Histogram decode(String encoded) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
            Histogram values = Histogram.decodeFromCompressedByteBuffer(bytes, NANOS_MAX);
            values.setAutoResize(true);
            return values;
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("not an encoded histogram: " + e.getMessage(), e);
        }
    }
}
