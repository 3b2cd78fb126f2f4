package dev.firstline.gate.capacity;

import dev.firstline.gate.Attained;
import dev.firstline.gate.Budget;
import dev.firstline.gate.Slo;
import dev.firstline.gate.Slos;
import dev.firstline.gate.capacity.Constraint.Sight;
import dev.firstline.gate.capacity.Constraint.Watch;
import dev.firstline.stats.CallKind;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.CallTiming;
import dev.firstline.stats.Metric;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RuleHit;
import dev.firstline.stats.TimeLimit;
import dev.firstline.stats.TurnLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation promises, as a search holds to it. A percentile says which share may be above its limit; goodput,
 * stalls and outcomes are shares already. Contract violations are always held to, and none is allowed.
 *
 * @param held what is held to, in the order of the promises
 * @param left the promises that no single call can break, nor keep: they are left to the judge of each step
 */
public record Constraints(List<Constraint> held, List<Slo> left) {
    /** What the constraint of the contract is called. */
    public static final String CONTRACT = "contract violations";

    public Constraints {
        held = List.copyOf(held);
        left = List.copyOf(left);
    }

    /** What these promises ask of a step. */
    public static Constraints of(Slos slos, TurnLimits limits) {
        List<Constraint> held = new ArrayList<>();
        List<Slo> left = new ArrayList<>();
        for (Slo slo : slos.promises()) {
            if (slo instanceof Slo.Percentile percentile && isOfTheService(percentile.metric())) {
                held.add(new Constraint(slo.text(), rest(percentile.percentile() / 100), above(percentile)));
            } else if (slo instanceof Slo.Goodput goodput) {
                held.add(new Constraint(slo.text(), rest(goodput.share()), call -> notGood(call, limits)));
            } else if (slo instanceof Slo.Stalled stalled) {
                held.add(new Constraint(slo.text(), stalled.share(), call -> stalled(call, limits)));
            } else if (slo instanceof Slo.OutcomeShare outcome) {
                held.add(new Constraint(slo.text(), outcome.share(), call -> sight(outcome.isMeant(call.outcome()))));
            } else if (slo instanceof Budget budget) {
                held.add(new Constraint(
                        slo.text(),
                        budget.share(),
                        call -> sight(budget.outcome().isMeant(call.outcome()))));
            } else if (slo instanceof Attained attained) {
                held.add(new Constraint(slo.text(), rest(attained.share()), attained(attained, limits)));
            } else {
                left.add(slo);
            }
        }
        held.add(new Constraint(
                CONTRACT, 0, call -> sight(call.findings().stream().anyMatch(RuleHit::violation))));
        return new Constraints(held, left);
    }

    /** 1 − 0.9 is a little less than a tenth to a computer, and a tenth of bad ones would be too many. */
    private static double rest(double share) {
        return Math.round((1 - share) * 1e9) / 1e9;
    }

    private static Watch attained(Attained attained, TurnLimits limits) {
        @Nullable TimeLimit limit = attained.limit();
        return limit == null
                ? call -> notGood(call, limits)
                : above(new Slo.Percentile(limit.metric(), 100 * attained.share(), limit.ms()));
    }

    /** The lag is the generator's own, and a whole journey is no call. */
    private static boolean isOfTheService(Metric metric) {
        return metric != Metric.LAG && metric != Metric.JOURNEY;
    }

    /** What failed before its first line is bad; of what the run gave up, only that it was waited for too long. */
    private static Watch above(Slo.Percentile percentile) {
        Metric metric = percentile.metric();
        long limitNanos = Math.round(percentile.limitMs() * 1e6);
        return call -> {
            if (call.waited() && call.call() == CallKind.INVOKE && isOfTheFirstLine(metric)) {
                return Sight.BAD;
            }
            OptionalLong nanos = nanos(metric, call);
            boolean above = nanos.isPresent() && nanos.getAsLong() > limitNanos;
            boolean known =
                    nanos.isPresent() && (call.outcome().kind() != Outcome.Kind.ABANDONED || isKnown(metric, call));
            return above ? Sight.BAD : known ? Sight.GOOD : Sight.NONE;
        };
    }

    private static boolean isOfTheFirstLine(Metric metric) {
        return metric == Metric.TTFL || metric == Metric.TTFL_SERVICE || metric == Metric.TTFC;
    }

    private static boolean isKnown(Metric metric, CallResult call) {
        return isOfTheFirstLine(metric) && call.timing().hasFirstLine();
    }

    private static Sight notGood(CallResult call, TurnLimits limits) {
        boolean failedInit = call.call() == CallKind.INIT && call.outcome().isKo();
        if (failedInit) {
            return Sight.BAD;
        }
        if (!call.call().isTurn()) {
            return Sight.NONE;
        }
        if (call.outcome().kind() == Outcome.Kind.ABANDONED) {
            CallTiming timing = call.timing();
            boolean late = timing.e2eNanos() > limits.e2e().toNanos()
                    || (call.call() == CallKind.INVOKE
                            && timing.ttflNanos() > limits.ttfl().toNanos());
            return late ? Sight.BAD : Sight.NONE;
        }
        return sight(!limits.good(call));
    }

    private static Sight stalled(CallResult call, TurnLimits limits) {
        return call.call().isTurn() ? sight(limits.stalled(call)) : Sight.NONE;
    }

    private static Sight sight(boolean bad) {
        return bad ? Sight.BAD : Sight.GOOD;
    }

    /** The metric of this call, which for a call that was given up is how long it was waited for; empty without one. */
    private static OptionalLong nanos(Metric metric, CallResult call) {
        return switch (metric) {
            case INIT -> ofKind(CallKind.INIT, call);
            case CLOSE -> ofKind(CallKind.CLOSE, call);
            case SYNC -> ofKind(CallKind.INVOKE_SYNC, call);
            case LAG, JOURNEY -> OptionalLong.empty();
            default -> call.call() == CallKind.INVOKE ? ofInvoke(metric, call) : OptionalLong.empty();
        };
    }

    private static OptionalLong ofKind(CallKind kind, CallResult call) {
        return call.call() == kind ? OptionalLong.of(call.timing().e2eNanos()) : OptionalLong.empty();
    }

    private static OptionalLong ofInvoke(Metric metric, CallResult call) {
        CallTiming timing = call.timing();
        boolean answered = timing.hasFirstLine() || call.outcome().kind() == Outcome.Kind.ABANDONED;
        return switch (metric) {
            case TTFL -> answered ? OptionalLong.of(timing.ttflNanos()) : OptionalLong.empty();
            case TTFL_SERVICE -> answered ? OptionalLong.of(timing.ttflServiceNanos()) : OptionalLong.empty();
            case TTFC -> since(timing.dueNanos(), timing.firstContentNanos());
            case TTFB -> since(timing.sentNanos(), timing.firstByteNanos());
            // A share of gaps would let many short ones hide a long one.
            case GAP, MAX_GAP -> OptionalLong.of(timing.lines().gapNanosMax());
            default -> OptionalLong.of(timing.e2eNanos());
        };
    }

    private static OptionalLong since(long fromNanos, long atNanos) {
        return atNanos == CallTiming.NEVER ? OptionalLong.empty() : OptionalLong.of(atNanos - fromNanos);
    }
}
