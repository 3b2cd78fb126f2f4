package dev.firstline.run;

import dev.firstline.gate.Circumstances;
import dev.firstline.gate.Judge;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.gatling.Schedule;
import dev.firstline.journey.Ledger;
import dev.firstline.report.ReportFiles;
import dev.firstline.stats.RunSummary;
import dev.firstline.stub.StubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last minute of a run: sessions closed, stub stopped, figures added up and judged, files written. */
final class Ending {
    private static final Logger log = LoggerFactory.getLogger(Ending.class);

    private final Prepared prepared;
    private final Measurement measurement;
    private final Schedule schedule;
    private final List<Reason> reasons = new ArrayList<>();

    Ending(Prepared prepared, Measurement measurement, Schedule schedule) {
        this.prepared = prepared;
        this.measurement = measurement;
        this.schedule = schedule;
    }

    /**
     * Ends the run.
     *
     * @param cutOff calls that were in flight when the load ended
     * @param stopped why the load was stopped before its time, if it was
     */
    Finished end(int cutOff, Optional<Reason> stopped) {
        stopped.ifPresent(reasons::add);
        if (cutOff > 0 && stopped.isEmpty()) {
            log.warn("event=cut_off calls_in_flight={}", cutOff);
        }
        RunSummary.Sessions sessions = closeSessions();
        @Nullable Double stubLagP99Ms = stopStub();
        RunSummary measured =
                measurement.end(sessions, stubLagP99Ms, schedule.due(measurement.elapsedNanos()), schedule.started());
        Circumstances circumstances = new Circumstances(
                prepared.settings().flag("strict"), prepared.load().peakEndS(), reasons);
        Verdict verdict = Judge.judge(measured, prepared.slos(), circumstances);
        RunSummary summary = measured.judged(verdict.healthy());
        return new Finished(prepared.folder(), summary, verdict, write(summary, verdict));
    }

    /** Closes what is still open, and says what that leaves. */
    RunSummary.Sessions closeSessions() {
        Ledger ledger = prepared.ledger();
        List<Ledger.OpenSession> open = ledger.open();
        StubProcess stub = prepared.stub();
        if (!open.isEmpty() && (stub == null || stub.isAlive())) {
            try {
                URI address = URI.create(String.valueOf(prepared.target().baseUrl()));
                new Service(address, prepared.key()).close(open, prepared.requests(), ledger);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        RunSummary.Sessions sessions = new RunSummary.Sessions(
                ledger.openedCount(), ledger.closedCount(), ledger.open().size());
        ledger.failure()
                .ifPresent(failure -> reasons.add(Reason.noVerdict(
                        "the ledger could not be written: " + failure.getMessage(),
                        "a disk with room for " + ledger.file())));
        ledger.close();
        return sessions;
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
        try {
            Optional<Path> gatling = GatlingFolder.newest(prepared.reports(), prepared.simulation());
            return ReportFiles.write(
                    prepared.folder(),
                    summary,
                    verdict,
                    gatling.map(folder -> prepared.folder()
                                    .relativize(folder)
                                    .resolve("index.html")
                                    .toString())
                            .orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report into " + prepared.folder(), e);
        }
    }
}
