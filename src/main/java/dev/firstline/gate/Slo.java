package dev.firstline.gate;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.SampleFloor;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One promise about a run: a subject and its bound. */
public sealed interface Slo
        permits Slo.Percentile,
                Slo.Goodput,
                Slo.OutcomeShare,
                Slo.Stalled,
                Slo.LeakedSessions,
                Slo.Turns,
                RecoveredWithin,
                Attained,
                Budget,
                TtflSlope,
                OpenSessionsSlope {
    /** What it is about: {@code ttfl p95}. No two SLOs of a simulation have the same. */
    String subject();

    /** What was promised: {@code ≤ 1200 ms}. */
    Bound bound();

    /** The whole of it in one line: {@code ttfl p95 ≤ 1200 ms}. */
    default String text() {
        return subject() + " " + bound();
    }

    /** What the run says about it, the generator's health apart. */
    Promise check(RunSummary run, Circumstances facts);

    /**
     * Whether an ill generator could be to blame for what this run says: true of all that was promised about time, so
     * of percentiles, stalls, slopes, recovery and goodput, and of a number of turns. It cannot be blamed for an
     * outcome or a leaked session, nor for a goodput that is missed already by the turns that did not end {@code ok}.
     */
    boolean excusable(RunSummary run);

    /** What to try when it is broken, as an imperative. */
    String attempt();

    /**
     * A percentile of a metric is at most so long.
     *
     * @param percentile in (0, 100]; 100 is the maximum
     * @param limitMs in milliseconds
     */
    record Percentile(Metric metric, double percentile, double limitMs) implements Slo {
        public Percentile {
            if (!(percentile > 0 && percentile <= 100)) {
                throw new IllegalArgumentException("percentile must be in (0, 100]: " + percentile);
            }
            Bound.atMost(limitMs, Unit.MS);
        }

        @Override
        public String subject() {
            return metric.label() + " " + name(percentile);
        }

        @Override
        public Bound bound() {
            return Bound.atMost(limitMs, Unit.MS);
        }

        @Override
        public Promise check(RunSummary run, Circumstances facts) {
            MetricSummary seen = run.metric(metric);
            return seen == null
                    ? Promise.tooFew(this, 0, percentile == 100 ? 1 : SampleFloor.of(percentile))
                    : percentile(this, seen, percentile);
        }

        @Override
        public boolean excusable(RunSummary run) {
            return true;
        }

        @Override
        public String attempt() {
            return metric == Metric.LAG
                    ? "lower the rate: the generator itself was late"
                    : "see in the report whether the calls, one turn or one kind of answer is slow";
        }

        static Promise percentile(Slo slo, MetricSummary seen, double percentile) {
            if (!seen.canTell(percentile)) {
                return Promise.tooFew(slo, seen.count(), percentile == 100 ? 1 : SampleFloor.of(percentile));
            }
            double ms = ms(seen, percentile);
            return seen.isCensored(percentile)
                    ? Promise.waited(slo, ms, seen.count(), seen.waited())
                    : Promise.seen(slo, ms, Unit.MS.text(ms), seen.count());
        }

        /** The percentile in milliseconds, to the microsecond, as the summary's own figures are. */
        static double ms(MetricSummary seen, double percentile) {
            return Math.round(seen.values().percentileNanos(percentile) / 1e3) / 1e3;
        }

        static String name(double percentile) {
            return percentile == 100
                    ? "max"
                    : "p" + BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
        }
    }

    /**
     * At least this share of all attempts were good turns.
     *
     * @param share 0 to 1
     */
    record Goodput(double share) implements Slo {
        public Goodput {
            Bound.atLeast(share, Unit.SHARE);
        }

        @Override
        public String subject() {
            return "goodput";
        }

        @Override
        public Bound bound() {
            return Bound.atLeast(share, Unit.SHARE);
        }

        @Override
        public Promise check(RunSummary run, Circumstances facts) {
            return Promise.share(this, run.goodput().good(), run.goodput().attempts());
        }

        @Override
        public boolean excusable(RunSummary run) {
            long ok = run.outcomes().getOrDefault(Outcome.OK.label(), 0L);
            return run.goodput().attempts() == 0
                    || bound().keeps((double) ok / run.goodput().attempts());
        }

        @Override
        public String attempt() {
            return "see the outcomes, then which limit of turn: the others missed";
        }
    }

    /**
     * At most this share of all calls (turns, inits and closes together) ended so.
     *
     * @param outcome an outcome's label; without its detail it means all of its kind; {@value #KO} means every failure
     * @param share 0 to 1
     */
    record OutcomeShare(String outcome, double share) implements Slo {
        /** All failures together. */
        public static final String KO = "ko";

        public OutcomeShare {
            if (!outcome.equals(KO)) {
                if (!outcome.equals(outcome.toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException("an outcome is written in small letters: " + outcome);
                }
                Outcome.parse(outcome);
            }
            Bound.atMost(share, Unit.SHARE);
        }

        @Override
        public String subject() {
            return "outcome " + outcome;
        }

        @Override
        public Bound bound() {
            return Bound.atMost(share, Unit.SHARE);
        }

        @Override
        public Promise check(RunSummary run, Circumstances facts) {
            return Promise.share(this, part(run), whole(run));
        }

        /** How many calls ended so. */
        long part(RunSummary run) {
            return counts(run)
                    .filter(entry -> isMeant(Outcome.parse(entry.getKey())))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        /** How many calls there were. */
        long whole(RunSummary run) {
            return counts(run).mapToLong(Map.Entry::getValue).sum();
        }

        @Override
        public boolean excusable(RunSummary run) {
            return false;
        }

        @Override
        public String attempt() {
            return "find the calls that ended so in turns.jsonl.gz";
        }

        /** Whether a call that ended so is one of those that it is about. */
        public boolean isMeant(Outcome seen) {
            return outcome.equals(KO)
                    ? seen.isKo()
                    : outcome.equals(seen.label()) || outcome.equals(seen.kind().label());
        }

        private static Stream<Map.Entry<String, Long>> counts(RunSummary run) {
            return Stream.concat(
                    run.outcomes().entrySet().stream(),
                    run.calls().values().stream().flatMap(call -> call.entrySet().stream()));
        }
    }

    /**
     * At most this share of turns had a gap above the stall limit.
     *
     * @param share 0 to 1
     */
    record Stalled(double share) implements Slo {
        public Stalled {
            Bound.atMost(share, Unit.SHARE);
        }

        @Override
        public String subject() {
            return "stalled turns";
        }

        @Override
        public Bound bound() {
            return Bound.atMost(share, Unit.SHARE);
        }

        @Override
        public Promise check(RunSummary run, Circumstances facts) {
            return Promise.share(this, run.stalled().turns(), run.stalled().of());
        }

        @Override
        public boolean excusable(RunSummary run) {
            return true;
        }

        @Override
        public String attempt() {
            return "see in the report after which line the gaps are";
        }
    }

    /** At most so many sessions were left open. */
    record LeakedSessions(long sessions) implements Slo {
        public LeakedSessions {
            Bound.atMost((double) sessions, Unit.COUNT);
        }

        @Override
        public String subject() {
            return "leaked sessions";
        }

        @Override
        public Bound bound() {
            return Bound.atMost((double) sessions, Unit.COUNT);
        }

        @Override
        public Promise check(RunSummary run, Circumstances facts) {
            long leaked = run.sessions().leaked();
            return Promise.count(this, leaked, run.sessions().opened());
        }

        @Override
        public boolean excusable(RunSummary run) {
            return false;
        }

        @Override
        public String attempt() {
            return "see in the ledger which sessions are open, and how their closes ended";
        }
    }

    /** At least so many turns were attempted. */
    record Turns(long turns) implements Slo {
        public Turns {
            Bound.atLeast((double) turns, Unit.COUNT);
        }

        @Override
        public String subject() {
            return "turns";
        }

        @Override
        public Bound bound() {
            return Bound.atLeast((double) turns, Unit.COUNT);
        }

        @Override
        public Promise check(RunSummary run, Circumstances facts) {
            return Promise.count(this, run.turns(), run.turns());
        }

        @Override
        public boolean excusable(RunSummary run) {
            return true;
        }

        @Override
        public String attempt() {
            return "see which calls failed before their journey's turns came, or run longer";
        }
    }
}
