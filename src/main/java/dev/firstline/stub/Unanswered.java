package dev.firstline.stub;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last requests that nothing answered. Thread-safe. */
final class Unanswered {
    /** How many are kept; the log tells no more than that either, so that a load run cannot fill a disk. */
    static final int KEPT_MAX = 100;

    private static final Logger log = LoggerFactory.getLogger(Unanswered.class);

    private final Deque<Entry> last = new ArrayDeque<>();
    private long count;

    /**
     * A request that nothing answered.
     *
     * @param at when it came
     * @param request its method and path
     * @param sessionId the session it named, or ""
     * @param missed why, and what was close
     */
    record Entry(Instant at, String request, String sessionId, Missed missed) {}

    synchronized void add(Entry entry) {
        count++;
        if (count <= KEPT_MAX) {
            String told = entry.request() + ": " + entry.missed().message();
            log.warn("event=unanswered {}", told.replaceAll("\\R", " "));
        }
        last.addFirst(entry);
        if (last.size() > KEPT_MAX) {
            last.removeLast();
        }
    }

    /** The newest first. */
    synchronized List<Entry> last() {
        return List.copyOf(last);
    }

    /** How many there were since the last reset, kept or not. */
    synchronized long count() {
        return count;
    }

    synchronized void reset() {
        last.clear();
        count = 0;
    }
}
