package dev.firstline.gate;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.LatencyHistogram;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Window;
import java.util.List;

/**
 * A percentile of TTFL grows by at most so much from the first third of the run to the last.
 *
 * @param percentile in (0, 100)
 * @param limitMs in milliseconds
 */
public record TtflSlope(double percentile, double limitMs) implements Slo {
    public TtflSlope {
        if (!(percentile > 0 && percentile < 100)) {
            throw new IllegalArgumentException("percentile must be in (0, 100): " + percentile);
        }
        Bound.atMost(limitMs, Unit.MS);
    }

    @Override
    public String subject() {
        return "growth of ttfl " + Percentile.name(percentile);
    }

    @Override
    public Bound bound() {
        return Bound.atMost(limitMs, Unit.MS);
    }

    @Override
    public Promise check(RunSummary run, Circumstances facts) {
        Thirds thirds = Thirds.of(run);
        MetricSummary first = ttfl(thirds.first());
        MetricSummary last = ttfl(thirds.last());
        MetricSummary fewer = first.count() < last.count() ? first : last;
        if (!fewer.canTell(percentile)) {
            return Percentile.percentile(this, fewer, percentile);
        }
        double fromMs = Percentile.ms(first, percentile);
        double toMs = Percentile.ms(last, percentile);
        if (last.isCensored(percentile)) {
            return Promise.waited(this, toMs - fromMs, last.count(), last.waited());
        }
        String seen = Unit.MS.text(toMs - fromMs) + " (" + Unit.MS.text(fromMs) + " to " + Unit.MS.text(toMs) + ")";
        return Promise.seen(this, toMs - fromMs, seen, first.count() + last.count());
    }

    @Override
    public boolean excusable(RunSummary run) {
        return true;
    }

    @Override
    public String attempt() {
        return "look for what fills up in the service: memory, connections, a table";
    }

    private static MetricSummary ttfl(List<Window> windows) {
        LatencyHistogram all = new LatencyHistogram();
        windows.forEach(window -> all.add(window.ttfl().values()));
        return MetricSummary.of(all);
    }
}
