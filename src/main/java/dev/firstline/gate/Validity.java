package dev.firstline.gate;

import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.List;

/** Whether runs may be held against each other at all. */
final class Validity {
    private final List<Reason> reasons = new ArrayList<>();

    private Validity() {}

    /**
     * What stands in the way. A candidate that fails by itself comes first and is a FAIL; all else leaves nothing to be
     * known.
     */
    static List<Reason> reasons(List<Judged> candidates, List<RunSummary> accepted) {
        Validity validity = new Validity();
        candidates.forEach(validity::ownVerdict);
        List<RunSummary> runs = candidates.stream().map(Judged::run).toList();
        List<RunSummary> all = new ArrayList<>(runs);
        all.addAll(accepted);
        validity.sameSubject(all);
        boolean alike = validity.reasons.stream().noneMatch(reason -> reason.decision() == Decision.NO_VERDICT);
        if (alike && !accepted.isEmpty()) {
            MixDrift.between(runs, accepted).forEach(validity::mix);
        }
        return validity.reasons;
    }

    private void ownVerdict(Judged candidate) {
        String fact =
                candidate.facts().isEmpty() ? "" : ": " + candidate.facts().get(0);
        String name = candidate.run().run();
        if (candidate.decision() == Decision.FAIL) {
            reasons.add(Reason.fail(name + " is FAIL by itself" + fact, "see its own verdict.md first"));
        }
        if (!candidate.run().health().ok()) {
            ill(candidate.run(), fact);
        } else if (candidate.decision() == Decision.NO_VERDICT) {
            reasons.add(
                    Reason.noVerdict(name + " is NO VERDICT by itself" + fact, "run it again, see its own verdict.md"));
        }
    }

    private void ill(RunSummary run, String fact) {
        reasons.add(new Reason(
                Decision.NO_VERDICT,
                Reason.GENERATOR,
                run.run() + ": its generator was ill, so its times are void" + fact,
                "run it again on a machine with nothing else to do"));
    }

    /** The first run says what the others must be like; one fact is enough, the rest would repeat it. */
    private void sameSubject(List<RunSummary> runs) {
        RunSummary first = runs.get(0);
        for (RunSummary other : runs) {
            if (!first.simulation().equals(other.simulation())) {
                differs(first, other, "simulation: " + first.simulation() + ", other " + other.simulation());
                return;
            }
            if (!first.target().equals(other.target())) {
                differs(first, other, "target: " + first.target() + ", other " + other.target());
                return;
            }
            List<String> differences = Fingerprint.differences(first.fingerprint(), other.fingerprint());
            if (!differences.isEmpty()) {
                differs(first, other, String.join("; ", differences));
                return;
            }
        }
    }

    private void differs(RunSummary first, RunSummary other, String how) {
        reasons.add(Reason.noVerdict(
                first.run() + " and " + other.run() + " cannot be compared: " + how,
                "compare runs of the same scenario, target, contract and machine, or accept a baseline for these"));
    }

    private void mix(String fact) {
        reasons.add(Reason.noVerdict(
                fact, "see whether the journeys or the service changed; if that is meant, accept a new baseline"));
    }
}
