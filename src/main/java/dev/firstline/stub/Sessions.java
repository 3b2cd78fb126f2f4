package dev.firstline.stub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The conversations that were opened and not yet closed, and a memory of those that were.
 *
 * <p>Bounded: a table that is full refuses new sessions, and a session that nobody used for its time to live is
 * forgotten. Thread-safe; every call is short.
 */
final class Sessions {
    static final int OPEN_MAX = 100_000;
    static final int CLOSED_REMEMBERED_MAX = 10_000;
    static final Duration IDLE_TIME_TO_LIVE = Duration.ofMinutes(30);

    /** A session, or why there is none. */
    sealed interface Found permits Session, Refusal {}

    private final int openMax;
    // In order of last use, so that idle ones stand first.
    private final Map<String, Session> open = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, Boolean> closed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > CLOSED_REMEMBERED_MAX;
        }
    };

    Sessions(int openMax) {
        this.openMax = openMax;
    }

    synchronized Found open(String businessId, String clientKey, long nowNanos) {
        forgetIdle(nowNanos);
        if (open.size() >= openMax) {
            return new Refusal(GrpcCode.RESOURCE_EXHAUSTED, "too many open sessions: " + openMax);
        }
        Session session = new Session(UUID.randomUUID().toString(), businessId, clientKey, nowNanos);
        open.put(session.id(), session);
        return session;
    }

    /** The open session that a request is part of. */
    synchronized Found find(Ask ask, long nowNanos) {
        forgetIdle(nowNanos);
        Session session = open.get(ask.sessionId());
        if (session == null) {
            return closed.containsKey(ask.sessionId())
                    ? new Refusal(GrpcCode.FAILED_PRECONDITION, "session is closed")
                    : new Refusal(GrpcCode.NOT_FOUND, "session not found");
        }
        if (!session.belongsTo(ask)) {
            return new Refusal(GrpcCode.PERMISSION_DENIED, "session belongs to another business or client");
        }
        session.use(nowNanos);
        return session;
    }

    synchronized void close(Session session) {
        if (open.remove(session.id()) != null) {
            closed.put(session.id(), true);
        }
    }

    /** Those that are open, the one that nobody used for longest first. */
    synchronized List<Session> open(long nowNanos) {
        forgetIdle(nowNanos);
        return new ArrayList<>(open.values());
    }

    synchronized int openCount(long nowNanos) {
        forgetIdle(nowNanos);
        return open.size();
    }

    int openMax() {
        return openMax;
    }

    synchronized void reset() {
        open.clear();
        closed.clear();
    }

    private void forgetIdle(long nowNanos) {
        var oldest = open.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().usedNanos() > IDLE_TIME_TO_LIVE.toNanos()) {
            oldest.remove();
        }
    }
}
