package dev.firstline.cli;

import dev.firstline.run.Finished;
import dev.firstline.run.Runs;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firstline run}: the simulation classes that Maven runs too, from the jar. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Drives whole journeys against a target, judges the run and writes its report.")
final class RunCommand implements Callable<Integer> {
    enum Simulation {
        SMOKE,
        LOAD,
        SPIKE,
        SOAK
    }

    @Parameters(paramLabel = "SIMULATION", description = "${COMPLETION-CANDIDATES}, in any case")
    private @Nullable Simulation simulation;

    @Option(names = "--target", paramLabel = "NAME", description = "a target of targets.yaml; default: stub")
    private @Nullable String target;

    @Option(names = "--targets", paramLabel = "FILE", description = "another targets file")
    private @Nullable String targets;

    @Option(names = "--rate", paramLabel = "N", description = "journeys a second")
    private @Nullable String rate;

    @Option(names = "--peak", paramLabel = "N", description = "journeys a second at the peak of a spike")
    private @Nullable String peak;

    @Option(names = "--duration", paramLabel = "TIME", description = "how long journeys arrive: 90s, 5m, 2h")
    private @Nullable String duration;

    @Option(names = "--max-duration", paramLabel = "TIME", description = "when to cut the run off")
    private @Nullable String maxDuration;

    @Option(names = "--rounds", paramLabel = "N", description = "how often smoke walks every journey")
    private @Nullable String rounds;

    @Option(names = "--seed", paramLabel = "N", description = "fixes the schedule of arrivals")
    private @Nullable String seed;

    @Option(names = "--strict", description = "drift fails the run too")
    private boolean strict;

    @Option(names = "--http2", description = "HTTP/2 where the target offers it")
    private boolean http2;

    @Option(names = "--journeys", paramLabel = "DIR", description = "a folder of journeys instead of the shipped ones")
    private @Nullable String journeys;

    @Option(names = "--journey", paramLabel = "NAMES", description = "only these journeys, separated by commas")
    private @Nullable String journey;

    @Option(names = "--contracts", paramLabel = "DIR", description = "a folder in the form of contracts/")
    private @Nullable String contracts;

    @Option(names = "--stubs", paramLabel = "DIR", description = "a folder in the form of stubs/")
    private @Nullable String stubs;

    @Option(names = "--speed", paramLabel = "X", description = "the embedded stub's: 1 as recorded, 0 without waiting")
    private @Nullable String speed;

    @Option(names = "--fault", paramLabel = "FAULT", description = "a fault of the embedded stub: kind;at=LINE")
    private @Nullable String fault;

    @Option(names = "--reports", paramLabel = "DIR", description = "the folder for results; default: reports")
    private @Nullable String reports;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "target", target);
        put(settings, "targets", targets);
        put(settings, "rate", rate);
        put(settings, "peak", peak);
        put(settings, "duration", duration);
        put(settings, "max-duration", maxDuration);
        put(settings, "rounds", rounds);
        put(settings, "seed", seed);
        put(settings, "strict", strict ? "true" : null);
        put(settings, "http2", http2 ? "true" : null);
        put(settings, "journeys", journeys);
        put(settings, "journey", journey);
        put(settings, "contracts", contracts);
        put(settings, "stubs", stubs);
        put(settings, "speed", speed);
        put(settings, "fault", fault);
        put(settings, "reports", reports);
        if (simulation == null || spec == null) {
            throw new IllegalStateException("picocli fills in what is required");
        }
        Finished finished = Runs.run(simulation.name().toLowerCase(Locale.ROOT), settings);
        spec.commandLine().getOut().println(finished.table());
        return finished.exitCode();
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
