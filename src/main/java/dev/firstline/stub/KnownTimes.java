package dev.firstline.stub;

import dev.firstline.wire.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When the shipped recordings say that each line of a turn leaves, blank ones apart, counted from the arrival of the
 * request: the truth that a harness can be held against, as long as the stub plays as recorded, at speed 1 and without
 * a fault.
 */
public final class KnownTimes {
    private final Map<String, long[]> nanos;

    private KnownTimes(Map<String, long[]> nanos) {
        this.nanos = nanos;
    }

    /** Those of the recordings that travel with the jar. */
    public static KnownTimes shipped() {
        Map<String, long[]> nanos = new HashMap<>();
        Set<String> unclear = new HashSet<>();
        for (Recording recording : new StubRoot(null).recordings().turns()) {
            String key = key(recording.answers().journey(), recording.answers().turn());
            boolean isPlain = recording.answers().endpoint() == Endpoint.INVOKE
                    && recording.rows().stream().allMatch(KnownTimes::isPlain);
            if (nanos.containsKey(key) || !isPlain) {
                unclear.add(key);
            }
            nanos.put(
                    key,
                    recording.rows().stream()
                            .filter(row ->
                                    row.line().isPresent() && !row.line().get().isBlank())
                            .mapToLong(Recording.Row::atNanos)
                            .toArray());
        }
        unclear.forEach(nanos::remove);
        return new KnownTimes(nanos);
    }

    /**
     * When the lines of a turn leave, in nanoseconds; empty where a recording leaves more than one answer possible.
     *
     * @param turn counted from 1
     */
    public Optional<long[]> of(String journey, int turn) {
        return Optional.ofNullable(nanos.get(key(journey, turn))).map(long[]::clone);
    }

    /** How many turns are known. */
    public int count() {
        return nanos.size();
    }

    private static boolean isPlain(Recording.Row row) {
        return row.faults().all().isEmpty();
    }

    private static String key(@Nullable String journey, int turn) {
        return journey + "#" + turn;
    }
}
