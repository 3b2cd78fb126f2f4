package dev.firstline.stub;

import java.nio.file.Path;
import java.util.Optional;
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
 * @param fault what goes wrong in answers, {@code kind;key=value;...} as in {@code X-Firstline-Fault}, or "" for
 *     nothing
 * @param timing when lines leave: {@code recorded}, {@code fitted} to the takes in the root, or {@code jitter=0.2}
 * @param seed decides all times that are drawn
 * @param log where a stub in a process of its own writes what it has to say, or null for nowhere
 */
public record StubOptions(
        int port,
        int httpsPort,
        @Nullable Path root,
        double speed,
        String fault,
        String timing,
        long seed,
        @Nullable Path log) {

    /** The value of {@link #httpsPort()} that opens no TLS port. */
    public static final int NO_HTTPS = -1;

    /**
     * @throws IllegalArgumentException if a port is out of range
     * @throws dev.firstline.Misuse if the speed, the fault or the timing is none
     */
    public StubOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
        }
        if (httpsPort < NO_HTTPS || httpsPort > 65_535) {
            throw new IllegalArgumentException("httpsPort must be in [-1, 65535]: " + httpsPort);
        }
        Speed.check(speed, "the stub's speed");
        fault(fault);
        timing(timing);
    }

    /** A free port, the recordings that travel with the jar, as recorded, nothing wrong. */
    public static StubOptions defaults() {
        return new StubOptions(0, NO_HTTPS, null, 1, "", Timing.RECORDED, 1, null);
    }

    public StubOptions withPort(int newPort) {
        return new StubOptions(newPort, httpsPort, root, speed, fault, timing, seed, log);
    }

    public StubOptions withHttpsPort(int newHttpsPort) {
        return new StubOptions(port, newHttpsPort, root, speed, fault, timing, seed, log);
    }

    public StubOptions withRoot(@Nullable Path newRoot) {
        return new StubOptions(port, httpsPort, newRoot, speed, fault, timing, seed, log);
    }

    public StubOptions withSpeed(double newSpeed) {
        return new StubOptions(port, httpsPort, root, newSpeed, fault, timing, seed, log);
    }

    public StubOptions withFault(String newFault) {
        return new StubOptions(port, httpsPort, root, speed, newFault, timing, seed, log);
    }

    public StubOptions withLog(@Nullable Path newLog) {
        return new StubOptions(port, httpsPort, root, speed, fault, timing, seed, newLog);
    }

    public StubOptions withTiming(String newTiming) {
        return new StubOptions(port, httpsPort, root, speed, fault, newTiming, seed, log);
    }

    public StubOptions withSeed(long newSeed) {
        return new StubOptions(port, httpsPort, root, speed, fault, timing, newSeed, log);
    }

    Timing timingAs() {
        return timing(timing);
    }

    Optional<FaultAt> faultAt() {
        return fault(fault);
    }

    private static Timing timing(String text) {
        return Timing.parse(text, "the stub's timing");
    }

    private static Optional<FaultAt> fault(String text) {
        return FaultAt.parse(text, "the stub's fault");
    }
}
