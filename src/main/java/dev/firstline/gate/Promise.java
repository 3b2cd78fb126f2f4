package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An SLO and what a run says about it.
 *
 * @param slo its one-line text: {@code ttfl p95 ≤ 1200 ms}
 * @param promised the limit as people read it: {@code ≤ 1200 ms}
 * @param limit the limit as a number, in the SLO's unit; shares are 0 to 1
 * @param seen what was seen as people read it
 * @param value what was seen as a number, in the same unit; null where it cannot be told
 * @param n of how many
 * @param state what became of it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Promise(
        String slo,
        String promised,
        double limit,
        String seen,
        @Nullable Double value,
        long n,
        State state) {
    /** What can become of a promise. */
    public enum State {
        /** It was seen to be kept. */
        KEPT,
        /** It was seen to be broken. */
        BROKEN,
        /** There are too few samples to tell. */
        TOO_FEW,
        /** What was seen counts for nothing, since the generator was ill. */
        VOID,
        /** The run has nothing to say about it. */
        UNKNOWN;

        /** What files and reports call it: {@code too few}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Promise seen(Slo slo, double value, String seen, long n) {
        return of(slo, seen, value, n, slo.bound().keeps(value) ? State.KEPT : State.BROKEN);
    }

    static Promise count(Slo slo, long seen, long n) {
        return seen(slo, (double) seen, Long.toString(seen), n);
    }

    /** A share of nothing cannot be told. */
    static Promise share(Slo slo, long part, long whole) {
        if (whole == 0) {
            return tooFew(slo, 0, 1);
        }
        double share = (double) part / whole;
        return seen(slo, share, Bound.Unit.SHARE.text(share) + " (" + part + ")", whole);
    }

    /** Broken whatever the figure says, which is only as far as anyone waited. */
    static Promise waited(Slo slo, double value, long n, long waited) {
        String seen = slo.bound().unit().text(value) + " and more: " + waited + " waited in vain";
        return of(slo, seen, value, n, State.BROKEN);
    }

    /** What is known only as surely as {@link ShareBound} says. */
    static Promise sure(Slo slo, double value, String seen, ShareBound bad, double allowed) {
        State state = bad.atMost(allowed);
        String told = state == State.TOO_FEW ? seen + ": " + undecided(bad, allowed) : seen;
        return of(slo, told, value, bad.n(), state);
    }

    private static String undecided(ShareBound bad, double allowed) {
        long floor = ShareBound.floor(allowed);
        if (bad.n() < floor) {
            return bad.n() + " of the " + floor + " needed";
        }
        return bad.wouldDecide(allowed)
                .map(some -> "undecided, some " + some + " would decide it")
                .orElse("undecided, and so near that more hardly decide it");
    }

    static Promise tooFew(Slo slo, long n, long needed) {
        return of(slo, n + " of the " + needed + " needed", null, n, State.TOO_FEW);
    }

    static Promise unknown(Slo slo, String why) {
        return of(slo, why, null, 0, State.UNKNOWN);
    }

    Promise voided() {
        return new Promise(slo, promised, limit, seen, value, n, State.VOID);
    }

    private static Promise of(Slo slo, String seen, @Nullable Double value, long n, State state) {
        Bound bound = slo.bound();
        return new Promise(slo.text(), bound.toString(), bound.limit(), seen, value, n, state);
    }
}
