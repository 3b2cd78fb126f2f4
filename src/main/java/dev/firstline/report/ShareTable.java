package dev.firstline.report;

import dev.firstline.gate.Verdict;
import dev.firstline.stats.Metric;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Shares;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One injector's share for five seconds: plain ASCII. It never says PASS, as a part of a load keeps no promise. */
public final class ShareTable {
    private ShareTable() {}

    /**
     * The table.
     *
     * @param who {@code injector 1 of 3}
     * @param shares what the folder says of the share; null where it says nothing
     * @param state what the injector has to say of itself
     * @param folder where its files are
     */
    public static String of(RunSummary run, String who, @Nullable Shares shares, Verdict state, String folder) {
        List<String> lines = new ArrayList<>();
        lines.add(who + "  " + run.simulation() + " against " + run.target() + ": " + Figures.size(run));
        lines.add("");
        if (shares != null && shares.haveMet()) {
            Shares.Part part = shares.parts().get(0);
            lines.add("  share of   " + shares.whole() + ": " + run.journeys() + " of " + part.planned() + " journeys");
            lines.add("  clock      "
                    + String.format(
                            Locale.ROOT,
                            "%.1f ms ahead of injector 0's, give or take %.1f ms; began %.1f ms late",
                            part.clockAheadMs(),
                            part.clockWithinMs(),
                            part.lateMs()));
        }
        lines.add("  turns      " + Figures.told(run.outcomes()) + "; sessions " + Figures.sessions(run));
        lines.add("  ttfl       " + ConsoleTable.percentiles(run, Metric.TTFL));
        lines.add("  contract: " + Figures.contract(run) + "; generator: "
                + (run.health().ok() ? "well" : "ill"));
        state.reasons().forEach(reason -> {
            lines.add("  " + reason.decision().label() + ": " + reason.fact());
            lines.add("    try: " + reason.attempt());
        });
        lines.add("  files      " + folder);
        lines.add("  a share has no verdict of its own: firstline merge judges all of them");
        return ConsoleTable.ascii(lines);
    }
}
