package dev.firstline.report;

import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Doubt;
import dev.firstline.gate.Promise;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A verdict as one case of a test: one a promise, and one each for the generator, the contract and the run.
 *
 * <p>A broken promise is a failure. One that cannot be told is an error and not skipped: build servers show skipped
 * tests as green, and NO VERDICT is not. Only a contract that was not asked for is skipped.
 *
 * @param about what it is about, as in {@link Reason#about}
 * @param name the promise in one line, or a question
 * @param message what became of it, in a line
 * @param facts why, in some lines; may be empty
 */
record VerdictCase(String about, String name, Result result, String message, String facts) {
    enum Result {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    static List<VerdictCase> of(RunSummary run, Verdict verdict) {
        List<VerdictCase> cases = new ArrayList<>();
        verdict.promises().forEach(promise -> cases.add(promise(promise, verdict)));
        cases.add(about(Reason.GENERATOR, "generator: was it well?", verdict));
        cases.add(contract(run, verdict));
        cases.add(about(Reason.RUN, "run: did it take place?", verdict));
        return cases;
    }

    /** A capacity search is one case: does the target carry what it must, or is it known at least? */
    static VerdictCase of(CapacityResult search) {
        Double wanted = search.wanted();
        String name = wanted == null
                ? "capacity: was it found and held?"
                : "capacity: are " + CapacityPage.rate(wanted) + " carried?";
        Result result = switch (search.decision()) {
            case PASS -> Result.PASSED;
            case FAIL -> Result.FAILURE;
            case NO_VERDICT -> Result.ERROR;
        };
        String message = search.decision().label() + ": " + CapacityText.headline(search);
        return new VerdictCase("capacity", name, result, message, CapacityText.table(search));
    }

    private static VerdictCase promise(Promise promise, Verdict verdict) {
        Result result = switch (promise.state()) {
            case KEPT -> Result.PASSED;
            case BROKEN -> Result.FAILURE;
            case TOO_FEW, VOID, UNKNOWN -> Result.ERROR;
        };
        String seen = promise.state().label() + ": seen " + promise.seen() + ", n = " + promise.n();
        String why = reasons(promise.slo(), verdict);
        return new VerdictCase(promise.slo(), promise.slo(), result, seen, why.isEmpty() ? seen : why);
    }

    private static VerdictCase about(String subject, String name, Verdict verdict) {
        List<Decision> decisions = verdict.reasons().stream()
                .filter(reason -> reason.about().equals(subject))
                .map(Reason::decision)
                .toList();
        Result result =
                decisions.contains(Decision.FAIL) ? Result.FAILURE : decisions.isEmpty() ? Result.PASSED : Result.ERROR;
        String doubts = subject.equals(Reason.GENERATOR)
                ? verdict.doubts().stream().map(Doubt::fact).collect(Collectors.joining("\n"))
                : "";
        String facts = reasons(subject, verdict);
        return new VerdictCase(
                subject,
                name,
                result,
                subject + ": " + (result == Result.FAILURE ? "FAIL" : "NO VERDICT"),
                facts.isEmpty() ? doubts : facts);
    }

    private static VerdictCase contract(RunSummary run, Verdict verdict) {
        String question = "contract: was it kept?";
        if (run.contract() == null) {
            return new VerdictCase(Reason.CONTRACT, question, Result.SKIPPED, "contract: not checked", "");
        }
        VerdictCase kept = about(Reason.CONTRACT, question, verdict);
        String rules = Figures.rules(run).stream()
                .map(rule -> "\n" + rule.severity() + " " + rule.told() + ": " + rule.promise())
                .collect(Collectors.joining());
        String facts = kept.facts().isEmpty() ? Figures.contract(run) : kept.facts();
        return new VerdictCase(kept.about(), kept.name(), kept.result(), kept.message(), facts + rules);
    }

    private static String reasons(String subject, Verdict verdict) {
        return verdict.reasons().stream()
                .filter(reason -> reason.about().equals(subject))
                .map(reason -> reason.fact() + "\ntry: " + reason.attempt())
                .collect(Collectors.joining("\n"));
    }
}
