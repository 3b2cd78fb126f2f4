package dev.firstline.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.Nearest;
import dev.firstline.gate.Accepted;
import dev.firstline.gate.Comparison;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Judged;
import dev.firstline.gate.Regression;
import dev.firstline.gate.Tolerance;
import dev.firstline.gate.Trend;
import dev.firstline.report.ComparisonFiles;
import dev.firstline.report.ComparisonTable;
import dev.firstline.report.ReportFiles;
import dev.firstline.report.StepSummary;
import dev.firstline.report.TrendPage;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs that are over, held against others: reads their folders, and writes what came of it. */
public final class Gates {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String VERDICT = "verdict.json";
    private static final Logger log = LoggerFactory.getLogger(Gates.class);

    private final Path reports;
    private final Path baseline;
    private final Baselines baselines;

    /**
     * The runs and accepted runs of a folder of results.
     *
     * @param baseline another folder in the form of {@code reports/baselines}, or null
     */
    public Gates(Path reports, @Nullable Path baseline) {
        this.reports = reports;
        this.baseline = baseline == null ? reports.resolve("baselines") : baseline;
        this.baselines = new Baselines(this.baseline);
        if (baseline != null && !Files.isDirectory(baseline)) {
            throw new Misuse(
                    "a folder in the form of reports/baselines",
                    "no such folder",
                    baseline.toString(),
                    "make it, or leave --baseline out");
        }
    }

    /**
     * A comparison that is written.
     *
     * @param folder the newest candidate's, where its files are
     * @param table the same for a person, in some lines
     */
    public record Compared(Comparison comparison, Path folder, String table) {}

    /** A run and where it is. */
    private record Found(Path folder, Judged judged) {
        String started() {
            return judged.run().started();
        }
    }

    /**
     * Holds runs against the accepted ones, or against the runs of another build.
     *
     * @param runs folders, or names of runs
     * @param against folders or names of another build's runs; none for the accepted ones
     * @param environment the variables of this process
     * @throws Misuse if there is no such run, or it is none
     */
    public Compared compare(
            List<String> runs,
            List<String> against,
            boolean screen,
            Tolerance tolerance,
            Map<String, String> environment) {
        List<Found> candidates = find(runs);
        List<Found> others = find(against);
        refuseTwice(candidates, others);
        Found newest = candidates.stream()
                .max(Comparator.comparing(Found::started))
                .orElseThrow(() -> new IllegalArgumentException("no run to compare"));
        List<Judged> judged = candidates.stream().map(Found::judged).toList();
        Comparison comparison = others.isEmpty()
                ? Regression.againstAccepted(judged, accepted(newest.judged().run()), tolerance, screen)
                : Regression.againstRuns(
                        judged, others.stream().map(Found::judged).toList(), tolerance);
        String unsaid = StepSummary.append(environment, ComparisonFiles.markdown(comparison))
                .map(why -> "; the step summary could not be written: " + why)
                .orElse("");
        return new Compared(
                comparison, newest.folder(), ComparisonTable.of(comparison, written(newest, comparison) + unsaid));
    }

    /** Where it stands. A file that cannot be written takes nothing from what was found. */
    private static String written(Found newest, Comparison comparison) {
        try {
            ComparisonFiles.write(newest.folder(), comparison, newest.judged().run());
        } catch (IOException e) {
            log.warn("event=gate_unwritable because={}", e.toString());
            return "none: gate.json could not be written: " + e;
        }
        return drawn(newest.folder());
    }

    /**
     * The candidate's page shows it beside the accepted runs; a run that has no page to rebuild is judged all the same.
     */
    private static String drawn(Path folder) {
        try {
            ReportFiles.rebuild(folder);
            return folder.resolve("index.html").toString();
        } catch (RuntimeException | IOException e) {
            // Whatever a damaged run makes of its page: a picture changes no verdict.
            log.warn("event=page_not_drawn because={}", e.toString());
            return folder.resolve("gate.md") + "; the page could not be drawn: " + e.getMessage();
        }
    }

