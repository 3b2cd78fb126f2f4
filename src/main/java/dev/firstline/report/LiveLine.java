package dev.firstline.report;

import dev.firstline.stats.LiveFigures;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a run stands, in one line of plain ASCII. */
public final class LiveLine {
    private LiveLine() {}

    /** The whole line, however long: for a log. */
    public static String of(LiveFigures figures) {
        return figures.begun() ? String.join("  ", full(figures)) : "warming up";
    }

    /** The line in at most so many characters: shorter words first, then the end is left out. */
    public static String of(LiveFigures figures, int width) {
        String line = of(figures);
        if (line.length() > width && figures.begun()) {
            line = String.join(" ", shorter(figures));
        }
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    private static List<String> full(LiveFigures figures) {
        return List.of(
                time(figures.elapsedS()),
                "offered " + figures.offeredPerS() + "/s",
                "achieved " + figures.achievedPerS() + "/s",
                "open " + figures.openSessions(),
                "ttfl p50 " + ms(figures.ttflP50Ms()) + " p95 " + ms(figures.ttflP95Ms()) + " ms (n = "
                        + figures.ttflCount() + ")",
                "ok " + figures.ok(),
                "ko " + figures.ko() + failure(figures),
                "violations " + figures.violations());
    }

    private static List<String> shorter(LiveFigures figures) {
        return List.of(
                time(figures.elapsedS()),
                figures.achievedPerS() + "/" + figures.offeredPerS() + "/s",
                "open " + figures.openSessions(),
                "ttfl " + ms(figures.ttflP50Ms()) + "/" + ms(figures.ttflP95Ms()) + " ms",
                "ok " + figures.ok(),
                "ko " + figures.ko(),
                "viol " + figures.violations() + failure(figures));
    }

    private static String failure(LiveFigures figures) {
        return figures.topFailure().map(label -> " (" + label + ")").orElse("");
    }

    private static String time(double elapsedS) {
        long seconds = (long) elapsedS;
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    private static String ms(@Nullable Double value) {
        return value == null ? "-" : String.valueOf(Math.round(value));
    }
}
