package dev.firstline.run;

import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.YamlFile;
import dev.firstline.gate.Certificate;
import dev.firstline.gate.Certificate.Step;
import dev.firstline.gate.Certifying;
import dev.firstline.gate.Decision;
import dev.firstline.gate.HealthLimits;
import dev.firstline.gate.Reason;
import dev.firstline.gate.SloFile;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stub.KnownTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Certifies the harness on this machine: the real generator against the shipped stub, each in a process of its own, at
 * the planned rate and then at higher ones until something gives way.
 */
public final class Certification {
    /** Where its runs are kept, in the folder for reports: among other runs they would be taken for measurements. */
    public static final String FOLDER = "certify";

    private static final String SIMULATION = "certify";
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final Plan plan;
    private final Consumer<String> progress;
    private final Path folder;
    private final double limitMs;
    private final HealthLimits health;
    private final KnownTimes known = KnownTimes.shipped();

    /**
     * What to certify.
     *
     * @param rate the planned rate, in journeys a second
     * @param duration how long it is held
     * @param seed fixes the schedule of arrivals
     * @param reports the folder for results
     * @param contracts a folder whose {@code slo.yaml} says which TTFL is promised, or null for the shipped one
     * @param stepsMax how many higher rates to try; 0 looks for no ceiling
     * @param step how long each of them is held
     */
    public record Plan(
            double rate,
            Duration duration,
            long seed,
            Path reports,
            @Nullable Path contracts,
            int stepsMax,
            Duration step) {}

    /** @param progress takes a line for each step that begins */
    public Certification(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        this.folder = plan.reports().resolve(FOLDER);
        SloFile promised = slo(plan.contracts() == null ? ContractFiles.shipped() : ContractFiles.in(plan.contracts()));
        this.limitMs = Certifying.limitMs(promised.turn().ttfl());
        this.health = slo(ContractFiles.shipped()).of(SIMULATION).health();
    }

    /**
     * Certifies, and writes {@value CertificateFile#NAME}, whatever it came to.
     *
     * @throws dev.firstline.Misuse if something was refused before the first request
     */
    public Certificate certify(Clock clock) {
        CertificateFile.refuseUnwritable(plan.reports());
        try {
            Files.createDirectories(folder);
            Step planned = hold(plan.rate(), plan.duration());
            List<Reason> reasons = Certifying.reasons(planned);
            List<Step> steps = new ArrayList<>();
            double rate = plan.rate();
            while (reasons.isEmpty() && Certifying.goOn(steps, plan.stepsMax())) {
                rate *= Certifying.STEP_FACTOR;
                steps.add(hold(rate, plan.step()));
            }
            Certificate certificate = new Certificate(
                    Certificate.VERSION,
                    reasons.stream().map(Reason::decision).reduce(Decision.PASS, Decision::orWorse),
                    Machine.kind(),
                    Machine.harness(),
                    clock.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    limitMs,
                    planned,
                    steps.isEmpty() ? null : Certifying.ceiling(planned, steps),
                    reasons);
            CertificateFile.write(plan.reports(), certificate);
            return certificate;
        } catch (IOException e) {
            throw new UncheckedIOException("certifying into " + folder, e);
        }
    }

    private Step hold(double rate, Duration duration) throws IOException {
        progress.accept("%s journeys/s for %d s".formatted(Certificate.number(rate), duration.toSeconds()));
        Map<String, String> settings = new TreeMap<>(Map.of(
                "rate", String.valueOf(rate),
                "settle", SETTLE.toMillis() + "ms",
                "duration", duration.toMillis() + "ms",
                "seed", String.valueOf(plan.seed()),
                "reports", folder.toString()));
        Path run = FreshRun.run(SIMULATION, settings, folder.resolve("log.txt"));
        RunSummary summary = SummaryFile.read(run);
        return Certifying.step(rate, duration.toMillis() / 1e3, ErrorsOfRun.of(run, known), summary, health, limitMs);
    }

    private static SloFile slo(ContractFiles files) {
        YamlFile file = files.slo();
        return SloFile.read(file.source(), file.root());
    }
}
