package dev.firstline.journey;

import java.util.Locale;

/**
 * The client keys of one injector's share of a run: the same run, injector and arrival always give the same key, and no
 * two of them share one.
 *
 * @param run the run's id, which names its folder too
 * @param injector this injector's place, from 0
 */
public record ClientKeys(String run, int injector) {
    public ClientKeys {
        Refuse.empty(run, "run");
        if (injector < 0) {
            throw new IllegalArgumentException("injector must not be negative: " + injector);
        }
    }

    /** Whether a key is one of these. */
    public boolean has(String clientKey) {
        return clientKey.startsWith(run + "-i" + injector + "-");
    }

    /**
     * The key of the customer who arrives as number {@code arrival}, from 0: {@code smoke-20261120T180000Z-i0-00042}.
     */
    public String of(long arrival) {
        if (arrival < 0) {
            throw new IllegalArgumentException("arrival must not be negative: " + arrival);
        }
        return String.format(Locale.ROOT, "%s-i%d-%05d", run, injector, arrival);
    }
}
