package dev.firstline.cli;

import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code firstline stub}: serves recordings until it is stopped. */
@Command(
        name = "stub",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Stands in for the service on 127.0.0.1 and replays recordings in their time, until it is stopped.")
final class StubCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "0 takes a free one; default: 8080")
    private int port;

    @Option(names = "--stubs", paramLabel = "DIR", description = "a folder in the form of stubs/")
    private @Nullable Path stubs;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description = "1 as recorded, 0 without waiting; default: 1")
    private double speed;

    @Option(names = "--fault", paramLabel = "FAULT", defaultValue = "", description = "in every answer: kind;at=LINE")
    private String fault = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in the spec");
        }
        if (port < 0 || port > PORT_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--port must be from 0 to " + PORT_MAX + ", and is " + port);
        }
        StubOptions options = StubOptions.defaults()
                .withPort(port)
                .withRoot(stubs)
                .withSpeed(speed)
                .withFault(fault);
        try (StubServer stub = StubServer.start(options)) {
            spec.commandLine().getOut().println("serving on " + stub.baseUrl() + ", stop it with Ctrl-C");
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
