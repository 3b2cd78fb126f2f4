package dev.firstline.gate;

import java.util.List;

/**
 * What a run comes to, and why.
 *
 * @param decision PASS, FAIL or NO VERDICT
 * @param promises every promise of the simulation, in the order of {@code slo.yaml}
 * @param reasons why it is not a PASS: those for FAIL first; none if it is one
 * @param doubts what was wrong with the generator, whether or not it mattered
 * @param notes what is worth saying and changes nothing: {@code "contract: not checked"}
 */
public record Verdict(
        Decision decision, List<Promise> promises, List<Reason> reasons, List<Doubt> doubts, List<String> notes) {
    public Verdict {
        promises = List.copyOf(promises);
        reasons = List.copyOf(reasons);
        doubts = List.copyOf(doubts);
        notes = List.copyOf(notes);
        Decision worst = reasons.stream().map(Reason::decision).reduce(Decision.PASS, Decision::orWorse);
        if (worst != decision) {
            throw new IllegalArgumentException("the reasons make it " + worst.label() + ", not " + decision.label());
        }
    }

    /** Whether the generator kept every limit of its health. */
    public boolean healthy() {
        return doubts.isEmpty();
    }
}
