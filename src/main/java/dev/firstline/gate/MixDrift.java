package dev.firstline.gate;

import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * Whether runs are made of other turns than those they are held against. A service that answers with other events, or a
 * journey that ends earlier, changes every percentile without being any faster or slower.
 *
 * <p>Pearson's chi-square of the two mixes, divided by how much the accepted runs vary among themselves, since turns of
 * a journey come together and are not independent. A difference of less than {@value #SHARE_MIN} of all turns is never
 * one: with turns enough, every difference is certain.
 */
final class MixDrift {
    static final double SHARE_MIN = 0.02;
    static final double ALPHA = 0.001;

    private final List<Map<String, Long>> candidates;
    private final List<Map<String, Long>> accepted;
    private final List<String> parts;

    private MixDrift(List<Map<String, Long>> candidates, List<Map<String, Long>> accepted) {
        this.candidates = candidates;
        this.accepted = accepted;
        TreeSet<String> all = new TreeSet<>();
        candidates.forEach(mix -> all.addAll(mix.keySet()));
        accepted.forEach(mix -> all.addAll(mix.keySet()));
        this.parts = new ArrayList<>(all);
    }

    /** What differs, in one line each; none if the mixes are alike. */
    static List<String> between(List<RunSummary> candidates, List<RunSummary> accepted) {
        List<String> facts = new ArrayList<>();
        new MixDrift(
                        candidates.stream().map(run -> mix(run.byKind())).toList(),
                        accepted.stream().map(run -> mix(run.byKind())).toList())
                .fact("another mix of event kinds", "")
                .ifPresent(facts::add);
        new MixDrift(
                        candidates.stream().map(run -> mix(run.byTurn())).toList(),
                        accepted.stream().map(run -> mix(run.byTurn())).toList())
                .fact("another mix of turns", "turn ")
                .ifPresent(facts::add);
        return facts;
    }

    private static Map<String, Long> mix(Map<String, Map<String, MetricSummary>> cuts) {
        Map<String, Long> counts = new TreeMap<>();
        cuts.forEach((part, metrics) -> {
            MetricSummary turns = metrics.getOrDefault(Metric.E2E.label(), metrics.get(Metric.TTFL.label()));
            if (turns != null) {
                counts.put(part, turns.count());
            }
        });
        return counts;
    }

    private Optional<String> fact(String what, String prefix) {
        double[] now = sum(candidates);
        double[] before = sum(accepted);
        double nowTotal = total(now);
        double beforeTotal = total(before);
        if (nowTotal == 0 || beforeTotal == 0) {
            return nowTotal == beforeTotal
                    ? Optional.empty()
                    : Optional.of(what + ": " + (nowTotal == 0 ? "none now" : "none before"));
        }
        double moved = 0;
        int most = 0;
        for (int part = 0; part < now.length; part++) {
            moved += Math.abs(now[part] / nowTotal - before[part] / beforeTotal) / 2;
            if (distance(now, before, part) > distance(now, before, most)) {
                most = part;
            }
        }
        if (moved < SHARE_MIN || p(now, before) > ALPHA) {
            return Optional.empty();
        }
        return Optional.of(what + ": " + prefix + parts.get(most) + " is "
                + Bound.Unit.SHARE.text(now[most] / nowTotal) + " of the turns, was "
                + Bound.Unit.SHARE.text(before[most] / beforeTotal));
    }

    private static double distance(double[] now, double[] before, int part) {
        return Math.abs(now[part] / total(now) - before[part] / total(before));
    }

    private double p(double[] now, double[] before) {
        int freedom = parts.size() - 1;
        double chi = chiSquare(List.of(now, before));
        List<double[]> each = accepted.stream().map(this::row).toList();
        int freedomBefore = freedom * (each.size() - 1);
        if (freedomBefore == 0) {
            return 1 - new ChiSquaredDistribution(null, freedom).cumulativeProbability(chi);
        }
        // Less than chance would give is chance, too, or a schedule that is the same each time.
        double usual = Math.max(1, chiSquare(each) / freedomBefore);
        return 1 - new FDistribution(null, freedom, freedomBefore).cumulativeProbability(chi / freedom / usual);
    }

    /** Pearson's, of a table with a row a mix; a part that no row has says nothing. */
    private static double chiSquare(List<double[]> rows) {
        double[] columns = new double[rows.get(0).length];
        double all = 0;
        for (double[] row : rows) {
            for (int part = 0; part < row.length; part++) {
                columns[part] += row[part];
                all += row[part];
            }
        }
        double chi = 0;
        for (double[] row : rows) {
            double share = total(row) / all;
            for (int part = 0; part < row.length; part++) {
                double expected = share * columns[part];
                chi += expected == 0 ? 0 : (row[part] - expected) * (row[part] - expected) / expected;
            }
        }
        return chi;
    }

    private double[] sum(Collection<Map<String, Long>> mixes) {
        double[] sum = new double[parts.size()];
        for (Map<String, Long> mix : mixes) {
            double[] row = row(mix);
            for (int part = 0; part < sum.length; part++) {
                sum[part] += row[part];
            }
        }
        return sum;
    }

    private double[] row(Map<String, Long> mix) {
        return parts.stream().mapToDouble(part -> mix.getOrDefault(part, 0L)).toArray();
    }

    private static double total(double[] counts) {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        return total;
    }
}
