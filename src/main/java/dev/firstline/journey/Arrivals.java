package dev.firstline.journey;

import dev.firstline.Misuse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * When each customer arrives, in nanoseconds after the start: a pure function of a seed and a profile, the same on
 * every machine and every JDK. Immutable.
 */
public final class Arrivals {
    /** The most arrivals that one plan may hold: 80 MB of offsets. */
    public static final int ARRIVALS_MAX = 10_000_000;

    private final long[] offsetsNanos;

    /** Each one's place among all arrivals of the load; null where these are all of them. */
    private final int @Nullable [] numbers;

    private Arrivals(long[] offsetsNanos) {
        this(offsetsNanos, null);
    }

    private Arrivals(long[] offsetsNanos, int @Nullable [] numbers) {
        this.offsetsNanos = offsetsNanos;
        this.numbers = numbers;
    }

    /**
     * Arrivals at random and independent of each other, at the profile's rate.
     *
     * <p>Exact, without steps of time: the places of a Poisson process of rate one are sums of exponential gaps, and
     * the inverse of the area under the profile's rate turns each place into a time. StrictMath's logarithm is the same
     * everywhere, where Math's may differ in the last bit.
     *
     * @throws Misuse if the profile expects more than {@link #ARRIVALS_MAX}
     */
    public static Arrivals poisson(long seed, Profile profile) {
        double expected = profile.expectedArrivals();
        if (expected > ARRIVALS_MAX) {
            throw tooMany(expected);
        }
        long[] offsets = new long[(int) (expected + 4 * Math.sqrt(expected)) + 16];
        int count = 0;
        double place = gap(seed, 0);
        double areaBefore = 0;
        long startNanos = 0;
        for (Profile.Piece piece : profile.pieces()) {
            long lengthNanos = piece.duration().toNanos();
            double areaAfter = areaBefore + piece.expected();
            while (place < areaAfter) {
                if (count == ARRIVALS_MAX) {
                    throw tooMany(expected);
                }
                if (count == offsets.length) {
                    offsets = Arrays.copyOf(offsets, offsets.length + offsets.length / 2);
                }
                long intoNanos = (long) (piece.secondsUntil(place - areaBefore) * 1e9);
                offsets[count++] = startNanos + Math.min(intoNanos, lengthNanos);
                place += gap(seed, count);
            }
            areaBefore = areaAfter;
            startNanos += lengthNanos;
        }
        return new Arrivals(Arrays.copyOf(offsets, count));
    }

    /**
     * Arrivals at equal distances: the first at once, the last one distance before the end.
     *
     * @param count 0 to {@link #ARRIVALS_MAX}
     */
    public static Arrivals evenly(int count, Duration over) {
        if (count < 0 || over.isNegative()) {
            throw new IllegalArgumentException("count and time must not be negative: " + count + ", " + over);
        }
        if (count > ARRIVALS_MAX) {
            throw tooMany(count);
        }
        long overNanos = over.toNanos();
        long[] offsets = new long[count];
        for (int k = 0; k < count; k++) {
            // Whole part and rest apart, so that the product stays below 2⁶³ for any duration.
            offsets[k] = overNanos / count * k + overNanos % count * k / count;
        }
        return new Arrivals(offsets);
    }

    /**
     * Those that fall to one injector, each by a lot of its own: at random again, at a part of the rate.
     *
     * @throws Misuse if there is an injector to whom none falls
     */
    public Arrivals drawn(long seed, Share share) {
        return only(share, k -> share.drawn(seed, k));
    }

    /**
     * Those that fall to one injector, in turn: at equal distances again, if these are.
     *
     * @throws Misuse if there is an injector to whom none falls
     */
    public Arrivals dealt(Share share) {
        return only(share, share::dealt);
    }

    private Arrivals only(Share share, IntUnaryOperator injectorOf) {
        if (share.isWhole()) {
            return this;
        }
        int[] injectors = IntStream.range(0, count()).map(injectorOf).toArray();
        if (IntStream.of(injectors).distinct().count() < share.injectors()) {
            throw new Misuse(
                    "at least one arrival for each injector",
                    count() + " arrivals, and one of " + share.injectors() + " injectors gets none",
                    "rate times duration",
                    "fewer injectors, or more load");
        }
        int[] mine = IntStream.range(0, count())
                .filter(k -> injectors[k] == share.injector())
                .toArray();
        return new Arrivals(Arrays.stream(mine).mapToLong(this::offsetNanos).toArray(), mine);
    }

    /** How many there are. */
    public int count() {
        return offsetsNanos.length;
    }

    /** Which of all arrivals of the load the k-th of these is, from 0. */
    public int number(int k) {
        return numbers == null ? k : numbers[k];
    }

    /** When the k-th of these, from 0, arrives, in nanoseconds after the start. */
    public long offsetNanos(int k) {
        return offsetsNanos[k];
    }

    /** All offsets, never falling; a copy. */
    public long[] offsetsNanos() {
        return offsetsNanos.clone();
    }

    private static double gap(long seed, long k) {
        return -StrictMath.log(1 - SplitMix.fractionAt(seed, k));
    }

    private static Misuse tooMany(double expected) {
        return new Misuse(
                "a plan of at most " + ARRIVALS_MAX + " customers",
                String.format(Locale.ROOT, "about %.0f", expected),
                "rate times duration",
                "lower the rate, shorten the run, or share it among several runs");
    }
}
