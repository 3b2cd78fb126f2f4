package dev.firstline.stub;

import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.store.DefaultStores;
import com.github.tomakehurst.wiremock.store.RequestJournalStore;

/** WireMock's own stores, but for the journal. */
final class BoundedStores extends DefaultStores {
    private final BoundedJournal journal;

    BoundedStores(FileSource files, int journalEntries) {
        super(files);
        this.journal = new BoundedJournal(journalEntries, BoundedJournal.BYTES_MAX);
    }

    @Override
    public RequestJournalStore getRequestJournalStore() {
        return journal;
    }
}
