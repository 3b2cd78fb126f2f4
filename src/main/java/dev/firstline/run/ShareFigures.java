package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.gate.Fingerprint;
import dev.firstline.gate.SloFile;
import dev.firstline.journey.ClientKeys;
import dev.firstline.journey.Ledger;
import dev.firstline.journey.LedgerAccount;
import dev.firstline.stats.Health;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.Shares;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.SummaryMerge;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The figures of each folder: read where an injector wrote them, counted again from its turn log and its ledger where
 * it was lost.
 */
final class ShareFigures {
    private static final String UNKNOWN = "unknown";

    /** What follows the simulation in a run's name. */
    private static final String TIME = "-\\d{8}T\\d{6}Z(-\\d+)?$";

    private final Parts parts;
    private final Map<Path, RunSummary> summaries = new LinkedHashMap<>();
    private final List<Shares.Part> seen = new ArrayList<>();
    private final LedgerNames names = new LedgerNames();
    private final RunIdentity identity;

    /**
     * Reads what the injectors wrote.
     *
     * @param run the merged run's name
     * @throws Misuse if they did not measure the same, or a file is not what its name says
     */
    ShareFigures(Parts parts, String run) throws IOException {
        this.parts = parts;
        for (Parts.Folder folder : parts.folders()) {
            if (!folder.isLost()) {
                summaries.put(folder.path(), SummaryFile.read(folder.path()));
            }
        }
        refuseContradictions();
        this.identity = common(run);
    }

    /** The files of one injector, put together by hand from those of several or of another time. */
    private void refuseContradictions() throws IOException {
        @Nullable RunSummary first = null;
        for (Parts.Folder folder : parts.folders()) {
            RunSummary summary = summaries.get(folder.path());
            if (summary == null || folder.isMerged()) {
                continue;
            }
            Shares.Part part = folder.shares().parts().get(0);
            Shares.Measured measured = part.measured();
            String log = TurnLog.identity(folder.path()).map(RunIdentity::run).orElse(part.run());
            if (measured == null
                    || !summary.run().equals(part.run())
                    || !log.equals(part.run())
                    || measured.turns() != summary.turns()
                    || measured.journeys() != summary.journeys()) {
                throw new Misuse(
                        "the files of one injector, as it wrote them",
                        "shares.json of %s, summary.json of %s, turns.jsonl.gz of %s, or another number of turns"
                                .formatted(part.run(), summary.run(), log),
                        folder.path().toString(),
                        "copy the whole folder again");
            }
            if (first != null
                    && !first.attained().keySet().equals(summary.attained().keySet())) {
                throw new Misuse(
                        "injectors that counted for the same promises: "
                                + first.attained().keySet(),
                        summary.attained().keySet().toString(),
                        folder.path().toString(),
                        "run all of them with the same --contracts");
            }
            first = summary;
        }
    }

    /** Whose the figures are, all together; of injectors that were all lost the fingerprint is empty. */
    RunIdentity identity() {
        return identity;
    }

    /** Those who are here, each with what was found in its folder. After {@link #merged}. */
    Shares shares() {
        Shares any = parts.whole();
        return new Shares(
                Shares.VERSION,
                any.whole(),
                any.injectors(),
                seen.stream()
                        .sorted((a, b) -> Integer.compare(a.injector(), b.injector()))
                        .toList());
    }

    /** The names in all ledgers. After {@link #merged}. */
    LedgerNames names() {
        return names;
    }

    /**
     * The figures of all of them.
     *
     * @param wholeLogs the folders whose turn logs are there and have an end
     */
    RunSummary merged(SloFile promises, Set<Path> wholeLogs) throws IOException {
        List<RunSummary> all = new ArrayList<>();
        for (Parts.Folder folder : parts.folders()) {
            boolean wholeLog = wholeLogs.contains(folder.path());
            if (folder.isMerged()) {
                names.addAll(folder.path());
                folder.shares().parts().forEach(part -> seen.add(wholeLog ? part : withoutLog(part)));
            } else {
                look(folder, wholeLog, promises);
            }
            RunSummary own = summary(folder);
            all.add(own.of(as(own.run(), own.started())));
        }
        try {
            return SummaryMerge.merge(identity.run(), all);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new Misuse(
                    "summaries whose histograms can be added",
                    e.toString(),
                    parts.folders().stream()
                            .map(folder -> folder.path().toString())
                            .collect(Collectors.joining(", ")),
                    "copy the folders again");
        }
    }

    private RunSummary summary(Parts.Folder folder) {
        RunSummary summary = summaries.get(folder.path());
        if (summary == null) {
            throw new IllegalStateException("nobody looked into " + folder.path());
        }
        return summary;
    }

    private RunIdentity as(String run, String started) {
        return new RunIdentity(
                run,
                identity.simulation(),
                identity.target(),
                started.isEmpty() ? identity.started() : started,
                identity.fingerprint());
    }

