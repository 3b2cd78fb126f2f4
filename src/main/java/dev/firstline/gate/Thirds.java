package dev.firstline.gate;

import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Window;
import java.util.Comparator;
import java.util.List;

/** The first and the last third of a run's windows; the middle one only keeps them apart. */
record Thirds(List<Window> first, List<Window> last) {
    /** Below so many windows there is nothing to compare: two a third, a minute. */
    static final int WINDOWS_MIN = 6;

    static Thirds of(RunSummary run) {
        List<Window> windows = run.windows().stream()
                .filter(window -> window.turns() > 0)
                .sorted(Comparator.comparingLong(Window::fromS))
                .toList();
        int third = windows.size() / 3;
        return new Thirds(windows.subList(0, third), windows.subList(windows.size() - third, windows.size()));
    }

    boolean tooShort() {
        return windows() < WINDOWS_MIN;
    }

    long windows() {
        return 3L * first.size();
    }
}
