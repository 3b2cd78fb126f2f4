package dev.firstline.gate;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Window;
import java.util.List;

/**
 * The open sessions grow by at most so many from the first third of the run to the last. What counts of a third is the
 * median of its windows, so that neither the load's beginning nor its end weighs.
 */
public record OpenSessionsSlope(double sessions) implements Slo {
    public OpenSessionsSlope {
        Bound.atMost(sessions, Unit.COUNT);
    }

    @Override
    public String subject() {
        return "growth of open sessions";
    }

    @Override
    public Bound bound() {
        return Bound.atMost(sessions, Unit.COUNT);
    }

    @Override
    public Promise check(RunSummary run, Circumstances facts) {
        Thirds thirds = Thirds.of(run);
        if (thirds.tooShort()) {
            return Promise.unknown(this, "the run is too short to have thirds");
        }
        double from = median(thirds.first());
        double to = median(thirds.last());
        String seen = Unit.COUNT.text(to - from) + " (" + Unit.COUNT.text(from) + " to " + Unit.COUNT.text(to) + ")";
        return Promise.seen(this, to - from, seen, thirds.windows());
    }

    @Override
    public boolean excusable(RunSummary run) {
        return true;
    }

    @Override
    public String attempt() {
        return "see whether closes fail, or whether journeys take longer and longer";
    }

    private static double median(List<Window> windows) {
        long[] open = windows.stream().mapToLong(Window::openSessions).sorted().toArray();
        int middle = open.length / 2;
        return open.length % 2 == 1 ? open[middle] : (open[middle - 1] + open[middle]) / 2.0;
    }
}
