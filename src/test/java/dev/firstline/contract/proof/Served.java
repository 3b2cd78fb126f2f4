package dev.firstline.contract.proof;

import dev.firstline.contract.ContractFiles;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Secret;
import dev.firstline.journey.Target;
import dev.firstline.journey.Targets;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Whom the conversations are held with: the target that was asked for, or else a stub of their own. */
final class Served implements AutoCloseable {
    /** Fast, but not all at once: lines that come together are drift. */
    static final double SPEED = 10;

    private static final String TARGETS = "simulations/targets.yaml";
    private static final String STUB = "stub";
    private static final ContractFiles FILES = ContractFiles.in(Proof.FOLDER);

    private final Target target;
    private final Secret key;
    private final Optional<StubServer> stub;

    private Served(Target target, Secret key, Optional<StubServer> stub) {
        this.target = target;
        this.key = key;
        this.stub = stub;
    }

    /**
     * Picks {@code -Dfirstline.target=NAME} out of {@code -Dfirstline.targets=FILE}, as a run does, with a run's
     * refusals.
     *
     * @throws dev.firstline.Misuse if it is unknown, production, or without its key
     */
    static Served by(Properties properties, Map<String, String> environment) {
        String file = properties.getProperty("firstline.targets", TARGETS);
        Target target = targets(file).pick(properties.getProperty("firstline.target", STUB), environment);
        return target.embedded()
                ? stub(StubOptions.defaults().withSpeed(SPEED))
                : new Served(target, target.apiKey(environment), Optional.empty());
    }

    /** A stub as it is asked for, on a port of the kernel's choice. */
    static Served stub(StubOptions options) {
        Target target = targets(TARGETS).pick(STUB, Map.of());
        StubServer stub = StubServer.start(options);
        return new Served(target.at(stub.baseUrl()), target.apiKey(Map.of()), Optional.of(stub));
    }

    private static Targets targets(String file) {
        return Targets.read(
                file, FILES.read(file, bytes(Path.of(file)), "targets").root());
    }

    /** The journeys that travel with the harness. */
    static List<Journey> journeys() {
        try (Stream<Path> files = Files.list(Path.of("simulations/journeys"))) {
            return files.sorted()
                    .map(file -> Journey.read(
                            file.toString(),
                            FILES.read(file.toString(), bytes(file), "journey").root()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody else's service answers: then drift is told and fails nothing. */
    boolean live() {
        return stub.isEmpty();
    }

    Target target() {
        return target;
    }

    Secret key() {
        return key;
    }

    URI address() {
        URI address = target.baseUrl();
        if (address == null) {
            throw new AssertionError("a stub that was started has an address");
        }
        return address;
    }

    @Override
    public void close() {
        stub.ifPresent(StubServer::close);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