    private List<RunSummary> accepted(RunSummary run) {
        return Accepted.sinceCut(baselines.nearest(run)).stream()
                .map(Accepted::summary)
                .toList();
    }

    /**
     * Accepts runs: from now on others are held against them. All of them or none.
     *
     * @param why the reason, for whoever asks later
     * @param cut whether the baseline begins anew with the first of them; then they may be ones accepted before
     * @return what was done, in lines
     * @throws Misuse if there is no such run, or one of them is not a PASS
     */
    public List<String> accept(List<String> runs, String why, boolean cut, Clock clock) {
        if (why.isBlank()) {
            throw new Misuse("a reason", "none", "--why", "say why, for whoever asks in a year");
        }
        String now = clock.now().toString();
        List<Accepted> wanted = new ArrayList<>();
        for (String run : new LinkedHashSet<>(runs)) {
            wanted.add(wanted(run, why, now, cut));
        }
        wanted.sort(Accepted.BY_TIME);
        if (cut) {
            wanted.set(0, wanted.get(0).asCut(why, now));
        }
        List<String> done = new ArrayList<>();
        List<Accepted> kept = baselines.accept(wanted);
        for (Accepted one : kept) {
            done.add("accepted " + one.summary().run() + (one.cut() ? ", with which the baseline begins anew" : ""));
        }
        if (kept.size() < wanted.size()) {
            done.add(kept.size() + " of the " + wanted.size() + " runs are kept: only the last "
                    + Regression.ACCEPTED_MAX + " count");
        }
        kept.stream()
                .filter(Accepted::cut)
                .flatMap(one -> laterCut(one).stream())
                .forEach(done::add);
        Set<Path> folders = new LinkedHashSet<>();
        wanted.forEach(one -> folders.add(baselines.folder(one.summary())));
        for (Path folder : folders) {
            done.add(size(folder, wanted) + " in " + folder + ": commit them");
        }
        return done;
    }

    private Optional<String> laterCut(Accepted cut) {
        String first = Accepted.sinceCut(baselines.nearest(cut.summary()))
                .get(0)
                .summary()
                .run();
        return first.equals(cut.summary().run())
                ? Optional.empty()
                : Optional.of("the baseline still begins with " + first + ", a later cut than "
                        + cut.summary().run());
    }

    private String size(Path folder, List<Accepted> wanted) {
        RunSummary any = wanted.stream()
                .map(Accepted::summary)
                .filter(run -> baselines.folder(run).equals(folder))
                .findFirst()
                .orElseThrow();
        int count = Accepted.sinceCut(baselines.nearest(any)).size();
        int missing = Regression.ACCEPTED_MIN - count;
        return count + (count == 1 ? " accepted run" : " accepted runs") + " of this fingerprint"
                + (missing > 0 ? ", " + missing + " more to compare with" : "");
    }

    private Accepted wanted(String run, String why, String now, boolean cut) {
        if (cut
                && !Files.isDirectory(path(run))
                && !Files.isDirectory(RunFolder.all(reports).resolve(run))) {
            var before = baselines.named(run);
            if (before.isPresent()) {
                return before.get();
            }
        }
        Found found = find(run);
        Decision decision = found.judged().decision();
        if (decision != Decision.PASS) {
            String facts = String.join("; ", found.judged().facts());
            throw new Misuse(
                    "a run that is a PASS by itself",
                    decision.label() + (facts.isEmpty() ? "" : ": " + facts),
                    found.folder().resolve(VERDICT).toString(),
                    "mend what it says, or the promise, and run again: a baseline of bad runs hides worse ones");
        }
        return new Accepted(
                Accepted.VERSION,
                now,
                why,
                decision,
                false,
                found.judged().run().slim());
    }

