package dev.firstline.journey;

/**
 * One injector's part of a load that several share.
 *
 * @param injector its place, from 0
 * @param injectors how many there are, at least 1
 */
public record Share(int injector, int injectors) {
    /** Sets the draws of injectors apart from those of gaps and journeys, which come from the same seed. */
    private static final long SALT = 0x696e6a6563746f72L;

    /** All of it. */
    public static final Share WHOLE = new Share(0, 1);

    public Share {
        if (injectors < 1 || injector < 0 || injector >= injectors) {
            throw new IllegalArgumentException("injector must be one of " + injectors + ", from 0: " + injector);
        }
    }

    /** Whether there is nobody to share with. */
    public boolean isWhole() {
        return injectors == 1;
    }

    /** Of a whole number this part: the parts of all injectors add up to it, and differ by one at most. */
    public int of(int whole) {
        return whole / injectors + (injector < whole % injectors ? 1 : 0);
    }

    /**
     * The injector that arrival {@code k} falls to by lot. Of arrivals at random (Poisson) what is drawn by lot is at
     * random again, at a part of the rate: thinning, as Lewis and Shedler (1979) call it.
     */
    int drawn(long seed, long k) {
        return (int) (SplitMix.fractionAt(seed ^ SALT, k) * injectors);
    }

    /** The injector that arrival {@code k} falls to in turn: arrivals at equal distances stay so. */
    int dealt(long k) {
        return (int) (k % injectors);
    }

    /** {@code injector 1 of 3}. */
    @Override
    public String toString() {
        return "injector " + injector + " of " + injectors;
    }
}
