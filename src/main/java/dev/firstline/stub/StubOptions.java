package dev.firstline.stub;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a stub is started.
 *
 * @param port the port for HTTP/1.1 in clear on 127.0.0.1; 0 takes a free one
 * @param httpsPort the port for TLS with HTTP/2 and HTTP/1.1 (ALPN, a self-signed certificate); 0 takes a free one, -1
 *     opens none
 * @param root a WireMock root ({@code mappings/}, {@code __files/recordings/}), or null for the one that travels with
 *     the jar
 * @param speed how many times faster than recorded the answers are played: 1 as recorded, 0 without any waiting
 * @param fault what goes wrong in answers, {@code kind;key=value;... | kind;...} as in {@code X-Firstline-Fault}, or ""
 *     for nothing
 * @param seed what decides when a fault strikes that has a rate: the same seed and the same order of requests, the same
 *     faults
 * @param journal how many requests WireMock's journal keeps, the oldest of which make way; 0 keeps none
 * @param log where a stub in a process of its own writes what it has to say, or null for nowhere
 */
public record StubOptions(
        int port,
        int httpsPort,
        @Nullable Path root,
        double speed,
        String fault,
        long seed,
        int journal,
        @Nullable Path log) {

    /** The value of {@link #httpsPort()} that opens no TLS port. */
    public static final int NO_HTTPS = -1;

    /** The value of {@link #seed()} where nobody chooses one. */
    public static final long SEED = 1;

    /** How many requests are kept where nobody says: enough to ask what a test has sent. */
    public static final int JOURNAL = 1_000;

    /**
     * @throws IllegalArgumentException if a port is out of range or the journal's size negative
     * @throws dev.firstline.Misuse if the speed or the fault is none
     */
    public StubOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
        }
        if (httpsPort < NO_HTTPS || httpsPort > 65_535) {
            throw new IllegalArgumentException("httpsPort must be in [-1, 65535]: " + httpsPort);
        }
        Speed.check(speed, "the stub's speed");
        faults(fault);
        if (journal < 0) {
            throw new IllegalArgumentException("journal must not be negative: " + journal);
        }
    }

    /** A free port, the recordings that travel with the jar, as recorded, nothing wrong. */
    public static StubOptions defaults() {
        return new StubOptions(0, NO_HTTPS, null, 1, "", SEED, JOURNAL, null);
    }

    public StubOptions withPort(int newPort) {
        return new StubOptions(newPort, httpsPort, root, speed, fault, seed, journal, log);
    }

    public StubOptions withHttpsPort(int newHttpsPort) {
        return new StubOptions(port, newHttpsPort, root, speed, fault, seed, journal, log);
    }

    public StubOptions withRoot(@Nullable Path newRoot) {
        return new StubOptions(port, httpsPort, newRoot, speed, fault, seed, journal, log);
    }

    public StubOptions withSpeed(double newSpeed) {
        return new StubOptions(port, httpsPort, root, newSpeed, fault, seed, journal, log);
    }

    public StubOptions withFault(String newFault) {
        return new StubOptions(port, httpsPort, root, speed, newFault, seed, journal, log);
    }

    public StubOptions withLog(@Nullable Path newLog) {
        return new StubOptions(port, httpsPort, root, speed, fault, seed, journal, newLog);
    }

    public StubOptions withSeed(long newSeed) {
        return new StubOptions(port, httpsPort, root, speed, fault, newSeed, journal, log);
    }

    public StubOptions withJournal(int newJournal) {
        return new StubOptions(port, httpsPort, root, speed, fault, seed, newJournal, log);
    }

    Faults faults() {
        return faults(fault);
    }

    private static Faults faults(String text) {
        return Faults.parse(text, "the stub's fault");
    }
}