    /**
     * How the accepted runs went on.
     *
     * @param simulations which; none for all that have any
     * @return the trends, and where the page is
     * @throws Misuse if a simulation has no accepted run
     */
    public Trended trend(List<String> simulations) {
        List<String> known = baselines.simulations();
        List<Trend> trends = new ArrayList<>();
        for (String simulation : simulations.isEmpty() ? known : simulations) {
            List<Trend> ofIt = baselines.all(simulation).stream()
                    .map(shelf -> Trend.of(shelf.runs()))
                    .toList();
            if (ofIt.isEmpty() && !simulations.isEmpty()) {
                throw new Misuse(
                        known.isEmpty() ? "accepted runs" : "one of " + String.join(", ", known),
                        simulation,
                        baseline.toString(),
                        Nearest.to(simulation, known)
                                .map("did you mean %s?"::formatted)
                                .orElse("firstline gate --accept --why TEXT RUN"));
            }
            trends.addAll(ofIt);
        }
        if (trends.isEmpty()) {
            throw new Misuse("accepted runs", "none", baseline.toString(), "firstline gate --accept --why TEXT RUN");
        }
        Path page = reports.resolve("trend.html");
        try {
            Files.createDirectories(reports);
            TrendPage.write(page, trends);
        } catch (IOException e) {
            throw new Misuse("a folder for the page", e.toString(), page.toString(), "another one, with --reports");
        }
        return new Trended(trends, page);
    }

    /**
     * Trends that are drawn.
     *
     * @param page where
     */
    public record Trended(List<Trend> trends, Path page) {}

    private List<Found> find(List<String> runs) {
        return runs.stream().map(this::find).toList();
    }

    private Found find(String run) {
        Path folder = path(run);
        if (!Files.isDirectory(folder)) {
            folder = RunFolder.all(reports).resolve(path(run));
        }
        if (!Files.isDirectory(folder)) {
            throw new Misuse(
                    "a run's folder, or its name in " + RunFolder.all(reports),
                    "no such run",
                    run,
                    Nearest.to(run, names()).map("did you mean %s?"::formatted).orElse("another one"));
        }
        try {
            RunSummary summary = SummaryFile.read(folder);
            Baselines.refuseImpossible(summary, folder.resolve(SummaryFile.NAME));
            return new Found(folder, judged(folder, summary));
        } catch (IOException e) {
            throw new Misuse("a readable run", e.toString(), folder.toString(), "see its permissions");
        }
    }

    private static Path path(String run) {
        try {
            return Path.of(run);
        } catch (InvalidPathException e) {
            throw new Misuse("a run's folder or name", "no such name", run, "another one");
        }
    }

    private List<String> names() {
        try (Stream<Path> runs = Files.list(RunFolder.all(reports))) {
            return runs.map(run -> run.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** A run that was never judged may be anything. */
    private static Judged judged(Path folder, RunSummary run) throws IOException {
        Path file = folder.resolve(VERDICT);
        if (!Files.exists(file)) {
            return new Judged(run, Decision.NO_VERDICT, List.of("it has no " + VERDICT));
        }
        JsonNode verdict;
        try {
            verdict = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new Misuse("a verdict", e.getOriginalMessage(), file.toString(), "another run's folder");
        }
        String label = verdict.path("verdict").asText();
        Decision decision = Arrays.stream(Decision.values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new Misuse(
                        "a verdict: PASS, FAIL or NO VERDICT", label, file.toString(), "another run's folder"));
        List<String> facts = new ArrayList<>();
        verdict.path("reasons").forEach(reason -> facts.add(reason.path("fact").asText()));
        return new Judged(run, decision, facts);
    }

    private static void refuseTwice(List<Found> candidates, List<Found> others) {
        Set<String> seen = new HashSet<>();
        for (Found found : Stream.concat(candidates.stream(), others.stream()).toList()) {
            if (!seen.add(found.judged().run().run())) {
                throw new Misuse(
                        "each run once",
                        Objects.requireNonNull(found.judged().run().run()) + " twice",
                        found.folder().toString(),
                        "name it once");
            }
        }
    }
}
