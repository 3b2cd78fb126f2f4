package dev.firstline.run;

import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.report.ShareTable;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Shares;
import dev.firstline.stats.SharesFile;
import dev.firstline.stats.SummaryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one of several injectors leaves: its figures and its doubts, and no verdict. A share breaks no promise and keeps
 * none, so its exit code says no more than whether it was walked to its end.
 */
final class ShareEnding {
    private ShareEnding() {}

    /** What is left of this injector if it is killed before they meet. */
    static void begin(Prepared prepared) {
        begin(prepared, new Meeting.Met(Shares.NOT_MET, 0, 0, 0));
    }

    /** The injectors have met: what is left of this one if it is killed from now on. */
    static void begin(Prepared prepared, Meeting.Met met) {
        write(
                prepared,
                new Shares.Part(
                        prepared.sharing().share().injector(),
                        prepared.name(),
                        prepared.plan().arrivals().count(),
                        met.lateMs(),
                        met.clockAheadMs(),
                        met.clockWithinMs(),
                        null,
                        List.of(),
                        List.of()),
                met.whole());
    }

    /**
     * Ends the share.
     *
     * @param measured what was measured
     * @param findings what the contract found, to be told by name
     * @param reasons what the injector has to say of itself
     * @param notes what is worth saying and changes nothing
     */
    static Finished end(
            Prepared prepared, RunSummary measured, FindingsFolder findings, List<Reason> reasons, List<String> notes) {
        RunSummary summary = measured.judged(
                prepared.slos().health().doubts(measured.health()).isEmpty());
        Decision decision = reasons.stream().map(Reason::decision).reduce(Decision.PASS, Decision::orWorse);
        Verdict state = new Verdict(decision, List.of(), reasons, List.of(), notes);
        Path folder = prepared.folder();
        try {
            findings.index(summary.contract());
            SummaryFile.write(folder, summary);
            keepGatlingsLog(prepared);
            // Last, as whoever waits for this share takes it when this says so.
            @Nullable Shares shares = finish(folder, summary, reasons, notes).orElse(null);
            String who = prepared.sharing().share().toString();
            return new Finished(folder, summary, state, ShareTable.of(summary, who, shares, state, folder.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write what was measured into " + folder, e);
        }
    }

    private static Optional<Shares> finish(Path folder, RunSummary summary, List<Reason> reasons, List<String> notes)
            throws IOException {
        Optional<Shares> begun = SharesFile.read(folder);
        if (begun.isEmpty()) {
            return begun;
        }
        Shares.Part part = begun.get().parts().get(0);
        Shares ended = new Shares(
                Shares.VERSION,
                begun.get().whole(),
                begun.get().injectors(),
                List.of(new Shares.Part(
                        part.injector(),
                        part.run(),
                        part.planned(),
                        part.lateMs(),
                        part.clockAheadMs(),
                        part.clockWithinMs(),
                        new Shares.Measured(summary.journeys(), summary.turns(), summary.seconds(), summary.health()),
                        reasons.stream()
                                .map(reason -> new Shares.Trouble(reason.about(), reason.fact(), reason.attempt()))
                                .toList(),
                        notes)));
        SharesFile.write(folder, ended);
        return Optional.of(ended);
    }

    /** Gatling has written all of it by now; only its own folder tells whose it is. */
    private static void keepGatlingsLog(Prepared prepared) throws IOException {
        Optional<Path> log = GatlingFolder.log(prepared);
        if (log.isPresent()) {
            Path kept = prepared.folder().resolve(GatlingFolder.NAME).resolve(GatlingFolder.LOG);
            Files.createDirectories(kept.getParent());
            Files.copy(log.get(), kept, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void write(Prepared prepared, Shares.Part part, String whole) {
        try {
            SharesFile.write(
                    prepared.folder(),
                    new Shares(Shares.VERSION, whole, prepared.sharing().share().injectors(), List.of(part)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + prepared.folder(), e);
        }
    }
}
