package dev.firstline.cli;

import dev.firstline.gate.Decision;
import dev.firstline.run.Finished;
import dev.firstline.run.Merge;
import dev.firstline.stats.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firstline merge}: the shares of a load become one run with one verdict. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes one run of what the injectors of a shared load have measured, and judges it: histograms added, "
                    + "turns interleaved, ledgers reconciled, the health of the worst injector.",
            "",
            "An injector that was lost fails the run; one that is missing, was late or was short makes it NO VERDICT. "
                    + "Merged folders can be merged with more."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:PASS",
            "1:FAIL: a broken promise, or a lost injector",
            "2:misuse: folders that are not of one load, an injector twice, another contract",
            "3:NO VERDICT: an injector is missing, late or short; the reason is printed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firstline merge RUN RUN RUN --out load-all      three folders",
            "  firstline merge /results --out load-all         all that are on a volume",
            "  firstline merge /results --out load-all --injectors 3 --wait 30m",
            "                                                  when all three have ended"
        })
final class MergeCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "an injector's folder, one that was merged already, or one that holds some at any depth")
    private List<Path> runs = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "the merged run's folder; it must be empty, or not exist")
    private @Nullable Path out;

    @Option(
            names = "--contracts",
            paramLabel = "DIR",
            description = "the folder of contracts that the injectors were given, if they were given one")
    private @Nullable Path contracts;

    @Option(names = "--strict", description = "drift fails the run too")
    private boolean strict;

    @Option(
            names = "--injectors",
            paramLabel = "N",
            description = "how many there should be, also where none of them has left a folder that says it")
    private @Nullable Integer injectors;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description = "waits until all of them have ended, at most so long: 90s, 5m, 2h; default: not at all")
    private @Nullable String time;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (out == null || spec == null) {
            throw new IllegalStateException("picocli fills in what is required");
        }
        if (injectors != null && injectors < 1) {
            throw new ParameterException(spec.commandLine(), "--injectors: a whole number of 1 or more");
        }
        int expected = injectors == null ? 0 : injectors;
        Merge.Order order = new Merge.Order(runs, out, contracts, strict, expected, Merge.Order.time(time));
        PrintWriter err = spec.commandLine().getErr();
        Optional<Finished> merged = Merge.merge(order, Clock.system(), err::println);
        if (merged.isEmpty()) {
            err.println(Decision.NO_VERDICT.label() + ": none of " + expected + " injectors has left a folder in "
                    + String.join(", ", runs.stream().map(Path::toString).toList()));
            err.println("  try: see whether they were started, whether they met, and where they write");
            return Decision.NO_VERDICT.exitCode();
        }
        spec.commandLine().getOut().println(merged.get().table());
        return merged.get().exitCode();
    }
}
