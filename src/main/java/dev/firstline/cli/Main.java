package dev.firstline.cli;

import dev.firstline.Misuse;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The front door: {@code java -jar firstline.jar COMMAND}. */
@Command(
        name = "firstline",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Is the agent still fast enough, and does it still say what it promised?",
        subcommands = {
            RunCommand.class,
            CapacityCommand.class,
            MergeCommand.class,
            GateCommand.class,
            TrendCommand.class,
            CertifyCommand.class,
            CheckCommand.class,
            StubCommand.class,
            ProxyCommand.class,
            RecordCommand.class,
            ReportCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:PASS",
            "1:FAIL: a breach, a violation, a regression, a leaked session",
            "2:misuse: a bad argument, a bad file, an unknown or refused target",
            "3:NO VERDICT: the reason is printed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firstline run smoke                                every journey once, against the embedded stub",
            "  firstline run load --rate 5 --duration 5m          five journeys a second for five minutes",
            "  firstline run load --target staging --rate 2       the same against a target of targets.yaml",
            "  firstline capacity --target staging --today 4      how much it carries, and whether that is enough",
            "  firstline merge RUN RUN RUN --out DIR              one verdict over the injectors of a shared load",
            "  firstline gate RUN RUN RUN                         are these runs slower than the accepted ones?",
            "  firstline trend                                    where the accepted runs changed for good",
            "  firstline certify --rate 5                         how wrong the harness itself is on this machine",
            "  firstline check answer.ndjson                      holds a file against the contract",
            "  firstline stub --port 8080                         stands in for the service until it is stopped",
            "  firstline proxy --listen stub=8666:127.0.0.1:8080  spoils the network before it: late, slow, cut off",
            "  firstline record --target staging --journey a.yaml what it answers, as recordings for the stub",
            "  firstline report load-20261120T180000Z             writes that run's report anew"
        })
public final class Main {
    static final int MISUSE = 2;
    static final int BUG = 70;

    Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String... args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((problem, arguments) -> {
                    err.println(problem.getMessage());
                    CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
                    err.println("try firstline " + commandName(problem.getCommandLine()) + "--help");
                    return MISUSE;
                })
                .setExecutionExceptionHandler((problem, command, parsed) -> failed(problem, err))
                .execute(args);
    }

    /** A misuse is told as its four facts; anything else is a bug of ours and says so, with its trace. */
    private static int failed(Exception problem, PrintWriter err) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof Misuse misuse) {
                err.println(misuse.getMessage());
                return MISUSE;
            }
        }
        err.println("firstline itself failed; please report this:");
        problem.printStackTrace(err);
        return BUG;
    }

    private static String commandName(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }
}
