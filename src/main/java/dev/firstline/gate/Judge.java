package dev.firstline.gate;

import dev.firstline.gate.Promise.State;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges one run. A pure function: the same figures and promises give the same verdict, now or in a year.
 *
 * <ol>
 *   <li>A certain breach is FAIL, whatever the generator's health.
 *   <li>An ill generator voids every promise that {@link Slo#excusable it could be to blame for}, kept or broken; too
 *       few samples leave a promise untold. Either is NO VERDICT.
 *   <li>So is a run that is not what it should have been: without turns, with results that were not recorded, with
 *       fewer journeys than were due, with lines that the contract never saw.
 *   <li>FAIL comes before NO VERDICT, NO VERDICT before PASS.
 * </ol>
 */
public final class Judge {
    private static final int RULES_TOLD = 3;

    private final RunSummary run;
    private final Slos slos;
    private final Circumstances facts;
    private final List<Doubt> doubts;
    private final List<Reason> reasons = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Judge(RunSummary run, Slos slos, Circumstances facts) {
        this.run = run;
        this.slos = slos;
        this.facts = facts;
        this.doubts = slos.health().doubts(run.health());
    }

    /** What a run comes to, measured by what its simulation promises. */
    public static Verdict judge(RunSummary run, Slos slos, Circumstances facts) {
        return new Judge(run, slos, facts).verdict();
    }

    private Verdict verdict() {
        reasons.addAll(facts.reasons());
        notes.addAll(facts.notes());
        judgeRun();
        judgeContract();
        List<Promise> promises = slos.promises().stream().map(this::judge).toList();
        judgeHealth(promises);
        // A run that is judged again brings its own reasons along.
        List<Reason> told = new ArrayList<>(new LinkedHashSet<>(reasons));
        told.sort(Comparator.comparing(Reason::decision).thenComparing(Reason::ofPromise));
        Decision decision = told.stream().map(Reason::decision).reduce(Decision.PASS, Decision::orWorse);
        return new Verdict(decision, promises, told, doubts, notes);
    }

    private void judgeRun() {
        if (run.turns() == 0) {
            doubt(Reason.RUN, "no turn was attempted", "see how the inits ended, and whether the target is up");
        }
        long unrecorded = run.health().unrecorded();
        if (unrecorded > 0) {
            doubt(
                    Reason.GENERATOR,
                    unrecorded + " results found the queue to the result file full and are in no figure",
                    "lower the rate, or write the results to a faster disk");
        }
    }

    private void judgeContract() {
        RunSummary.Contract contract = run.contract();
        if (contract == null) {
            notes.add("contract: not checked");
            return;
        }
        if (contract.violations() > 0) {
            fail(
                    contract.violations() + " violations in " + contract.checked() + " lines: " + rules(contract, true),
                    "see findings/index.txt beside the report: it has the first of each rule with their bytes");
        }
        if (contract.drifts() > 0) {
            String drifts =
                    contract.drifts() + " drifts in " + contract.checked() + " lines: " + rules(contract, false);
            if (facts.strict()) {
                fail(drifts, "see findings/index.txt beside the report; without --strict drift passes");
            } else {
                notes.add("contract: " + drifts);
            }
        }
        if (contract.lines() == 0) {
            doubt(Reason.CONTRACT, "no line came that could be checked", "see how the turns ended");
        } else if (contract.checked() < contract.lines()) {
            doubt(
                    Reason.CONTRACT,
                    "only " + contract.checked() + " of " + contract.lines() + " lines were checked",
                    "lower the rate, or give the generator a processor more: a line that nobody saw may be wrong");
        }
    }

    private Promise judge(Slo slo) {
        Promise promise = slo.check(run, facts);
        if (!doubts.isEmpty() && slo.excusable(run)) {
            return promise.voided();
        }
        switch (promise.state()) {
            case BROKEN ->
                reasons.add(new Reason(
                        Decision.FAIL,
                        slo.text(),
                        slo.subject() + ": promised " + promise.promised() + ", seen " + promise.seen() + ", n = "
                                + promise.n(),
                        slo.attempt()));
            case TOO_FEW ->
                doubt(
                        slo.text(),
                        slo.subject() + ": too few samples, " + promise.seen(),
                        "run longer, or at a higher rate");
            case UNKNOWN ->
                doubt(
                        slo.text(),
                        slo.subject() + ": cannot be told, " + promise.seen(),
                        "run longer, or do not promise it of this simulation");
            case KEPT, VOID -> {}
        }
        return promise;
    }

    /** Ill health matters where it voids a promise, and where the load was not the one that was asked for. */
    private void judgeHealth(List<Promise> promises) {
        long voided = promises.stream()
                .filter(promise -> promise.state() == State.VOID)
                .count();
        for (Doubt doubt : doubts) {
            if (voided > 0 || doubt.figure() == HealthFigure.ACHIEVED) {
                doubt(Reason.GENERATOR, doubt.fact() + ": void is what was promised about time", doubt.attempt());
            }
        }
    }

    private void fail(String fact, String attempt) {
        reasons.add(new Reason(Decision.FAIL, Reason.CONTRACT, fact, attempt));
    }

    private void doubt(String about, String fact, String attempt) {
        reasons.add(new Reason(Decision.NO_VERDICT, about, fact, attempt));
    }

    private static String rules(RunSummary.Contract contract, boolean broken) {
        List<Map.Entry<String, Long>> rules = contract.rules().entrySet().stream()
                .filter(rule -> contract.broken().contains(rule.getKey()) == broken)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        String told = rules.stream()
                .limit(RULES_TOLD)
                .map(rule -> rule.getKey() + " " + rule.getValue())
                .collect(Collectors.joining(", "));
        return rules.size() > RULES_TOLD ? told + ", " + (rules.size() - RULES_TOLD) + " other rules" : told;
    }
}
