package dev.firstline.cli;

import dev.firstline.report.ReportFiles;
import java.io.IOException;
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
                + "and the list of all runs. The verdict stays what it was.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "a run's folder, or its name under reports/runs")
    private @Nullable Path run;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "the folder for results; default: reports")
    private @Nullable Path reports;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (run == null || reports == null || spec == null) {
            throw new IllegalStateException("picocli fills in what is required");
        }
        Path named = reports.resolve("runs").resolve(run);
        for (Path file : ReportFiles.rebuild(Files.isDirectory(run) ? run : named)) {
            spec.commandLine().getOut().println("wrote " + file);
        }
        return 0;
    }
}
