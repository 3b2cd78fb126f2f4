package dev.firstline.stub;

import com.github.tomakehurst.wiremock.store.RequestJournalStore;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The requests that WireMock remembers, so that it can be asked what it was sent: the last ones, bounded in number and
 * in bytes. WireMock's own journal has no bound, or one that walks through all of it for every request.
 *
 * <p>Thread-safe; to add an entry takes as long for the first as for the millionth.
 */
final class BoundedJournal implements RequestJournalStore {
    /** How many bytes the requests' bodies may have in all. */
    static final long BYTES_MAX = 16 << 20;

    /** How much WireMock keeps of an answer that is not the agent's. The agent's answers leave nothing behind. */
    static final int RESPONSE_BYTES_MAX = 4 << 10;

    private final int entriesMax;
    private final long bytesMax;
    // In the order in which they came.
    private final Map<UUID, ServeEvent> events = new LinkedHashMap<>();
    private long bytes;

    BoundedJournal(int entriesMax, long bytesMax) {
        this.entriesMax = entriesMax;
        this.bytesMax = bytesMax;
    }

    @Override
    public synchronized void add(ServeEvent event) {
        put(event.getId(), event);
    }

    @Override
    public synchronized void put(UUID id, ServeEvent event) {
        ServeEvent before = events.put(id, event);
        bytes += size(event) - (before == null ? 0 : size(before));
        while (events.size() > entriesMax || (bytes > bytesMax && !events.isEmpty())) {
            removeLast();
        }
    }

    @Override
    public synchronized void remove(UUID id) {
        ServeEvent removed = events.remove(id);
        if (removed != null) {
            bytes -= size(removed);
        }
    }

    /** Removes the oldest. */
    @Override
    public synchronized void removeLast() {
        events.keySet().stream().findFirst().ifPresent(this::remove);
    }

    @Override
    public synchronized Optional<ServeEvent> get(UUID id) {
        return Optional.ofNullable(events.get(id));
    }

    /** The newest first, as WireMock wants it. */
    @Override
    public synchronized Stream<ServeEvent> getAll() {
        List<ServeEvent> all = new ArrayList<>(events.values());
        Collections.reverse(all);
        return all.stream();
    }

    @Override
    public Stream<UUID> getAllKeys() {
        return getAll().map(ServeEvent::getId);
    }

    @Override
    public synchronized void clear() {
        events.clear();
        bytes = 0;
    }

    private static long size(ServeEvent event) {
        byte[] body = event.getRequest().getBody();
        return body == null ? 0 : body.length;
    }
}
