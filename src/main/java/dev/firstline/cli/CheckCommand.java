package dev.firstline.cli;

import dev.firstline.Misuse;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Severity;
import dev.firstline.stats.Clock;
import dev.firstline.wire.Endpoint;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firstline check}: holds what was captured against the contract. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Holds answers, or the bodies of requests, against the contract and tells what breaks a promise (a "
                    + "violation) or is a surprise (a drift).",
            "",
            "A file is one answer, unless --lines is given. A recording of the stub is known by its first row: it is "
                    + "checked as the stub would send it, placeholders filled in and faults struck, as an answer of "
                    + "the endpoint that it names. A name that ends in .gz is unpacked."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:PASS: no violation; an answer of invoke without any line is a drift only",
            "1:FAIL: a violation, or with --strict a drift",
            "2:misuse: a bad argument, a file that cannot be read",
            "3:NO VERDICT: --lines, and there is no line that is not blank",
            "141:whoever read the output has closed it"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firstline check answer.ndjson             one answer of invoke",
            "  firstline check --endpoint init -         one of init, from standard input",
            "  firstline check --lines day.ndjson        a capture of many answers",
            "  firstline check --format json a.ndjson    an object a line, for programs",
            "  firstline check stubs/__files/recordings/*/*.ndjson"
        })
final class CheckCommand implements Callable<Integer> {
    /** What a shell says of a program whose reader has gone: 128 and SIGPIPE. */
    private static final int READER_GONE = 141;

    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    enum Subject {
        INVOKE,
        INVOKE_SYNC,
        INIT,
        CLOSE,
        HEALTH,
        REQUEST
    }

    enum Format {
        TEXT,
        JSON
    }

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "what is checked; - is standard input")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            defaultValue = "INVOKE",
            description = {
                "whose answers: invoke, invoke_sync, init, close or health; default: invoke",
                "request: bodies of requests; with inputEvents of invoke, else with sessionId of close, else of init"
            })
    private Subject subject = Subject.INVOKE;

    @Option(
            names = "--session",
            paramLabel = "ID",
            defaultValue = "",
            description = "the session that was asked; default: the one that the first line names")
    private String session = "";

    @Option(
            names = "--lines",
            description = "a capture of many answers: each line is checked by itself, and what concerns a whole "
                    + "answer (sessions, repeated ids, errors in the middle, no events) is not")
    private boolean lines;

    @Option(names = "--strict", description = "a drift fails too")
    private boolean strict;

    @Option(names = "--contracts", paramLabel = "DIR", description = "a folder in the form of contracts/")
    private @Nullable Path contractsFolder;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "TEXT",
            description = {
                "text: a block a finding, at most 100 of them, and a summary; the default",
                "json: an object a line, {\"line\", \"result\", \"findings\"}, blank lines included; line 0 is the "
                        + "answer as a whole and comes last, if anything is found there; \"file\" comes first where "
                        + "there are several"
            })
    private Format format = Format.TEXT;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!session.isEmpty() && (lines || subject == Subject.REQUEST)) {
            throw misused("--session is for whole answers, not with --lines or --endpoint request");
        }
        files.forEach(CheckInput::approve);
        Contracts contracts = Contracts.load(
                contractsFolder == null
                        ? ContractFiles.shipped()
                        : ContractFiles.in(contractsFolder).withSchemas());
        try {
            return check(
                    contracts, new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER_BYTES));
        } catch (UncheckedIOException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.contains("pipe")) {
                return READER_GONE;
            }
            throw new Misuse("to write what was found", reason, "standard output", "write it elsewhere");
        }
    }

    private int check(Contracts contracts, OutputStream out) {
        FindingsOutput output = format == Format.JSON ? new JsonFindings(out, files.size() > 1) : new TextFindings(out);
        Findings findings = new Findings(output);
        Endpoint endpoint = subject == Subject.REQUEST ? null : Endpoint.valueOf(subject.name());
        Check check = new Check(contracts, endpoint, session, lines, output, findings);
        for (String file : files) {
            try (CheckInput input = CheckInput.open(file)) {
                check.read(input, new Progress(System.err, this::showsProgress, Clock.system()));
            } catch (Misuse e) {
                output.flush();
                throw e;
            } catch (OutOfMemoryError e) {
                // What did not fit is let go by now. A line of 16 MiB can hold millions of values.
                String heap = (Runtime.getRuntime().maxMemory() >> 20) + " MiB of memory";
                throw new Misuse("lines that fit into " + heap, "one that does not", file, "java -Xmx2g -jar …");
            }
        }
        int exitCode = exitCode(findings);
        String inFiles = files.size() > 1 ? Findings.number(files.size(), "file") + ", " : "";
        output.conclude(verdict(exitCode) + "  " + inFiles + findings.summary());
        output.flush();
        return exitCode;
    }

    /** On a terminal, unless the rows that are printed there show it well enough. */
    private boolean showsProgress() {
        return Progress.isTerminal(2) && !(format == Format.JSON && Progress.isTerminal(1));
    }

    private int exitCode(Findings findings) {
        if (findings.count(Severity.VIOLATION) > 0 || (strict && findings.count(Severity.DRIFT) > 0)) {
            return 1;
        }
        return lines && findings.lines() == 0 ? 3 : 0;
    }

    private static String verdict(int exitCode) {
        return exitCode == 0 ? "PASS" : exitCode == 1 ? "FAIL" : "NO VERDICT";
    }

    private ParameterException misused(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in the spec");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
