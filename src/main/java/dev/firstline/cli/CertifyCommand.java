package dev.firstline.cli;

import dev.firstline.gate.Certificate;
import dev.firstline.run.CertificateFile;
import dev.firstline.run.Certification;
import dev.firstline.run.Settings;
import dev.firstline.stats.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code firstline certify}: how wrong the harness itself is on this machine, and how far it goes. */
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Drives the stub, whose delays are known, at the planned rate and tells how "
                + "wrong this harness is on this machine; then at higher rates until something "
                + "gives way. Runs quote the certificate that it leaves.")
final class CertifyCommand implements Callable<Integer> {
    private static final int STEPS_MAX = 30;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "journeys a second that are planned; default: 10")
    private String rate = "";

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "how long they are measured; default: 30s")
    private String duration = "";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "fixes the schedule of arrivals")
    private long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "12",
            description = "how many higher rates to try, each 1.5 times the one before; 0 for none; default: 12")
    private int steps;

    @Option(
            names = "--step",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "how long each of them is measured; default: 10s")
    private String step = "";

    @Option(
            names = "--contracts",
            paramLabel = "DIR",
            description = "a folder whose slo.yaml promises the TTFL that the error is held against")
    private @Nullable Path contracts;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "the folder for results; default: reports")
    private Path reports = Path.of("reports");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli fills in the spec");
        }
        if (steps < 0 || steps > STEPS_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--steps must be from 0 to " + STEPS_MAX + ", and is " + steps);
        }
        Certification.Plan plan = new Certification.Plan(
                Settings.of(Map.of("rate", rate)).rate("rate", 0),
                time(duration),
                seed,
                reports,
                contracts,
                steps,
                time(step));
        Certificate certificate = new Certification(plan, spec.commandLine().getErr()::println).certify(Clock.system());
        spec.commandLine()
                .getOut()
                .print(CertificateTable.of(
                        certificate, reports.resolve(CertificateFile.NAME).toString()));
        spec.commandLine().getOut().flush();
        return certificate.decision().exitCode();
    }

    private static Duration time(String text) {
        return Settings.of(Map.of("duration", text)).duration("duration", Duration.ZERO);
    }
}
