package dev.firstline.cli;

import dev.firstline.run.Finished;
import dev.firstline.run.Runs;
import dev.firstline.run.Settings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code firstline run}: the simulation classes that Maven runs too, from the jar. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        modelTransformer = RunCommand.Options.class,
        description = "Drives whole journeys against a target, judges the run and writes its report.")
final class RunCommand implements Callable<Integer> {
    enum Simulation {
        SMOKE,
        LOAD,
        SPIKE,
        SOAK,
        STEP
    }

    @Parameters(paramLabel = "SIMULATION", description = "${COMPLETION-CANDIDATES}, in any case")
    private @Nullable Simulation simulation;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (simulation == null || spec == null) {
            throw new IllegalStateException("picocli fills in what is required");
        }
        ParseResult given = spec.commandLine().getParseResult();
        Map<String, String> settings = new LinkedHashMap<>();
        for (Settings.Setting setting : Settings.KNOWN) {
            String option = "--" + setting.name();
            if (given.hasMatchedOption(option)) {
                settings.put(
                        setting.name(), given.matchedOption(option).getValue().toString());
            }
        }
        Finished finished =
                Runs.run(simulation.name().toLowerCase(Locale.ROOT), settings, LiveDisplay.onStandardError());
        spec.commandLine().getOut().println(finished.table());
        return finished.exitCode();
    }

    /** Gives the command an option for every setting, so that Maven and the jar know the same ones. */
    static final class Options implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            for (Settings.Setting setting : Settings.KNOWN) {
                OptionSpec.Builder option = OptionSpec.builder("--" + setting.name())
                        .type(setting.isFlag() ? boolean.class : String.class)
                        .paramLabel(setting.value().replaceAll("[\\[\\]]", ""))
                        .description(setting.what().replace("%", "%%"));
                if (setting.isOptional()) {
                    option.arity("0..1").fallbackValue("").preprocessor(Options::attachedOrNone);
                }
                command.addOption(option.build());
            }
            return command;
        }

        /** A value that may be missing is one only behind a {@code =}: in {@code --live smoke} smoke is none. */
        private static boolean attachedOrNone(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!info.containsKey("separator")) {
                arguments.push("");
            }
            return false;
        }
    }
}
