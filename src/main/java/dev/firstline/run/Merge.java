package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.YamlFile;
import dev.firstline.gate.Circumstances;
import dev.firstline.gate.HealthFigure;
import dev.firstline.gate.Judge;
import dev.firstline.gate.SloFile;
import dev.firstline.gate.Slos;
import dev.firstline.gate.Verdict;
import dev.firstline.gatling.SimulationLogs;
import dev.firstline.report.ConsoleTable;
import dev.firstline.report.ReportFiles;
import dev.firstline.report.StepSummary;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.Shares;
import dev.firstline.stats.SharesFile;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.TurnLog;
import dev.firstline.stats.TurnLogMerge;
import dev.firstline.stats.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shares of a load become one run with one verdict. */
public final class Merge {
    /** Below it an injector was short, where the promises have no limit of their own. */
    private static final double ACHIEVED_MIN = 0.99;

    private final Order order;
    private final Consumer<String> say;

    /**
     * What is to be merged.
     *
     * @param places folders of injectors, or folders that hold some at any depth
     * @param out the merged run's folder: none yet, or an empty one
     * @param contracts the contract and the promises; null for the ones that travel with the harness
     * @param strict whether drift fails the run
     * @param injectors how many there should be; 0 where their folders say it
     * @param awaited how long to wait for those who have not ended
     */
    public record Order(
            List<Path> places, Path out, @Nullable Path contracts, boolean strict, int injectors, Duration awaited) {
        public Order {
            places = List.copyOf(places);
        }

        /** How long {@code --wait} is, in its own words: 90s, 5m, 2h. */
        public static Duration time(@Nullable String text) {
            return text == null
                    ? Duration.ZERO
                    : Settings.unchecked(Map.of("wait", text)).duration("wait");
        }
    }

    private Merge(Order order, Consumer<String> say) {
        this.order = order;
        this.say = say;
    }

    /**
     * Merges and judges.
     *
     * @param say is told what is waited for, and what could not be merged beside the verdict
     * @return the merged run; empty where there is nothing at all of the injectors that there should be
     * @throws Misuse if what is there is not of one load, or was measured by another contract
     */
    public static Optional<Finished> merge(Order order, Clock clock, Consumer<String> say)
            throws IOException, InterruptedException {
        return merge(order, clock, MergeWait.Pause.REAL, say);
    }

    static Optional<Finished> merge(Order order, Clock clock, MergeWait.Pause pause, Consumer<String> say)
            throws IOException, InterruptedException {
        return new Merge(order, say)
                .of(new MergeWait(order.places(), order.injectors(), clock, pause, say).atMost(order.awaited()));
    }

    private Optional<Finished> of(Parts parts) throws IOException {
        if (parts.folders().isEmpty() && order.injectors() > 0) {
            return Optional.empty();
        }
        refuse(parts);
        ContractFiles files = order.contracts() == null ? ContractFiles.shipped() : ContractFiles.in(order.contracts());
        YamlFile file = files.slo();
        SloFile promises = SloFile.read(file.source(), file.root());
        ShareFigures figures = new ShareFigures(
                parts, "" + order.out().toAbsolutePath().normalize().getFileName());
        refuseOtherContract(figures.identity(), files, promises);
        Slos slos = promises.of(figures.identity().simulation());

        Path out = folder();
        try {
            return Optional.of(write(parts, figures, promises, slos, out));
        } catch (IOException | RuntimeException e) {
            // So that the same command can be given again when what was wrong is mended.
            clear(out);
            throw e;
        }
    }

