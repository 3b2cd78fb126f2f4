package dev.firstline.journey;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rows of a ledger add up to. */
final class LedgerState {
    private final Map<String, Ledger.OpenSession> open = new LinkedHashMap<>();
    private final Set<String> unanswered = new LinkedHashSet<>();
    private long openedCount;
    private long closedCount;

    void intended(String clientKey) {
        unanswered.add(clientKey);
    }

    void opened(String sessionId, String clientKey) {
        unanswered.remove(clientKey);
        open.put(sessionId, new Ledger.OpenSession(sessionId, clientKey));
        openedCount++;
    }

    void refused(String clientKey) {
        unanswered.remove(clientKey);
    }

    boolean closed(String sessionId) {
        boolean wasOpen = open.remove(sessionId) != null;
        closedCount += wasOpen ? 1 : 0;
        return wasOpen;
    }

    List<Ledger.OpenSession> open() {
        return List.copyOf(open.values());
    }

    long openedCount() {
        return openedCount;
    }

    long closedCount() {
        return closedCount;
    }

    long unknownCount() {
        return unanswered.size();
    }
}
