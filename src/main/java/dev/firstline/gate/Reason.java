package dev.firstline.gate;

/**
 * Why a run did not pass, as a fact and what to try next.
 *
 * @param decision what it makes of the run: FAIL or NO VERDICT
 * @param about what it is about: the text of a promise, {@value #CONTRACT}, {@value #GENERATOR} or {@value #RUN}
 * @param fact what was promised and what was seen
 * @param attempt what to try next, as an imperative
 */
public record Reason(Decision decision, String about, String fact, String attempt) {
    /** What a reason is about that the contract gave. */
    public static final String CONTRACT = "contract";

    /** What a reason is about that the generator's own health gave. */
    public static final String GENERATOR = "generator";

    /** What a reason is about that the run as a whole gave: it crashed, its target was not there. */
    public static final String RUN = "run";

    public Reason {
        if (decision == Decision.PASS) {
            throw new IllegalArgumentException("a run needs no reason to pass: " + fact);
        }
    }

    /** The run as a whole went wrong in a way that the service answers for. */
    public static Reason fail(String fact, String attempt) {
        return new Reason(Decision.FAIL, RUN, fact, attempt);
    }

    /** The run as a whole went wrong in a way that leaves nothing to be known about the service. */
    public static Reason noVerdict(String fact, String attempt) {
        return new Reason(Decision.NO_VERDICT, RUN, fact, attempt);
    }

    /** Whether it is about one promise, and not about the run, the generator or the contract. */
    boolean ofPromise() {
        return !about.equals(CONTRACT) && !about.equals(GENERATOR) && !about.equals(RUN);
    }
}
