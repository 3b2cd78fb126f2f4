package dev.firstline.cli;

import dev.firstline.stats.Clock;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.network.FaultProxy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code firstline proxy}: spoils the network between a run and its target, until it is stopped. */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Stands between a run and its target and spoils the network, until it is stopped.",
            "What it does is said by Toxiproxy's HTTP API: latency, bandwidth, slow_close, timeout, reset_peer,",
            "slicer, limit_data, or a proxy that is switched off. It loses no packets and delays no handshake."
        })
final class ProxyCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + FaultProxy.PORT,
            description = "where its API answers; 0 takes a free one; default: " + FaultProxy.PORT)
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "${env:FIRSTLINE_BIND:-" + StubOptions.BIND + "}",
            description = {
                "for its API and --listen; whoever reaches the API decides where connections lead;",
                "default: $FIRSTLINE_BIND, or 127.0.0.1"
            })
    private String bind = "";

    @Option(
            names = "--listen",
            paramLabel = "NAME=PORT:HOST:PORT",
            description = "a proxy from the beginning: a port here, and what it leads to; may be said again")
    private List<String> lines = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "decides what is drawn: who is hit, jitter, sizes; default: 1")
    private long seed;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > PORT_MAX) {
            throw new ParameterException(
                    spec().commandLine(), "--port must be from 0 to " + PORT_MAX + ", and is " + port);
        }
        if (bind.isBlank()) {
            throw new ParameterException(
                    spec().commandLine(), "--bind must be an address of this machine: 127.0.0.1, or 0.0.0.0 for all");
        }
        try (FaultProxy proxy = FaultProxy.start(bind, port, seed, Clock.system())) {
            for (String line : lines) {
                FaultProxy.Line opened = proxy.open(line, bind);
                say(opened.name() + ": " + opened.listen() + " leads to " + opened.upstream());
            }
            say("Toxiproxy's API on http://" + (bind.contains(":") ? "[" + bind + "]" : bind) + ":" + proxy.port()
                    + ", stop it with Ctrl-C");
            proxy.ended().get();
        } catch (ExecutionException e) {
            spec().commandLine()
                    .getErr()
                    .println("the proxy has failed and leads nobody any more (" + e.getCause() + "): start it again");
            return Main.BUG;
        }
        return 0;
    }

    private void say(String words) {
        spec().commandLine().getOut().println(words);
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in the spec");
        }
        return spec;
    }
}
