package dev.firstline.cli;

import dev.firstline.run.Capacity;
import dev.firstline.run.Settings;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code firstline capacity}: how much a target carries. */
@Command(
        name = "capacity",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        modelTransformer = CapacityCommand.Options.class,
        description = "Finds how many journeys a second a target carries while it keeps every promise, and holds it. "
                + "Says beforehand how long that may take and how many turns it may cost. Ctrl-C ends it well; "
                + "what was killed goes on with --resume.")
final class CapacityCommand implements Callable<Integer> {
    private static final int STDERR = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in what is required");
        }
        ParseResult given = spec.commandLine().getParseResult();
        Map<String, String> options = new LinkedHashMap<>();
        for (Settings.Setting option : Capacity.OPTIONS) {
            String name = "--" + option.name();
            if (given.hasMatchedOption(name)) {
                options.put(option.name(), given.matchedOption(name).getValue().toString());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        Capacity.Found found = Capacity.search(
                options,
                Main.class.getName(),
                new Teller(out, spec.commandLine().getErr()));
        out.println(found.table());
        out.println("      report: " + found.folder());
        return found.result().decision().exitCode();
    }

    /** Lines that stay go to standard output, what is going on to a terminal only. */
    private static final class Teller implements Capacity.Listener {
        private final PrintWriter out;
        private final PrintWriter err;
        private final boolean terminal = Progress.isTerminal(STDERR);
        private int shown;

        Teller(PrintWriter out, PrintWriter err) {
            this.out = out;
            this.err = err;
        }

        @Override
        public synchronized void said(String line) {
            show("");
            out.println(line);
        }

        @Override
        public synchronized void now(String line) {
            show(line);
        }

        private void show(String line) {
            if (terminal && shown + line.length() > 0) {
                err.print('\r' + line + " ".repeat(Math.max(0, shown - line.length())));
                err.print(line.isEmpty() ? "\r" : "");
                err.flush();
                shown = line.length();
            }
        }
    }

    /** Gives the command an option for everything that a search can be asked for. */
    static final class Options implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            for (Settings.Setting option : Capacity.OPTIONS) {
                command.addOption(OptionSpec.builder("--" + option.name())
                        .type(option.isFlag() ? boolean.class : String.class)
                        .paramLabel(option.value())
                        .description(option.what().replace("%", "%%"))
                        .build());
            }
            return command;
        }
    }
}
