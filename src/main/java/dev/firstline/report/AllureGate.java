package dev.firstline.report;

import static io.qameta.allure.util.ResultsUtils.createEpicLabel;
import static io.qameta.allure.util.ResultsUtils.createFeatureLabel;
import static io.qameta.allure.util.ResultsUtils.createPackageLabel;
import static io.qameta.allure.util.ResultsUtils.createParentSuiteLabel;
import static io.qameta.allure.util.ResultsUtils.createStoryLabel;
import static io.qameta.allure.util.ResultsUtils.createSuiteLabel;

import dev.firstline.contract.Severity;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.RunSummary;
import io.qameta.allure.AllureResultsWriteException;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A run's verdict as results that Allure draws beside those of the contract tests: epic <i>Load</i>, the simulation as
 * its feature, the metric as its story, and one case a promise.
 *
 * <p>A promise keeps its history when only its limit is changed. Of two runs of one simulation against one target in
 * the same folder Allure shows the later one, and the earlier among its retries.
 */
public final class AllureGate {
    private static final String EPIC = "Load";

    private final Path results;
    private final Path runDir;
    private final RunSummary run;
    private final FileSystemResultsWriter writer;

    private AllureGate(Path results, Path runDir, RunSummary run) {
        this.results = results;
        this.runDir = runDir;
        this.run = run;
        this.writer = new FileSystemResultsWriter(results);
    }

    /**
     * Writes the results; once more for the same run replaces them.
     *
     * @param results Allure's folder of results; made if it is missing
     * @param runDir the run's folder, whose {@code verdict.md} and {@code findings} are attached where they exist
     * @throws IOException if a file cannot be written; those before it are there
     */
    public static void write(Path results, Path runDir, RunSummary run, Verdict verdict) throws IOException {
        Files.createDirectories(results);
        AllureGate gate = new AllureGate(results, runDir, run);
        try {
            for (VerdictCase one : VerdictCase.of(run, verdict)) {
                gate.write(one, verdict);
            }
            for (Figures.RuleRow rule : Figures.rules(run)) {
                gate.write(rule);
            }
        } catch (AllureResultsWriteException e) {
            throw new IOException("cannot write Allure's results into " + results, e);
        }
    }

    private void write(VerdictCase one, Verdict verdict) throws IOException {
        Optional<Promise> promise = verdict.promises().stream()
                .filter(any -> any.slo().equals(one.about()))
                .findFirst();
        String subject = promise.map(AllureGate::subject).orElse(one.about());
        TestResult result =
                result(subject, subject.replaceFirst(" (p[0-9.]+|max)$", "")).setName(one.name());
        promise.ifPresent(it ->
                result.setParameters(List.of(parameter("promised", it.promised()), parameter("seen", it.seen()))));
        switch (one.result()) {
            case PASSED -> result.setStatus(Status.PASSED).setDescription(one.facts());
            case FAILURE -> became(result, Status.FAILED, "FAIL: " + one.facts());
            case ERROR -> became(result, Status.BROKEN, "NO VERDICT: " + one.facts());
            case SKIPPED -> became(result, Status.SKIPPED, one.message());
        }
        if (one.name().startsWith("run:")) {
            attach(result, runDir.resolve("verdict.md"));
        }
        writer.write(result);
    }

    /**
     * A rule that was not always kept, with the first answer in which it was not. Whether drift fails the run is the
     * contract's own case to say.
     */
    private void write(Figures.RuleRow rule) throws IOException {
        TestResult result = result("rule " + rule.id(), "contract").setName(rule.id());
        result.setParameters(List.of(parameter("promised", rule.promise()), parameter("times", "" + rule.count())));
        became(
                result,
                rule.severity().equals(Severity.DRIFT.label()) ? Status.PASSED : Status.FAILED,
                rule.severity() + " " + rule.told() + ": " + rule.promise());
        attach(result, runDir.resolve("findings/" + rule.id() + "/1.json"));
        attach(result, runDir.resolve("findings/" + rule.id() + "/1.ndjson"));
        writer.write(result);
    }

    private TestResult result(String subject, String story) {
        String identity = String.join("/", EPIC, run.simulation(), run.target(), subject);
        long started = Instant.parse(run.started()).toEpochMilli();
        return new TestResult()
                .setUuid(uuid(run.run() + "/" + identity))
                .setHistoryId(uuid(identity))
                .setTestCaseId(uuid(identity))
                .setFullName(identity)
                .setLabels(List.of(
                        createEpicLabel(EPIC),
                        createFeatureLabel(run.simulation()),
                        createStoryLabel(story),
                        createParentSuiteLabel(EPIC),
                        createSuiteLabel(run.simulation()),
                        createPackageLabel(EPIC.toLowerCase(Locale.ROOT) + "." + run.simulation())))
                .setStart(started)
                .setStop(started + Math.round(run.seconds() * 1000))
                .setStage(Stage.FINISHED);
    }

    /** Text of whatever kind: a browser offers others for download instead of showing them. */
    private void attach(TestResult result, Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            String source = uuid(result.getUuid() + "/" + file.getFileName()) + "-attachment.txt";
            Files.copy(file, results.resolve(source), StandardCopyOption.REPLACE_EXISTING);
            result.getAttachments()
                    .add(new Attachment()
                            .setName("" + file.getFileName())
                            .setSource(source)
                            .setType("text/plain"));
        }
    }

    private static void became(TestResult result, Status status, String message) {
        result.setStatus(status).setStatusDetails(new StatusDetails().setMessage(message));
    }

    private static String subject(Promise promise) {
        return promise.slo()
                .substring(0, promise.slo().length() - promise.promised().length())
                .strip();
    }

    /** What was seen differs from run to run and makes no other case of it. */
    private static Parameter parameter(String name, String value) {
        return new Parameter().setName(name).setValue(value).setExcluded(true);
    }

    private static String uuid(String identity) {
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