    private Path folder() {
        try {
            return Files.createDirectories(order.out());
        } catch (IOException e) {
            throw new Misuse("a folder that can be made", e.toString(), "--out " + order.out(), "another one");
        }
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Finished write(Parts parts, ShareFigures figures, SloFile promises, Slos slos, Path out)
            throws IOException {
        Set<Path> wholeLogs = mergeLogs(parts, out, figures.identity());
        RunSummary measured = countedOpen(out, figures.merged(promises, wholeLogs), promises);
        figures.names().write(out);
        keepFindings(parts, out, measured);
        mergeGatlingLogs(parts, out);
        SharesFile.write(out, figures.shares());
        Verdict verdict = judge(measured, slos, figures);
        RunSummary summary = measured.judged(verdict.healthy());
        SummaryFile.write(out, summary);
        ReportFiles.write(out, summary, verdict, null);
        StepSummary.append(System.getenv(), Files.readString(out.resolve("verdict.md")));
        return new Finished(
                out,
                summary,
                verdict,
                ConsoleTable.of(summary, verdict, out.resolve("index.html").toString()));
    }

    /** Of how many sessions were open at once only all rows together tell: the shares' maxima come at other times. */
    private static RunSummary countedOpen(Path out, RunSummary added, SloFile promises) throws IOException {
        RunTally tally = new RunTally(promises.turn(), List.of());
        TurnLog.read(out, tally::add, tally::add);
        RunIdentity identity =
                new RunIdentity(added.run(), added.simulation(), added.target(), added.started(), Map.of());
        Map<Long, Long> open = tally.summary(identity, added.sessions(), added.health()).windows().stream()
                .collect(Collectors.toMap(Window::fromS, Window::openSessions));
        return added.windows(added.windows().stream()
                .map(window -> window.openSessions(open.getOrDefault(window.fromS(), window.openSessions())))
                .toList());
    }

    private Verdict judge(RunSummary measured, Slos slos, ShareFigures figures) {
        Shares shares = figures.shares();
        double achievedMin = slos.health().limits().getOrDefault(HealthFigure.ACHIEVED, ACHIEVED_MIN);
        MergeReasons reasons = new MergeReasons(shares, achievedMin, measured.fingerprint());
        Circumstances circumstances = new Circumstances(
                order.strict(),
                Load.peakEndS(measured.fingerprint()),
                reasons.reasons(figures.names().clashes()),
                MergeNotes.of(shares));
        return Judge.judge(measured, slos, circumstances);
    }

    private void refuse(Parts parts) throws IOException {
        if (parts.folders().isEmpty()) {
            throw new Misuse(
                    "folders of injectors, each with a " + SharesFile.NAME,
                    "none at any depth",
                    order.places().stream().map(Path::toString).collect(Collectors.joining(", ")),
                    "see that the injectors wrote there, or say how many there should be with --injectors");
        }
        int injectors = parts.whole().injectors();
        if (order.injectors() > 0 && order.injectors() != injectors) {
            throw new Misuse(
                    order.injectors() + " injectors, as --injectors says",
                    "a load of " + injectors + " injectors",
                    parts.folders().get(0).path().toString(),
                    "--injectors " + injectors + ", or the folders of the other load");
        }
        Path out = order.out().toAbsolutePath().normalize();
        if (Files.exists(out) && !isEmptyFolder(out)) {
            throw new Misuse(
                    "a folder that does not exist or is empty",
                    "one with something in it",
                    "--out " + order.out(),
                    "another folder: what is there is not written over");
        }
        for (Parts.Folder part : parts.folders()) {
            if (out.startsWith(part.path())) {
                throw new Misuse(
                        "a folder outside of those that are merged",
                        "one in " + part.path(),
                        "--out " + order.out(),
                        "a folder beside it");
            }
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Turns that were counted by some limits cannot be judged by others without being counted again. */
    private void refuseOtherContract(RunIdentity identity, ContractFiles files, SloFile promises) {
        String measured = identity.fingerprint().get(Identity.CONTRACT);
        String here = Identity.contract(files, promises.turn());
        if (measured != null && !measured.equals(here)) {
            throw new Misuse(
                    "the contract by which the injectors counted their turns, " + measured,
                    "another, " + here,
                    promises.source(),
                    "the --contracts of the run; to judge by others, merge by those first, " + "then firstline report "
                            + order.out() + " --contracts DIR");
        }
    }

    /** Returns the folders whose turn logs are whole. */
    private static Set<Path> mergeLogs(Parts parts, Path out, RunIdentity identity) throws IOException {
        List<Path> folders = parts.folders().stream().map(Parts.Folder::path).toList();
        return TurnLogMerge.merge(folders, out, identity).stream()
                .filter(TurnLogMerge.Source::whole)
                .map(TurnLogMerge.Source::folder)
                .collect(Collectors.toSet());
    }

    private static void keepFindings(Parts parts, Path out, RunSummary measured) throws IOException {
        RunSummary.Contract contract = measured.contract();
        if (contract == null) {
            return;
        }
        MergedFindings findings = new MergedFindings();
        for (Parts.Folder part : parts.folders()) {
            findings.add(part);
        }
        findings.write(out, contract);
    }

    /** Gatling's page is beside the verdict: what cannot be had of it is said and costs nothing. */
    private void mergeGatlingLogs(Parts parts, Path out) throws IOException {
        List<Path> logs = parts.folders().stream()
                .map(part -> part.path().resolve(GatlingFolder.NAME).resolve(GatlingFolder.LOG))
                .toList();
        List<Path> here = logs.stream().filter(Files::isRegularFile).toList();
        if (here.isEmpty()) {
            return;
        }
        Path folder = Files.createDirectories(out.resolve(GatlingFolder.NAME));
        try {
            SimulationLogs.Merged merged = SimulationLogs.merge(here, folder.resolve(GatlingFolder.LOG));
            say("missing", logs.stream().filter(log -> !here.contains(log)).toList());
            say("empty", merged.empty());
            say("cut off", merged.torn());
        } catch (Misuse e) {
            say.accept("Gatling's own logs are not merged:\n" + e.getMessage());
        }
    }

    private void say(String what, List<Path> logs) {
        logs.forEach(log -> say.accept("Gatling's own log is " + what + ": " + log));
    }
}