    /** A merged folder whose log was not copied whole lacks what its injectors had logged. */
    private static Shares.Part withoutLog(Shares.Part part) {
        Shares.Seen was = part.seen();
        return was == null
                ? part
                : part.seen(new Shares.Seen(
                        was.folder(), was.journeys(), was.turns(), was.seconds(), false, was.sessions(), was.ledger()));
    }

    private void look(Parts.Folder folder, boolean wholeLog, SloFile promises) throws IOException {
        Shares.Part part = folder.shares().parts().get(0);
        @Nullable LedgerAccount ledger = ledger(folder.path(), part);
        if (folder.isLost()) {
            summaries.put(folder.path(), lost(folder.path(), part, ledger, promises));
        }
        RunSummary figures = summary(folder);
        long journeys = part.isLost() && ledger != null ? ledger.began() : figures.journeys();
        seen.add(part.seen(new Shares.Seen(
                folder.path().toString(),
                journeys,
                figures.turns(),
                figures.seconds(),
                wholeLog,
                figures.sessions(),
                ledger == null ? null : new Shares.Books(ledger.opened(), ledger.open(), ledger.unknown()))));
    }

    private @Nullable LedgerAccount ledger(Path folder, Shares.Part part) throws IOException {
        Path file = folder.resolve(Ledger.FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        return LedgerAccount.read(
                file, new ClientKeys(part.run(), part.injector()), name -> names.add(part.injector(), name));
    }

    /** What a log that ends anywhere tells; how its generator fared nobody knows. */
    private RunSummary lost(Path folder, Shares.Part part, @Nullable LedgerAccount ledger, SloFile promises)
            throws IOException {
        RunTally tally =
                new RunTally(promises.turn(), promises.of(identity.simulation()).limits());
        if (Files.exists(folder.resolve(TurnLog.NAME))) {
            TurnLog.read(folder, tally::add, tally::add);
        }
        long began = ledger == null ? tally.journeys() : ledger.began();
        Health unknown = new Health(null, null, 0, 0, 0, null, null, 0, part.planned(), began, true);
        RunSummary.@Nullable Sessions sessions =
                ledger == null ? null : new RunSummary.Sessions(ledger.opened(), ledger.closed(), ledger.open());
        String started = TurnLog.identity(folder).map(RunIdentity::started).orElse("");
        return tally.summary(as(part.run(), started), sessions, unknown);
    }

    private RunIdentity common(String run) throws IOException {
        @Nullable Path first = null;
        @Nullable RunIdentity common = null;
        for (Parts.Folder folder : parts.folders()) {
            RunIdentity its = identity(folder);
            if (common != null && first != null) {
                common = both(common, first, its, folder.path());
            } else {
                common = its;
                first = folder.path();
            }
        }
        if (common == null) {
            throw new IllegalStateException("no folders");
        }
        return new RunIdentity(run, common.simulation(), common.target(), common.started(), common.fingerprint());
    }

    /** What is known of a folder without promises: what is unknown is an empty text. */
    private RunIdentity identity(Parts.Folder folder) throws IOException {
        RunSummary summary = summaries.get(folder.path());
        if (summary != null) {
            return new RunIdentity(
                    summary.run(),
                    summary.simulation(),
                    summary.target().equals(UNKNOWN) ? "" : summary.target(),
                    summary.started(),
                    summary.fingerprint());
        }
        String run = folder.shares().parts().get(0).run();
        return TurnLog.identity(folder.path())
                .orElse(new RunIdentity(run, run.replaceFirst(TIME, ""), "", "", Map.of()));
    }

    private static RunIdentity both(RunIdentity a, Path first, RunIdentity b, Path second) {
        same("simulation", a.simulation(), first, b.simulation(), second);
        if (!a.target().isEmpty() && !b.target().isEmpty()) {
            same("target", a.target(), first, b.target(), second);
        }
        boolean bothStarted = !a.started().isEmpty() && !b.started().isEmpty();
        boolean aFirst = bothStarted
                ? a.started().compareTo(b.started()) <= 0
                : b.started().isEmpty();
        return new RunIdentity(
                a.run(),
                a.simulation(),
                a.target().isEmpty() ? b.target() : a.target(),
                aFirst ? a.started() : b.started(),
                fingerprint(a.fingerprint(), first, b.fingerprint(), second));
    }

    private static Map<String, String> fingerprint(
            Map<String, String> a, Path first, Map<String, String> b, Path second) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        try {
            return SummaryMerge.fingerprint(a, b);
        } catch (IllegalArgumentException e) {
            Map<String, String> one = new TreeMap<>(a);
            Map<String, String> other = new TreeMap<>(b);
            other.put("machine", one.getOrDefault("machine", ""));
            one.put("machine", other.getOrDefault("machine", ""));
            throw new Misuse(
                    "shares of one load, as in " + first,
                    String.join("; ", Fingerprint.differences(other, one)).replace(", accepted ", ", there "),
                    second.toString(),
                    "name the folders of one load only");
        }
    }

    private static void same(String what, String a, Path first, String b, Path second) {
        if (!a.equals(b)) {
            throw new Misuse(
                    "the " + what + " " + a + ", as in " + first,
                    b,
                    second.toString(),
                    "name the folders of one load only");
        }
    }
}
