package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.YamlFile;
import dev.firstline.gate.Circumstances;
import dev.firstline.gate.Fingerprint;
import dev.firstline.gate.Judge;
import dev.firstline.gate.Reason;
import dev.firstline.gate.SloFile;
import dev.firstline.gate.Slos;
import dev.firstline.gate.Verdict;
import dev.firstline.report.ReportFiles;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.SummaryFile;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A run that is over, judged by other promises: its turns are counted again from {@code turns.jsonl.gz}. What no turn
 * can tell stays as it was: its sessions, its generator's health, and what the run itself had to say.
 *
 * @param summary the figures under the other promises
 * @param verdict what they come to
 */
public record Rejudge(RunSummary summary, Verdict verdict) {
    /** What a verdict's reasons are about that came from the run itself and not from a promise. */
    private static final Set<String> THE_RUNS_OWN = Set.of(Reason.RUN, Reason.CONTRACT);

    /** The judge says these anew. */
    private static final String CONTRACT_NOTE = "contract:";

    /**
     * Judges a run again and writes its files anew.
     *
     * @param folder the run's folder
     * @return what it comes to now
     * @throws dev.firstline.Misuse if a result file is missing or not what its name says, or the file has no promises
     *     for the run's simulation
     */
    public static Verdict write(Path folder, Path contracts, boolean strict) throws IOException {
        Verdict before = ReportFiles.verdict(folder);
        Rejudge again = of(folder, SummaryFile.read(folder), before, ContractFiles.in(contracts), strict);
        SummaryFile.write(folder, again.summary());
        ReportFiles.replaceVerdict(folder, again.summary(), again.verdict());
        return again.verdict();
    }

    /**
     * Judges it again.
     *
     * @param folder the run's folder
     * @param was the figures it had
     * @param before the verdict it had
     * @param files with the promises that count now
     * @param strict whether drift fails it
     * @throws Misuse if there is no turn log, it is not that of the whole run, or there are no promises for its
     *     simulation
     */
    public static Rejudge of(Path folder, RunSummary was, Verdict before, ContractFiles files, boolean strict)
            throws IOException {
        YamlFile file = files.slo();
        SloFile sloFile = SloFile.read(file.source(), file.root());
        Slos slos = sloFile.of(was.simulation());
        RunTally tally = new RunTally(sloFile.turn(), slos.limits());
        boolean isWhole = TurnLog.read(folder, tally::add, tally::add);
        RunSummary now = tally.summary(identity(was, file), was.sessions(), was.health());
        if (!isWhole || now.turns() != was.turns()) {
            throw new Misuse(
                    "the turn log of the whole run, " + was.turns() + " turns",
                    now.turns() + " turns" + (isWhole ? "" : ", and no end"),
                    folder.resolve(TurnLog.NAME).toString(),
                    "a run whose log is whole: judging a part would forget what the rest has seen");
        }
        List<Reason> own = before.reasons().stream()
                .filter(reason -> THE_RUNS_OWN.contains(reason.about()))
                .toList();
        List<String> notes = Stream.concat(
                        before.notes().stream().filter(note -> !note.startsWith(CONTRACT_NOTE)),
                        Stream.of("judged again, by " + sloFile.source()))
                .distinct()
                .toList();
        Verdict verdict =
                Judge.judge(now, slos, new Circumstances(strict, Load.peakEndS(was.fingerprint()), own, notes));
        return new Rejudge(now.judged(verdict.healthy()), verdict);
    }

    /** Whoever was judged by other promises is not compared with those who were judged by their own. */
    private static RunIdentity identity(RunSummary was, YamlFile promises) {
        Map<String, String> fingerprint = new TreeMap<>(was.fingerprint());
        byte[] text = promises.root().toString().getBytes(StandardCharsets.UTF_8);
        fingerprint.put("judged again by", Fingerprint.hash(text));
        return new RunIdentity(was.run(), was.simulation(), was.target(), was.started(), fingerprint);
    }
}
