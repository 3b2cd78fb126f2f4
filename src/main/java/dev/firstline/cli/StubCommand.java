package dev.firstline.cli;

import dev.firstline.Misuse;
import dev.firstline.journey.Target;
import dev.firstline.run.Rehearsal;
import dev.firstline.run.TargetChoice;
import dev.firstline.stats.Clock;
import dev.firstline.stub.Playback;
import dev.firstline.stub.ProxyOptions;
import dev.firstline.stub.RecordedStubs;
import dev.firstline.stub.RecordingProxy;
import dev.firstline.stub.Redaction;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code firstline stub}: serves recordings, or makes them of what a target answers, until it is stopped. */
@Command(
        name = "stub",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Stands in for the service and replays recordings in their time, until it is stopped.",
            "With --record it stands before a target, passes everything on, and records what the target answers."
        })
final class StubCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;
    private static final String JOURNEY_NAME = "[a-z0-9-]+";
    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private static final List<String> TO_REPLAY =
            List.of("--bind", "--stubs", "--speed", "--fault", "--timing", "--workers", "--seed");
    private static final List<String> TO_RECORD =
            List.of("--target", "--targets", "--as", "--out", "--redact", "--redact-pointer");

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "0 takes a free one; default: 8080")
    private int port;

    // Not with --record: whoever reached that would use the target's key.
    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "${env:FIRSTLINE_BIND:-" + StubOptions.BIND + "}",
            description = "0.0.0.0 serves whoever can reach this machine; default: $FIRSTLINE_BIND, or 127.0.0.1")
    private String bind = "";

    @Option(names = "--stubs", paramLabel = "DIR", description = "a folder in the form of stubs/")
    private @Nullable Path stubs;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description = "1 as recorded, 0 without waiting; default: 1")
    private double speed;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            defaultValue = "",
            description = "in every invoke, or the endpoint after on=: kind;at=LINE")
    private String fault = "";

    @Option(
            names = "--timing",
            paramLabel = "TIMING",
            defaultValue = "recorded",
            description = {
                "when lines leave: recorded; fitted to the takes in __files/takes; jitter=SIGMA, every wait times a",
                "log-normal factor; constant=MS or exponential=MS, how long an answer takes; default: recorded"
            })
    private String timing = "";

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "0",
            description = "how many turns are answered at once, the others wait; 0 for all; default: 0")
    private int workers;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "decides what is drawn: times, and faults that have a rate; default: 1")
    private long seed;

    @Option(names = "--record", description = "records what a target answers to whoever asks here")
    private boolean record;

    @Option(names = "--target", paramLabel = "NAME", description = "which target of targets.yaml to record")
    private @Nullable String target;

    @Option(names = "--targets", paramLabel = "FILE", description = "another targets file")
    private @Nullable Path targets;

    @Option(
            names = "--as",
            paramLabel = "JOURNEY",
            description = "what the first session is called; those after it get a number; default: recorded-<UTC time>")
    private @Nullable String journey;

    @Mixin
    private RecordingOptions recordings = new RecordingOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > PORT_MAX) {
            throw bad("--port must be from 0 to " + PORT_MAX + ", and is " + port);
        }
        if (bind.isBlank()) {
            throw bad("--bind must be an address of this machine: 127.0.0.1, or 0.0.0.0 for all");
        }
        for (String option : record ? TO_REPLAY : TO_RECORD) {
            if (spec().commandLine().getParseResult().hasMatchedOption(option)) {
                throw bad(option + (record ? " is for a stub that replays" : " is for --record") + ": leave it out");
            }
        }
        if (record) {
            record();
        } else {
            replay();
        }
        return 0;
    }

    private void replay() throws InterruptedException {
        StubOptions options = StubOptions.defaults()
                .withBind(bind)
                .withPort(port)
                .withRoot(stubs)
                .withPlayback(new Playback(speed, fault, timing, seed, workers));
        try (StubServer stub = StubServer.start(options)) {
            say("serving on " + stub.baseUrl() + (bind.equals(StubOptions.BIND) ? "" : " (" + bind + ")")
                    + ", stop it with Ctrl-C");
            new CountDownLatch(1).await();
        }
    }

    private void record() throws InterruptedException {
        if (target == null) {
            throw bad("--record needs --target NAME, a target of targets.yaml");
        }
        TargetChoice choice = TargetChoice.of(target, targets, System.getenv());
        URI upstream = choice.target().baseUrl();
        if (upstream == null) {
            throw new Misuse(
                    "a target with an address",
                    target + ", which is the embedded stub",
                    "--target",
                    "pick another one");
        }
        Redaction redaction = recordings.redaction();
        RecordedStubs recorded =
                new RecordedStubs(recordings.out(), redaction, choice.target().name(), Clock.system());
        long ownNanos = Rehearsal.play();
        try (RecordingProxy proxy =
                RecordingProxy.start(options(choice, upstream, ownNanos), recorded, redaction, this::say)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(proxy, redaction), "firstline-record-end"));
            say("recording " + upstream + " on " + proxy.baseUrl() + " into " + recordings.out()
                    + ", stop it with Ctrl-C");
            new CountDownLatch(1).await();
        }
    }

    private ProxyOptions options(TargetChoice choice, URI upstream, long ownNanos) {
        Target chosen = choice.target();
        String name =
                journey == null ? "recorded-" + NOW.format(Clock.system().now().atOffset(ZoneOffset.UTC)) : journey;
        if (!name.matches(JOURNEY_NAME)) {
            throw bad("--as must be lower-case letters, digits and hyphens, and is " + name);
        }
        return new ProxyOptions(
                port,
                upstream,
                choice.key().reveal(),
                name,
                chosen.caps().journeysPerSecond(),
                chosen.caps().openSessions(),
                chosen.caps().duration(),
                ownNanos);
    }

    private void end(RecordingProxy proxy, Redaction redaction) {
        proxy.close();
        if (!redaction.summary().isEmpty()) {
            say("redacted " + redaction.summary());
        }
        if (proxy.openSessions() > 0) {
            say("still open at the target, as nobody closed them: " + proxy.openSessions() + " session(s)");
        }
        if (Files.isDirectory(recordings.out())) {
            Path journeys = recordings.out().resolve("journeys");
            say("replay them with firstline stub --stubs " + recordings.out()
                    + (Files.isDirectory(journeys)
                            ? ", or in a run with --stubs " + recordings.out() + " --journeys " + journeys
                            : ""));
        }
    }

    private void say(String words) {
        spec().commandLine().getOut().println(words);
    }

    private ParameterException bad(String why) {
        return new ParameterException(spec().commandLine(), why);
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in the spec");
        }
        return spec;
    }
}
