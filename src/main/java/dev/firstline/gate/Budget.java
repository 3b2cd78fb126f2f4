package dev.firstline.gate;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.RunSummary;

/**
 * An error budget: of all calls at most this share ends so, and that with 99 % confidence. Unlike
 * {@link Slo.OutcomeShare} it does not take a lucky run for a promise kept. {@link ShareBound} has the rule.
 *
 * @param outcome as in {@link Slo.OutcomeShare}
 * @param share above 0 and below 1
 */
public record Budget(Slo.OutcomeShare outcome, double share) implements Slo, Sure {
    public Budget {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a budget is a share between 0 and 1: " + share);
        }
    }

    static Budget of(String outcome, double share) {
        return new Budget(new Slo.OutcomeShare(outcome, share), share);
    }

    @Override
    public String subject() {
        return "budget of " + outcome.outcome();
    }

    @Override
    public Bound bound() {
        return Bound.atMost(share, Unit.SHARE);
    }

    @Override
    public Promise check(RunSummary run, Circumstances facts) {
        ShareBound bad = new ShareBound(outcome.part(run), outcome.whole(run));
        String text = "%d of the %d that %d calls allow, surely at most %s"
                .formatted(bad.bad(), (long) Math.floor(share * bad.n()), bad.n(), Unit.SHARE.text(bad.upper()));
        return Promise.sure(this, bad.share(), text, bad, share);
    }

    @Override
    public boolean excusable(RunSummary run) {
        return false;
    }

    @Override
    public String attempt() {
        return outcome.attempt();
    }
}
