package dev.firstline.journey;

/**
 * The SplitMix64 generator (Steele, Lea and Flood, 2014) as a function of a seed and a place.
 *
 * <p>Ours, because the JDK fixes the sequence of none of its good generators by specification, and because any place
 * can be asked for without the ones before it.
 */
final class SplitMix {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private SplitMix() {}

    /** The number at a place of a seed's sequence, from 0. */
    static long at(long seed, long place) {
        long z = seed + (place + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** The same as a fraction from 0, inclusive, to 1, exclusive, in steps of 2⁻⁵³. */
    static double fractionAt(long seed, long place) {
        return (at(seed, place) >>> 11) * 0x1p-53;
    }
}
