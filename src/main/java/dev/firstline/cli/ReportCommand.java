package dev.firstline.cli;

import dev.firstline.gate.Verdict;
import dev.firstline.report.ReportFiles;
import dev.firstline.run.Rejudge;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firstline report}: every page of a run anew, from its result files. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes the report of a run, or of a capacity search, anew from its result files, "
                + "and the list of all runs. The verdict stays what it was, unless other promises are given.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "a run's folder, or its name under reports/runs")
    private @Nullable Path run;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "the folder for results; default: reports")
    private @Nullable Path reports;

    @Option(
            names = "--contracts",
            paramLabel = "DIR",
            description =
                    "judges the run again by this folder's slo.yaml, turn by turn; the exit code is the verdict's")
    private @Nullable Path contracts;

    @Option(names = "--strict", description = "with --contracts: drift fails the run too")
    private boolean strict;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (run == null || reports == null || spec == null) {
            throw new IllegalStateException("picocli fills in what is required");
        }
        Path named = reports.resolve("runs").resolve(run);
        Path folder = Files.isDirectory(run) ? run : named;
        @Nullable Verdict again = contracts == null ? null : Rejudge.write(folder, contracts, strict);
        PrintWriter out = spec.commandLine().getOut();
        for (Path file : ReportFiles.rebuild(folder)) {
            out.println("wrote " + file);
        }
        if (again == null) {
            return 0;
        }
        again.promises()
                .forEach(
                        promise -> out.println(promise.state().label() + "  " + promise.slo() + "  " + promise.seen()));
        out.println(again.decision().label());
        return again.decision().exitCode();
    }
}
