package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the harness's own figures are worth on one class of machine: {@code certificate.json}. Rates are journeys a
 * second, beside them turns a second, since journeys differ in length.
 *
 * @param version the version of the format
 * @param decision PASS where the errors are within the limit; FAIL where they are not; NO VERDICT where the stub, or
 *     what it answered, left nothing to be known
 * @param machine the class of machine, in the words of a run's fingerprint
 * @param harness the harness's version
 * @param certified when, in ISO 8601
 * @param limitMs how large the judged errors may be
 * @param planned what was measured at the planned rate
 * @param ceiling how far this machine's generator went, or null where nobody looked
 * @param reasons why it is not a PASS
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Certificate(
        int version,
        Decision decision,
        String machine,
        String harness,
        String certified,
        @JsonProperty("limit_ms") double limitMs,
        Step planned,
        @Nullable Ceiling ceiling,
        List<Reason> reasons) {
    /** The version this harness writes. */
    public static final int VERSION = 1;

    /** So many times the rate that was certified a run may plan, and its figures are still vouched for. */
    public static final double BEYOND_MAX = 1.5;

    private static final String HOW = "firstline certify --rate ";

    /** What can be wrong with what is measured. */
    public static final class Part {
        /** First line − due, whole: what a run prints. */
        public static final String TTFL = "ttfl";

        /** First line − sent. */
        public static final String SERVICE = "ttfl_service";

        /** Sent − due, all of which is error: the stub's customer was due then. */
        public static final String LAG = "lag";

        /** Time between two lines. */
        public static final String GAP = "gap";

        /** Those that are held against the limit. */
        public static final List<String> JUDGED = List.of(TTFL, GAP);

        private Part() {}
    }

    /**
     * One rate, held for a while.
     *
     * @param rate journeys that were offered a second
     * @param turnsPerS turns a second that were measured
     * @param seconds how long journeys arrived
     * @param errors how wrong each {@link Part} was
     * @param stubLagP99Ms how late the stub was, by its own figures; this is in the errors too
     * @param breaks what of the generator gave way at this rate; none where it held
     * @param stubBreaks what of the stub gave way, and so says nothing about the generator
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Step(
            double rate,
            @JsonProperty("turns_per_s") double turnsPerS,
            double seconds,
            long turns,
            Map<String, MeasuredError> errors,
            @JsonProperty("stub_lag_p99_ms") @Nullable Double stubLagP99Ms,
            List<String> breaks,
            @JsonProperty("stub_breaks") List<String> stubBreaks) {
        public Step {
            errors = Map.copyOf(errors);
            breaks = List.copyOf(breaks);
            stubBreaks = List.copyOf(stubBreaks);
        }

        /** Whether nothing gave way. */
        public boolean held() {
            return breaks.isEmpty() && stubBreaks.isEmpty();
        }
    }

    /**
     * The highest rate that was held in short steps above the planned one.
     *
     * @param rate journeys a second
     * @param turnsPerS turns a second at that rate
     * @param atLeast whether it may well be higher: the stub gave way first, or nobody looked further
     * @param why what gave way above it, or why nobody looked
     * @param steps every step above the planned rate
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Ceiling(
            double rate,
            @JsonProperty("turns_per_s") double turnsPerS,
            @JsonProperty("at_least") boolean atLeast,
            String why,
            List<Step> steps) {
        public Ceiling {
            steps = List.copyOf(steps);
        }
    }

    public Certificate {
        reasons = List.copyOf(reasons);
    }

    /**
     * What a certificate, or the lack of one, says about a run.
     *
     * @param note one line, for the verdict's notes
     * @param doubt NO VERDICT where the run plans more than is vouched for
     */
    public record Standing(String note, Optional<Reason> doubt) {
        /** Whether the planned rate is vouched for. */
        public boolean certified() {
            return note.startsWith(CERTIFIED) && doubt.isEmpty();
        }
    }

    private static final String CERTIFIED = "certified on this machine";

    /**
     * Whether what a run plans is vouched for. Without a certificate that holds here there is no doubt, only a note: a
     * run's own health is judged in any case.
     *
     * @param certificate the newest, or null where there is none
     * @param machine the class of this machine
     * @param harness this harness's version
     * @param rate the highest rate that is planned, in journeys a second
     * @param turnsPerS the same in turns a second
     */
    public static Standing standing(
            @Nullable Certificate certificate, String machine, String harness, double rate, double turnsPerS) {
        String how = HOW + number(rate);
        if (certificate == null) {
            return new Standing("not certified on this machine: " + how, Optional.empty());
        }
        if (!certificate.machine.equals(machine)) {
            return other("the certificate is another machine's (" + certificate.machine + ")", how);
        }
        if (!certificate.harness.equals(harness)) {
            return other("the certificate is that of firstline " + certificate.harness, how);
        }
        if (certificate.decision != Decision.PASS) {
            return other("certifying it ended in " + certificate.decision.label(), how);
        }
        return new Standing(certificate.quoted(), certificate.beyond(rate, turnsPerS));
    }

    private static Standing other(String why, String how) {
        return new Standing("not certified on this machine, " + why + ": " + how, Optional.empty());
    }

    /**
     * Whether its rates are numbers above 0, as everything that was measured is; a file may say otherwise. Only what
     * did not pass may have measured no turn at all.
     */
    public boolean hasRates() {
        boolean turns = decision != Decision.PASS || isRate(planned.turnsPerS());
        return isRate(planned.rate())
                && turns
                && (ceiling == null || (isRate(ceiling.rate()) && isRate(ceiling.turnsPerS())));
    }

    private static boolean isRate(double value) {
        return value > 0 && Double.isFinite(value);
    }

    /** Whether this note of a verdict quotes a certificate of this machine, valid or exceeded. */
    public static boolean isQuote(String note) {
        return note.startsWith(CERTIFIED);
    }

    /** The highest rate at which errors were measured and within the limit, in journeys a second. */
    public double rateMax() {
        return ceiling == null ? planned.rate() : Math.max(planned.rate(), ceiling.rate());
    }

    /** The same in turns a second. */
    public double turnsPerSMax() {
        return ceiling == null ? planned.turnsPerS() : Math.max(planned.turnsPerS(), ceiling.turnsPerS());
    }

    /** What a run says of it: {@code certified on this machine at 20 turns/s: TTFL error p50 0.1, p99 1.2 ms}. */
    public String quoted() {
        MeasuredError ttfl = planned.errors().get(Part.TTFL);
        String error = ttfl == null
                ? "unknown"
                : "p50 " + (ttfl.absP50Ms() == null ? "too few" : number(ttfl.absP50Ms())) + ", " + ttfl.judged() + " "
                        + number(ttfl.judgedMs()) + " ms";
        return CERTIFIED + " at " + number(planned.turnsPerS()) + " turns/s: TTFL error " + error
                + (ceiling == null ? "" : "; ceiling " + told(ceiling));
    }

    /**
     * The reason why a run at this rate can have no verdict, if there is one: it is planned above {@value #BEYOND_MAX}
     * times the highest rate that was certified, in journeys a second or in turns a second.
     */
    public Optional<Reason> beyond(double rate, double turnsPerS) {
        boolean journeys = rate > BEYOND_MAX * rateMax();
        boolean turns = turnsPerS > BEYOND_MAX * turnsPerSMax();
        if (!journeys && !turns) {
            return Optional.empty();
        }
        String plans = turns ? number(turnsPerS) + " turns/s" : number(rate) + " journeys/s";
        String proven = turns ? number(turnsPerSMax()) + " turns/s" : number(rateMax()) + " journeys/s";
        return Optional.of(new Reason(
                Decision.NO_VERDICT,
                Reason.GENERATOR,
                plans + " are planned, more than " + number(BEYOND_MAX) + " times the " + proven
                        + " that were certified on this machine",
                HOW + number(rate) + ", or a lower rate"));
    }

    /** {@code at least 57 journeys/s (126 turns/s)}. */
    static String told(Ceiling ceiling) {
        return (ceiling.atLeast() ? "at least " : "") + number(ceiling.rate()) + " journeys/s ("
                + number(ceiling.turnsPerS()) + " turns/s)";
    }

    /** At most three digits that say something. */
    public static String number(double value) {
        double magnitude = Math.abs(value);
        String text = String.format(Locale.ROOT, magnitude >= 100 ? "%.0f" : magnitude >= 10 ? "%.1f" : "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
