package dev.firstline.run;

import dev.firstline.gate.Certificate.Standing;
import dev.firstline.gate.Circumstances;
import dev.firstline.gate.Judge;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.journey.Ledger;
import dev.firstline.report.AllureGate;
import dev.firstline.report.ConsoleTable;
import dev.firstline.report.ReportFiles;
import dev.firstline.report.StepSummary;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stub.StubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last minute of a run: sessions closed, stub stopped, figures added up and judged, files written. */
final class Ending {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private static final String INDEX = "index.html";
    private static final int CLOSE_ATTEMPTS = 3;

    /** Ctrl-C reaches the embedded stub as well as its parent, and it may be about to end. */
    private static final Duration STUB_END = Duration.ofSeconds(2);

    private final Prepared prepared;
    private final Measurement measurement;
    private final ContractCheck check;
    private final FindingsFolder findings;
    private final List<Reason> reasons = new ArrayList<>();

    /** @param check has ended: what it had to say is said */
    Ending(Prepared prepared, Measurement measurement, ContractCheck check, FindingsFolder findings) {
        this.prepared = prepared;
        this.measurement = measurement;
        this.check = check;
        this.findings = findings;
    }

    /**
     * Ends the run.
     *
     * @param stopped why the load ended before its time, if it did
     */
    Finished end(Optional<Reason> stopped) {
        stopped.ifPresent(reasons::add);
        reasons.addAll(check.doubts());
        RunSummary.Sessions sessions = closeSessions();
        compareWithStub();
        @Nullable Double stubLagP99Ms = stopStub();
        RunSummary measured = measurement.end(sessions, stubLagP99Ms);
        Standing standing = prepared.standing();
        standing.doubt().ifPresent(reasons::add);
        if (!prepared.sharing().share().isWhole()) {
            return ShareEnding.end(prepared, measured, findings, reasons, List.of(standing.note()));
        }
        Circumstances circumstances = new Circumstances(
                prepared.settings().flag("strict"), prepared.load().peakEndS(), reasons, List.of(standing.note()));
        Verdict verdict = Judge.judge(measured, prepared.slos(), circumstances);
        RunSummary summary = measured.judged(verdict.healthy());
        return new Finished(prepared.folder(), summary, verdict, write(summary, verdict));
    }

    /** Closes what is still open, and says what that leaves. */
    RunSummary.Sessions closeSessions() {
        Ledger ledger = prepared.ledger();
        try {
            close(ledger);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RunSummary.Sessions sessions = measurement.sessions();
        ledger.failure()
                .ifPresent(failure -> reasons.add(Reason.noVerdict(
                        "the ledger could not be written: " + failure.getMessage(),
                        "a disk with room for " + ledger.file())));
        ledger.close();
        return sessions;
    }

    /** More than once: a session may be opened while others are closed, and a close may fail in passing. */
    private void close(Ledger ledger) throws InterruptedException {
        StubProcess stub = prepared.stub();
        for (int attempt = 1; attempt <= CLOSE_ATTEMPTS && !ledger.open().isEmpty(); attempt++) {
            if (stub == null || stub.isAlive()) {
                prepared.service().close(ledger.open(), prepared.requests(), ledger);
            }
        }
        if (stub != null && !ledger.open().isEmpty() && stub.isGoneWithin(STUB_END)) {
            // Its sessions died with it: nothing is left to close, and nothing has leaked.
            ledger.open().forEach(session -> ledger.closed(session.sessionId()));
        }
    }

    /** The embedded stub keeps a ledger of its own: one that differs from ours shows that ours is wrong. */
    private void compareWithStub() {
        StubProcess stub = prepared.stub();
        if (stub == null || !stub.isAlive()) {
            return;
        }
        try {
            int there = stub.openSessions();
            int here = prepared.ledger().open().size();
            if (there != here) {
                reasons.add(Reason.noVerdict(
                        "the stub counts %d open sessions, the ledger %d".formatted(there, here),
                        "init: where its answer never came, a session is open that nobody can close"));
            }
        } catch (UncheckedIOException e) {
            log.warn("event=stub_silent because={}", e.getMessage());
        }
    }

    private @Nullable Double stopStub() {
        StubProcess stub = prepared.stub();
        if (stub == null) {
            return null;
        }
        try (stub) {
            return stub.isAlive() ? stub.lag().p99Ms() : null;
        } catch (UncheckedIOException e) {
            log.warn("event=stub_silent because={}", e.getMessage());
            return null;
        }
    }

    private String write(RunSummary summary, Verdict verdict) {
        Path folder = prepared.folder();
        @Nullable
        String gatling = GatlingFolder.of(prepared)
                .map(newest -> folder.relativize(newest).resolve(INDEX).toString())
                .orElse(null);
        try {
            findings.index(summary.contract());
            SummaryFile.write(folder, summary);
            ReportFiles.write(folder, summary, verdict, gatling);
            StepSummary.append(System.getenv(), Files.readString(folder.resolve("verdict.md")));
            @Nullable Path allure = prepared.settings().path("allure");
            if (allure != null) {
                AllureGate.write(allure, folder, summary, verdict);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report into " + folder, e);
        }
        return ConsoleTable.of(summary, verdict, folder.resolve(INDEX).toString());
    }
}
