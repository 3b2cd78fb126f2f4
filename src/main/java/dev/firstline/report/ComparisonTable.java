package dev.firstline.report;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.gate.Comparison;
import dev.firstline.gate.Comparison.Row;
import dev.firstline.gate.Comparison.Rule;
import dev.firstline.gate.Comparison.State;
import dev.firstline.gate.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison for five seconds: plain ASCII. */
public final class ComparisonTable {
    private static final String FORM = "  %-9s %12s %12s %9s %12s %9s  %s";
    private static final String NONE = "-";
    private static final double LEAST_P = 0.0001;

    private ComparisonTable() {}

    /**
     * The table.
     *
     * @param report where the newest candidate's report is
     */
    public static String of(Comparison comparison, String report) {
        List<String> lines = new ArrayList<>();
        lines.add(title(comparison));
        lines.add("");
        if (!comparison.rows().isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT, FORM, "figure", before(comparison), "now", "change", "slower from", "p", ""));
        }
        for (Row row : comparison.rows()) {
            List<Object> cells = new ArrayList<>(cells(row));
            cells.add(row.state() == State.SLOWER ? "SLOWER" : row.state().label());
            lines.add(String.format(Locale.ROOT, FORM, cells.toArray()));
        }
        if (!comparison.rows().isEmpty()) {
            lines.add("");
        }
        comparison.notes().forEach(note -> lines.add("  " + note));
        reasons(comparison.reasons(), lines);
        lines.add("  report     " + report);
        return ConsoleTable.ascii(lines);
    }

    /** What to try is said once where it is the same for several. */
    private static void reasons(List<Reason> reasons, List<String> lines) {
        for (int i = 0; i < reasons.size(); i++) {
            Reason reason = reasons.get(i);
            lines.add("  " + reason.decision().label() + ": " + reason.fact());
            boolean isLast =
                    i + 1 == reasons.size() || !reasons.get(i + 1).attempt().equals(reason.attempt());
            if (isLast) {
                lines.add("    try: " + reason.attempt());
            }
        }
    }

    /** {@code FAIL load against stub: 3 runs against 20 accepted ones}. */
    static String title(Comparison comparison) {
        String what = switch (comparison.rule()) {
            case PREDICTION -> " accepted";
            case SCREEN -> " accepted, as a screen";
            case PERMUTATION -> " of another build";
        };
        int runs = comparison.candidates().size();
        return comparison.decision().label() + "  " + comparison.simulation() + " against " + comparison.target() + ": "
                + runs + (runs == 1 ? " run" : " runs") + " held against "
                + comparison.accepted().size() + what;
    }

    /** What the column of the runs is called that others are held against. */
    static String before(Comparison comparison) {
        return comparison.rule() == Rule.PERMUTATION ? "other build" : "accepted";
    }

    /** The figure, before, now, change, limit and p as people read them. */
    static List<String> cells(Row row) {
        return List.of(
                row.figure(),
                Unit.MS.text(row.acceptedMs()),
                Unit.MS.text(row.candidateMs()),
                change((Double) row.ratio()),
                change(row.limitRatio()),
                p(row.p()));
    }

    private static String change(@Nullable Double ratio) {
        return ratio == null ? NONE : String.format(Locale.ROOT, "%+.1f %%", (ratio - 1) * 100);
    }

    private static String p(@Nullable Double p) {
        return p == null ? NONE : p < LEAST_P ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }
}
