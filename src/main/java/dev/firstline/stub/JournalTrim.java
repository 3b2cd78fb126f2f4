package dev.firstline.stub;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.store.RequestJournalStore;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * Keeps a journal that belongs to WireMock from growing without end: every now and then the oldest entries make way.
 * Where the stub makes the journal itself, that is a {@link BoundedJournal}.
 */
final class JournalTrim implements ServeEventListener {
    /** How many requests go by between two looks: WireMock counts its journal by walking through it. */
    static final int EVERY = 200;

    private final RequestJournalStore journal;
    private final int entriesMax;
    private int seen;

    JournalTrim(RequestJournalStore journal, int entriesMax) {
        this.journal = journal;
        this.entriesMax = entriesMax;
    }

    @Override
    public String getName() {
        return "firstline-journal";
    }

    @Override
    public synchronized void afterComplete(ServeEvent event, Parameters parameters) {
        if (++seen % EVERY != 0) {
            return;
        }
        for (long left = journal.getAllKeys().count(); left > entriesMax; left--) {
            journal.removeLast();
        }
    }
}
