package dev.firstline.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstline.stats.RunSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run that others are held against: a file of {@code reports/baselines}.
 *
 * @param version the version of the format
 * @param accepted when it was accepted, in ISO 8601
 * @param why the reason somebody gave
 * @param verdict what it came to by itself
 * @param cut whether the baseline begins anew with this run: what was accepted before it counts no more
 * @param summary the run in the figures that a comparison needs; its histograms are left out
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Accepted(int version, String accepted, String why, Decision verdict, boolean cut, RunSummary summary) {
    /** The version this harness writes. */
    public static final int VERSION = 1;

    /** By when they ran. */
    public static final Comparator<Accepted> BY_TIME = Comparator.comparing(
                    (Accepted one) -> one.summary().started())
            .thenComparing(one -> one.summary().run());

    public Accepted {
        // A file may lack any of them.
        for (@Nullable Object part : new @Nullable Object[] {accepted, why, verdict, summary}) {
            Objects.requireNonNull(part, "an accepted run lacks one of its parts");
        }
    }

    /** Those that count: from the last cut on, in the order in which they ran. */
    public static List<Accepted> sinceCut(List<Accepted> runs) {
        List<Accepted> inOrder = runs.stream().sorted(BY_TIME).toList();
        int from = 0;
        for (int i = 0; i < inOrder.size(); i++) {
            from = inOrder.get(i).cut() ? i : from;
        }
        return inOrder.subList(from, inOrder.size());
    }

    /** The same run, from which the baseline begins anew. */
    public Accepted asCut(String reason, String when) {
        return new Accepted(version, when, reason, verdict, true, summary);
    }
}
