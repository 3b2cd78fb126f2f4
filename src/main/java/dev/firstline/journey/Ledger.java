package dev.firstline.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which sessions were opened and which were closed. */
public final class Ledger implements AutoCloseable {
    /** What a ledger is called in a run's folder. */
    public static final String FILE_NAME = "ledger.jsonl";

    private Ledger() {}

    /**
     * What whoever finds a ledger must know to close its sessions; never a key.
     *
     * @param baseUrl where the sessions are
     * @param apiKeyEnv the name of the variable that holds the key; null where any key will do
     */
    public record Header(
            String run,
            String target,
            String baseUrl,
            String businessId,
            @Nullable String apiKeyEnv) {}

    /** A session that is open. */
    public record OpenSession(String sessionId, String clientKey) {}

    public static Ledger create(Path file, Header header) {
        throw new UnsupportedOperationException();
    }

    /** Takes over the ledgers with open sessions, below a folder of runs, whose owners are gone. */
    public static List<Ledger> abandoned(Path runs) {
        throw new UnsupportedOperationException();
    }

    public Header header() {
        throw new UnsupportedOperationException();
    }

    public Path file() {
        throw new UnsupportedOperationException();
    }

    /** An init is about to be sent: from here until it is answered, a session may exist that nobody knows. */
    public void intended(String clientKey) {
        throw new UnsupportedOperationException();
    }

    /** The init was answered with a session. */
    public void opened(String sessionId, String clientKey) {
        throw new UnsupportedOperationException();
    }

    /** The init was answered without a session, or never reached the service: there is nothing to close. */
    public void refused(String clientKey) {
        throw new UnsupportedOperationException();
    }

    /** The session's close was answered well. */
    public void closed(String sessionId) {
        throw new UnsupportedOperationException();
    }

    /** Sessions that are open, oldest first. */
    public List<OpenSession> open() {
        throw new UnsupportedOperationException();
    }

    public long openedCount() {
        throw new UnsupportedOperationException();
    }

    public long closedCount() {
        throw new UnsupportedOperationException();
    }

    /** Inits that were never answered: each may have opened a session that nobody can close. */
    public long unknownCount() {
        throw new UnsupportedOperationException();
    }

    /** Why a row could not be written, if one could not. */
    public Optional<IOException> failure() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
