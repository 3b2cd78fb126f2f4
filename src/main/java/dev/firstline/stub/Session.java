package dev.firstline.stub;

import org.jspecify.annotations.Nullable;

/** One conversation: whose it is, and how far it has come. Thread-safe. */
final class Session implements Sessions.Found {
    private final String id;
    private final String businessId;
    private final String clientKey;
    private final long openedNanos;
    private long usedNanos;
    private @Nullable String journey;
    private int turns;

    Session(String id, String businessId, String clientKey, long nowNanos) {
        this.id = id;
        this.businessId = businessId;
        this.clientKey = clientKey;
        this.openedNanos = nowNanos;
        this.usedNanos = nowNanos;
    }

    String id() {
        return id;
    }

    String businessId() {
        return businessId;
    }

    String clientKey() {
        return clientKey;
    }

    long openedNanos() {
        return openedNanos;
    }

    boolean belongsTo(Ask ask) {
        return businessId.equals(ask.businessId()) && clientKey.equals(ask.clientKey());
    }

    synchronized void use(long nowNanos) {
        usedNanos = nowNanos;
    }

    synchronized long usedNanos() {
        return usedNanos;
    }

    /** The journey that its first turn bound it to, or null before that. */
    synchronized @Nullable String journey() {
        return journey;
    }

    /** Turns answered so far. */
    synchronized int turns() {
        return turns;
    }

    /** Says that a turn is answered out of a recording. */
    synchronized void answeredBy(Recording recording) {
        journey = recording.answers().journey();
        turns = recording.answers().turn();
    }
}
