package dev.firstline.gate;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.Metric;
import dev.firstline.stats.Outcome;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.TimeLimit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At least this share of turns keeps a limit, and that with 99 % confidence: a run that has too few turns to be sure
 * either way decides nothing. {@link ShareBound} has the rule.
 *
 * @param limit which limit of a turn, or null for all of {@code turn:} together
 * @param share above 0 and below 1
 */
public record Attained(@Nullable TimeLimit limit, double share) implements Slo, Sure {
    public Attained {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("what is to be known for sure is a share between 0 and 1: " + share);
        }
    }

    @Override
    public String subject() {
        return limit == null
                ? "turns that are good"
                : "turns with " + limit.metric().label() + " ≤ " + Unit.MS.text(limit.ms());
    }

    @Override
    public Bound bound() {
        return Bound.atLeast(share, Unit.SHARE);
    }

    @Override
    public Promise check(RunSummary run, Circumstances facts) {
        RunSummary.@Nullable Attained seen = seen(run);
        if (seen == null) {
            return Promise.unknown(this, "nobody counted it; re-judge the run from its turns");
        }
        ShareBound bad = new ShareBound(seen.of() - seen.within(), seen.of());
        String text = "%s (%d of %d), surely %s to %s"
                .formatted(
                        Unit.SHARE.text(1 - bad.share()),
                        seen.within(),
                        seen.of(),
                        Unit.SHARE.text(1 - bad.upper()),
                        Unit.SHARE.text(1 - bad.lower()));
        return Promise.sure(this, 1 - bad.share(), text, bad, 1 - share);
    }

    private RunSummary.@Nullable Attained seen(RunSummary run) {
        if (limit == null) {
            return new RunSummary.Attained(run.goodput().good(), run.goodput().attempts());
        }
        RunSummary.Attained counted = run.attained().get(limit.label());
        // A run without a single turn has counted nothing, and that is no reason to count again.
        return counted == null && run.metric(Metric.E2E) == null ? new RunSummary.Attained(0, 0) : counted;
    }

    /** Not to blame on the generator: what is missed already by the turns that failed. */
    @Override
    public boolean excusable(RunSummary run) {
        long failed = run.outcomes().entrySet().stream()
                .filter(outcome -> Outcome.parse(outcome.getKey()).isKo())
                .mapToLong(Map.Entry::getValue)
                .sum();
        long all = run.outcomes().values().stream().mapToLong(Long::longValue).sum();
        return new ShareBound(failed, all).atMost(1 - share) != Promise.State.BROKEN;
    }

    @Override
    public String attempt() {
        return "see in the report which turns missed it";
    }
}
