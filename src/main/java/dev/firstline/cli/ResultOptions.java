package dev.firstline.cli;

import dev.firstline.run.Gates;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs and accepted runs are. */
final class ResultOptions {
    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "the folder for results; default: reports")
    private Path reports = Path.of("");

    @Option(
            names = "--baseline",
            paramLabel = "DIR",
            description =
                    "accepted runs in the form of reports/baselines; default: baselines/ in the folder for results")
    private @Nullable Path baseline;

    Gates gates() {
        return new Gates(reports, baseline);
    }
}
