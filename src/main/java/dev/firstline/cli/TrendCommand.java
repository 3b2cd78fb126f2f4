package dev.firstline.cli;

import dev.firstline.report.TrendPage;
import dev.firstline.run.Gates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firstline trend}: what creeps, and no comparison of a few runs sees. */
@Command(
        name = "trend",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds where the figures of accepted runs changed for good, and draws them: trend.html.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  firstline trend          every simulation with accepted runs",
            "  firstline trend load     only this one"
        })
final class TrendCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SIMULATION", arity = "0..*", description = "which; default: all")
    private List<String> simulations = new ArrayList<>();

    @Mixin
    private ResultOptions results = new ResultOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in the spec");
        }
        Gates.Trended trended = results.gates().trend(simulations);
        spec.commandLine()
                .getOut()
                .println(TrendPage.told(trended.trends(), trended.page().toString()));
        return 0;
    }
}
