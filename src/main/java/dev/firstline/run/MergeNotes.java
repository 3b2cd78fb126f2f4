package dev.firstline.run;

import dev.firstline.gate.Bound.Unit;
import dev.firstline.stats.Shares;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is worth saying of shares that were merged and changes nothing. A pure function of the shares. */
final class MergeNotes {
    private MergeNotes() {}

    static List<String> of(Shares shares) {
        List<Shares.Part> parts = shares.parts();
        List<String> notes = new ArrayList<>(said(parts));
        if (parts.size() > 1) {
            notes.add(
                    parts.size() + " injectors began within " + Unit.MS.text(beganWithinMs(parts)) + " of each other");
        }
        clocks(parts, notes);
        return notes;
    }

    /** What all have said is said once, and by nobody. */
    private static List<String> said(List<Shares.Part> parts) {
        Map<String, List<Integer>> by = new LinkedHashMap<>();
        for (Shares.Part part : parts) {
            part.notes()
                    .forEach(note ->
                            by.computeIfAbsent(note, any -> new ArrayList<>()).add(part.injector()));
        }
        List<String> notes = new ArrayList<>();
        by.forEach((note, injectors) -> {
            if (injectors.size() == parts.size()) {
                notes.add(note);
            } else {
                injectors.forEach(injector -> notes.add("injector " + injector + ": " + note));
            }
        });
        return notes;
    }

    /** When an injector began is known to it as well as the time at injector 0 is. */
    private static double beganWithinMs(List<Shares.Part> parts) {
        double most = 0;
        for (Shares.Part one : parts) {
            for (Shares.Part other : parts) {
                if (one.injector() < other.injector()) {
                    double apart = Math.abs(one.lateMs() - other.lateMs());
                    most = Math.max(most, apart + one.clockWithinMs() + other.clockWithinMs());
                }
            }
        }
        return most;
    }

    /** The clock that is wrong by most, and how wrong the others may be. */
    private static void clocks(List<Shares.Part> parts, List<String> notes) {
        List<Shares.Part> others = parts.stream()
                .filter(part -> part.injector() != 0)
                .sorted(Comparator.<Shares.Part>comparingDouble(part -> -Math.abs(part.clockAheadMs()))
                        .thenComparingInt(Shares.Part::injector))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        Shares.Part worst = others.get(0);
        if (Math.abs(worst.clockAheadMs()) <= worst.clockWithinMs()) {
            notes.add("clocks: all within " + Unit.MS.text(withinMs(others)) + " of injector 0's");
            return;
        }
        List<Shares.Part> rest = others.subList(1, others.size());
        notes.add("clocks: injector %d is %s ± %s %s injector 0%s"
                .formatted(
                        worst.injector(),
                        Unit.MS.text(Math.abs(worst.clockAheadMs())),
                        Unit.MS.text(worst.clockWithinMs()),
                        worst.clockAheadMs() > 0 ? "ahead of" : "behind",
                        rest.isEmpty() ? "" : "; the others within " + Unit.MS.text(withinMs(rest))));
    }

    private static double withinMs(List<Shares.Part> parts) {
        return parts.stream()
                .mapToDouble(part -> Math.abs(part.clockAheadMs()) + part.clockWithinMs())
                .max()
                .orElse(0);
    }
}
