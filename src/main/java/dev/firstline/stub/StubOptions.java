package dev.firstline.stub;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a stub is started.
 *
 * @param bind the address of this machine to serve on: {@link #BIND} for nobody else, {@code 0.0.0.0} for whoever can
 *     reach any of them, who can then do what WireMock's admin pages can
 * @param port the port there, or 0 for a free one
 * @param httpsPort the port for TLS, where HTTP/2 is offered, or 0 for a free one, or {@link #NO_HTTPS}; its
 *     certificate is WireMock's own, which no client trusts unasked
 * @param root a WireMock root ({@code mappings/}, {@code __files/recordings/}), or null for the one that travels with
 *     the jar
 * @param playback how it answers where neither request, mapping nor recording says
 * @param journal how many requests WireMock's journal keeps, the oldest of which make way; 0 keeps none
 * @param log where a stub in a process of its own writes what it has to say, or null for nowhere
 */
public record StubOptions(
        String bind,
        int port,
        int httpsPort,
        @Nullable Path root,
        Playback playback,
        int journal,
        @Nullable Path log) {

    /** Where a stub serves when nobody says: on this machine, for this machine. */
    public static final String BIND = "127.0.0.1";

    /** The value of {@link #httpsPort()} that opens no TLS port. */
    public static final int NO_HTTPS = -1;

    /** How many requests are kept where nobody says: enough to ask what a test has sent. */
    public static final int JOURNAL = 1_000;

    /**
     * @throws IllegalArgumentException if there is no address, a port is out of range or the journal's size negative
     */
    public StubOptions {
        if (bind.isBlank()) {
            throw new IllegalArgumentException("bind must be an address");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
        }
        if (httpsPort < NO_HTTPS || httpsPort > 65_535) {
            throw new IllegalArgumentException("httpsPort must be in [-1, 65535]: " + httpsPort);
        }
        if (journal < 0) {
            throw new IllegalArgumentException("journal must not be negative: " + journal);
        }
    }

    /** A free port, the recordings that travel with the jar, as recorded, nothing wrong. */
    public static StubOptions defaults() {
        return new StubOptions(BIND, 0, NO_HTTPS, null, Playback.recorded(), JOURNAL, null);
    }

    public StubOptions withBind(String newBind) {
        return new StubOptions(newBind, port, httpsPort, root, playback, journal, log);
    }

    public StubOptions withPort(int newPort) {
        return new StubOptions(bind, newPort, httpsPort, root, playback, journal, log);
    }

    public StubOptions withHttpsPort(int newHttpsPort) {
        return new StubOptions(bind, port, newHttpsPort, root, playback, journal, log);
    }

    public StubOptions withRoot(@Nullable Path newRoot) {
        return new StubOptions(bind, port, httpsPort, newRoot, playback, journal, log);
    }

    public StubOptions withPlayback(Playback newPlayback) {
        return new StubOptions(bind, port, httpsPort, root, newPlayback, journal, log);
    }

    /** As {@link Playback#withSpeed}. */
    public StubOptions withSpeed(double newSpeed) {
        return withPlayback(playback.withSpeed(newSpeed));
    }

    /** As {@link Playback#withFault}. */
    public StubOptions withFault(String newFault) {
        return withPlayback(playback.withFault(newFault));
    }

    public StubOptions withJournal(int newJournal) {
        return new StubOptions(bind, port, httpsPort, root, playback, newJournal, log);
    }

    public StubOptions withLog(@Nullable Path newLog) {
        return new StubOptions(bind, port, httpsPort, root, playback, journal, newLog);
    }
}
