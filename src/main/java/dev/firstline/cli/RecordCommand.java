package dev.firstline.cli;

import dev.firstline.run.Recorder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firstline record}: a journey's answers become recordings. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Walks a journey against a target, and writes its answers as recordings that the stub replays.",
        footerHeading = "%nRedacted by default:%n",
        footer = {
            "  keys, e-mail addresses, phone and card numbers, and members such as token or password.",
            "  Names of people are not: give them with --redact or --redact-pointer."
        })
final class RecordCommand implements Callable<Integer> {
    private static final int NO_VERDICT = 3;

    @Option(names = "--target", paramLabel = "NAME", required = true, description = "a target of targets.yaml")
    private String target = "";

    @Option(names = "--journey", paramLabel = "FILE", required = true, description = "the journey to walk")
    private Path journey = Path.of("");

    @Option(names = "--targets", paramLabel = "FILE", description = "another targets file")
    private @Nullable Path targets;

    @Option(
            names = "--takes",
            paramLabel = "N",
            defaultValue = "1",
            description = "how often; the take of median length is kept, and all in __files/takes; default: 1")
    private int takes;

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "says how far the times of these takes lie from those in another folder, turn by turn")
    private @Nullable Path against;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "the folder of results, where its ledger is while a session is open; default: reports")
    private Path reports = Path.of("");

    @Mixin
    private RecordingOptions recordings = new RecordingOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in the spec");
        }
        Recorder.Wish wish = new Recorder.Wish(
                target, targets, journey, recordings.out(), reports, takes, Optional.ofNullable(against));
        boolean recorded = Recorder.record(
                wish,
                recordings.redaction(),
                System.getenv(),
                spec.commandLine().getOut()::println);
        if (recorded) {
            spec.commandLine().getOut().println("replay them with firstline stub --stubs " + recordings.out());
        }
        return recorded ? 0 : NO_VERDICT;
    }
}
