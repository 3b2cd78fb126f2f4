package dev.firstline.cli;

import dev.firstline.stub.Redaction;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where recordings go, and what must not stand in them: the same for both who record. */
final class RecordingOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "recorded",
            description = "records into this folder, in the form of stubs/; default: recorded")
    private Path out = Path.of("");

    @Option(
            names = "--redact",
            paramLabel = "REGEX",
            description = "what must not be recorded, such as names; of a pattern with a group, the group")
    private List<String> patterns = List.of();

    @Option(
            names = "--redact-pointer",
            paramLabel = "POINTER",
            description = "where in a line something must not be recorded: /result/response/*/name")
    private List<String> pointers = List.of();

    Path out() {
        return out;
    }

    Redaction redaction() {
        return Redaction.of(patterns, pointers);
    }
}
