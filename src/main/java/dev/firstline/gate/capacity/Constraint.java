package dev.firstline.gate.capacity;

import dev.firstline.stats.CallResult;

/**
 * A promise as a search holds to it: a share of calls that may be bad.
 *
 * @param name as people read it: {@code ttfl p95 ≤ 1200 ms}
 * @param allowed the share that may be bad, 0 to 1; where none may, a single one fails a step
 * @param watch which calls it is about, and which of them are bad
 */
public record Constraint(String name, double allowed, Watch watch) {
    public Constraint {
        if (!(allowed >= 0 && allowed < 1)) {
            throw new IllegalArgumentException("a share of bad ones must be in [0, 1): " + allowed);
        }
    }

    /** What a constraint makes of one call. */
    public enum Sight {
        GOOD,
        BAD,
        /** It is about other calls, or nobody waited for what it is about. */
        NONE
    }

    /** Looks at one call. A pure function. */
    public interface Watch {
        Sight see(CallResult call);
    }

    /** How many were bad, of how many. */
    public record Tally(long bad, long of) {
        public Tally {
            if (bad < 0 || of < bad) {
                throw new IllegalArgumentException(bad + " bad of " + of);
            }
        }

        /** The share of bad ones; 0 of nothing. */
        public double share() {
            return of == 0 ? 0 : (double) bad / of;
        }

        Tally plus(Tally other) {
            return new Tally(bad + other.bad, of + other.of);
        }
    }
}
