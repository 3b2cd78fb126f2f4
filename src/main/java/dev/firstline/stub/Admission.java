package dev.firstline.stub;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Keeps whoever is recorded within the caps of the target: a load test through a proxy would be one, too. */
final class Admission {
    private final ProxyOptions caps;
    private final long beginNanos;
    /** From one session to the next at the cap. */
    private final double betweenNanos;

    private final Set<String> open = new HashSet<>();
    private int unanswered;
    /** When the next one would be due if those before had come evenly. */
    private double dueNanos;

    Admission(ProxyOptions caps, long nowNanos) {
        this.caps = caps;
        this.beginNanos = nowNanos;
        this.betweenNanos = 1e9 / caps.sessionsPerSecond();
        this.dueNanos = nowNanos - burstNanos();
    }

    /** Why no session can be opened now; empty if one can, of which {@link #answered} then tells. */
    synchronized Optional<Refusal> refused(long nowNanos) {
        if ((nowNanos - beginNanos) / 1e9 > caps.duration().toSeconds()) {
            return refused("after " + caps.duration().toMinutes() + " minutes");
        }
        if (open.size() + unanswered >= caps.openSessions()) {
            return refused("with " + caps.openSessions() + " sessions open");
        }
        if (nowNanos < dueNanos) {
            return refused("more than " + caps.sessionsPerSecond() + " times a second");
        }
        dueNanos = Math.max(dueNanos, nowNanos - burstNanos()) + betweenNanos;
        unanswered++;
        return Optional.empty();
    }

    /**
     * An init that was let through is answered.
     *
     * @param sessionId empty if it opened none
     */
    synchronized void answered(String sessionId) {
        unanswered--;
        if (!sessionId.isEmpty()) {
            open.add(sessionId);
        }
    }

    synchronized void closed(String sessionId) {
        open.remove(sessionId);
    }

    synchronized int open() {
        return open.size();
    }

    /** So much earlier than due one may come: clients that come together are a second's worth of sessions. */
    private double burstNanos() {
        return Math.max(0, 1e9 - betweenNanos);
    }

    private static Optional<Refusal> refused(String when) {
        return Optional.of(new Refusal(
                GrpcCode.RESOURCE_EXHAUSTED, "the caps of the target in targets.yaml allow no session " + when));
    }
}
