package dev.firstline.gate;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Window;
import java.util.Comparator;
import java.util.List;

/**
 * So many seconds after the peak, at the latest, begins a window of ten seconds in which enough turns are good ones.
 *
 * @param seconds from the peak's end to the beginning of that window
 * @param goodput the share of the window's turns that must be good, 0 to 1
 */
public record RecoveredWithin(double seconds, double goodput) implements Slo {
    public RecoveredWithin {
        Bound.atMost(seconds, Unit.SECONDS);
        if (!(goodput > 0 && goodput <= 1)) {
            throw new IllegalArgumentException("goodput must be in (0, 1]: " + goodput);
        }
    }

    @Override
    public String subject() {
        return "recovery to " + Unit.SHARE.text(goodput) + " goodput";
    }

    @Override
    public Bound bound() {
        return Bound.atMost(seconds, Unit.SECONDS);
    }

    @Override
    public Promise check(RunSummary run, Circumstances facts) {
        Double peakEndS = facts.peakEndS();
        if (peakEndS == null) {
            return Promise.unknown(this, "no peak");
        }
        List<Window> after = run.windows().stream()
                .filter(window -> window.fromS() >= peakEndS && window.turns() > 0)
                .sorted(Comparator.comparingLong(Window::fromS))
                .toList();
        for (Window window : after) {
            if (window.good() >= goodput * window.turns()) {
                double tookS = window.fromS() - peakEndS;
                return Promise.seen(this, tookS, Unit.SECONDS.text(tookS), window.turns());
            }
        }
        double watchedS = after.isEmpty() ? 0 : after.get(after.size() - 1).fromS() - peakEndS;
        return watchedS > seconds
                ? Promise.seen(this, watchedS, "not in " + Unit.SECONDS.text(watchedS), turns(after))
                : Promise.unknown(this, "watched for " + Unit.SECONDS.text(watchedS) + " only");
    }

    @Override
    public boolean excusable(RunSummary run) {
        return true;
    }

    @Override
    public String attempt() {
        return "see the windows after the peak: what is slow there, or fails";
    }

    private static long turns(List<Window> windows) {
        return windows.stream().mapToLong(Window::turns).sum();
    }
}
