package dev.firstline.cli;

import dev.firstline.gate.Tolerance;
import dev.firstline.run.Gates;
import dev.firstline.stats.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firstline gate}: is this build slower than the accepted ones, or than another? */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Holds runs against the accepted runs of the same scenario, target, contract and machine, and says whether "
                    + "they are slower, and how little slower would have been seen.",
            "",
            "Median and 95th percentile of ttfl and e2e; the mean of the runs against a prediction limit from at least "
                    + "ten accepted ones, at 0.5 %% false alarms for all figures together."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:PASS: not slower, or accepted",
            "1:FAIL: slower, or a run that fails by itself",
            "2:misuse: a bad argument, no such run, a bad file",
            "3:NO VERDICT: too few accepted runs, an ill generator, another mix; the reason is printed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firstline gate RUN RUN RUN                     three runs against the accepted",
            "  firstline gate --screen RUN                    two more only if it looks slower",
            "  firstline gate --accept --why \"release 4\" RUN  accepts a run",
            "  firstline gate NEW... --against OLD...         two builds, five runs of each"
        })
final class GateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "a run's folder, or its name; three of them make a good comparison")
    private List<String> runs = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "RUN",
            arity = "1..*",
            description = "runs of another build, made in turns with these, instead of the accepted ones")
    private List<String> against = new ArrayList<>();

    @Option(names = "--screen", description = "one run may pass alone; if it looks slower, two more are asked for")
    private boolean screen;

    @Option(
            names = "--floor-ratio",
            paramLabel = "X",
            defaultValue = "1.05",
            description = "a smaller ratio is not slower; default: 1.05, five percent")
    private double floorRatio;

    @Option(
            names = "--floor-ms",
            paramLabel = "MS",
            defaultValue = "20",
            description = "a smaller difference is not slower; default: 20")
    private double floorMs;

    @Option(names = "--accept", description = "accepts the runs, which must be a PASS by themselves; needs --why")
    private boolean accept;

    @Option(names = "--why", paramLabel = "TEXT", description = "the reason, for whoever asks in a year")
    private @Nullable String why;

    @Option(
            names = "--cut",
            description =
                    "with --accept: the first of the runs begins the baseline anew; it may be one accepted before")
    private boolean cut;

    @Mixin
    private ResultOptions results = new ResultOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in the spec");
        }
        Tolerance tolerance = tolerance(spec);
        if (accept) {
            return accept(spec);
        }
        if (why != null || cut) {
            throw new ParameterException(spec.commandLine(), "--why and --cut are for --accept");
        }
        if (screen && !against.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--screen is for accepted runs, not for --against");
        }
        Gates.Compared compared = results.gates().compare(runs, against, screen, tolerance, System.getenv());
        spec.commandLine().getOut().println(compared.table());
        return compared.comparison().decision().exitCode();
    }

    private int accept(CommandSpec command) {
        if (why == null) {
            throw new ParameterException(command.commandLine(), "--accept needs --why TEXT: the reason, for later");
        }
        if (screen || !against.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--accept compares nothing: without --screen, --against");
        }
        results.gates()
                .accept(runs, why, cut, Clock.system())
                .forEach(command.commandLine().getOut()::println);
        return 0;
    }

    private Tolerance tolerance(CommandSpec command) {
        try {
            return new Tolerance(floorRatio, floorMs);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--floor-ratio, --floor-ms: " + e.getMessage());
        }
    }
}
