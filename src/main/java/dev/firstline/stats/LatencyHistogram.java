package dev.firstline.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * Durations in nanoseconds, to three digits, in bounded memory: at most some 200 KB whatever is recorded.
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

    private final Histogram nanos;
    private long waited;

    /** An empty one. */
    public LatencyHistogram() {
        this(empty(), 0);
    }

    private LatencyHistogram(Histogram nanos, long waited) {
        this.nanos = nanos;
        this.waited = waited;
    }

    private static Histogram empty() {
        // Most cuts hold few values near each other; the full range would cost each of them 200 KB from the start.
        Histogram growing = new Histogram(NANOS_MIN, 2 * NANOS_MIN, DIGITS);
        growing.setAutoResize(true);
        return growing;
    }

    /** Adds a duration. */
    public void record(long durationNanos) {
        nanos.recordValue(Math.max(0, Math.min(durationNanos, NANOS_MAX)));
    }

    /** Adds a time that was waited in vain: it ranks above every duration that was measured. */
    public void recordWaited(long durationNanos) {
        record(durationNanos);
        waited++;
    }

    /** Adds all that the other holds. */
    public void add(LatencyHistogram other) {
        nanos.add(other.nanos);
        waited += other.waited;
    }

    /** How many durations it holds, the waited ones included. */
    public long count() {
        return nanos.getTotalCount();
    }

    /** How many of them were waited in vain. */
    public long waited() {
        return waited;
    }

    /** The longest duration, to three digits; 0 where there is none. */
    public long maxNanos() {
        return count() == 0 ? 0 : nanos.getMaxValue();
    }

    /** The duration at a percentile in (0, 100], to three digits; 0 where there is none. */
    public long percentileNanos(double percentile) {
        return count() == 0 ? 0 : nanos.getValueAtPercentile(percentile);
    }

    /** How many durations are above the limit, to three digits. */
    public long countAbove(long limitNanos) {
        return count() == 0 || limitNanos >= maxNanos()
                ? 0
                : count() - nanos.getCountBetweenValues(0, Math.max(0, limitNanos));
    }

    /** The histogram in HdrHistogram's compressed V2 encoding and Base64; {@link #waited()} is not part of it. */
    public String encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(nanos.getNeededByteBufferCapacity());
        int length = nanos.encodeIntoCompressedByteBuffer(buffer, Deflater.DEFAULT_COMPRESSION);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /**
     * Reads what {@link #encoded()} wrote.
     *
     * @throws IllegalArgumentException if the text is not that
     */
    public static LatencyHistogram decode(String encoded, long waited) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
            Histogram nanos = Histogram.decodeFromCompressedByteBuffer(bytes, NANOS_MAX);
            nanos.setAutoResize(true);
            return new LatencyHistogram(nanos, waited);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("not an encoded histogram: " + e.getMessage(), e);
        }
    }
}
