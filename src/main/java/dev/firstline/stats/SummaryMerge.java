package dev.firstline.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One summary of several that were measured side by side: counts and histograms add up, percentiles are told anew from
 * the added histograms, never averaged. Associative and commutative.
 */
public final class SummaryMerge {
    /** What of a fingerprint may differ: shares of a load need not come from like machines. */
    private static final String MACHINE = "machine";

    private static final String BOTH = " + ";

    private SummaryMerge() {}

    /**
     * The merged summary, under a name of its own.
     *
     * @throws IllegalArgumentException if there is none, or if they differ in simulation, target or, the class of
     *     machine apart, in fingerprint
     */
    public static RunSummary merge(String run, List<RunSummary> parts) {
        RunSummary merged = parts.stream()
                .reduce(SummaryMerge::two)
                .orElseThrow(() -> new IllegalArgumentException("nothing to merge"));
        return merged.of(
                new RunIdentity(run, merged.simulation(), merged.target(), merged.started(), merged.fingerprint()));
    }

    private static RunSummary two(RunSummary a, RunSummary b) {
        same("simulation", a.simulation(), b.simulation());
        same("target", a.target(), b.target());
        Map<String, String> fingerprint = fingerprint(a.fingerprint(), b.fingerprint());
        double seconds = Math.max(a.seconds(), b.seconds());
        long good = a.goodput().good() + b.goodput().good();
        return new RunSummary(
                a.version(),
                a.run(),
                a.simulation(),
                a.target(),
                a.started().compareTo(b.started()) <= 0 ? a.started() : b.started(),
                seconds,
                fingerprint,
                a.journeys() + b.journeys(),
                a.turns() + b.turns(),
                new RunSummary.Goodput(
                        good,
                        a.goodput().attempts() + b.goodput().attempts(),
                        seconds == 0 ? 0 : Math.round(good / seconds * 1e3) / 1e3),
                new RunSummary.Stalled(
                        a.stalled().turns() + b.stalled().turns(),
                        a.stalled().of() + b.stalled().of()),
                union(
                        a.attained(),
                        b.attained(),
                        (x, y) -> new RunSummary.Attained(x.within() + y.within(), x.of() + y.of())),
                union(a.outcomes(), b.outcomes(), Long::sum),
                union(a.calls(), b.calls(), (x, y) -> union(x, y, Long::sum)),
                metrics(a.metrics(), b.metrics()),
                union(a.byTurn(), b.byTurn(), SummaryMerge::metrics),
                union(a.byKind(), b.byKind(), SummaryMerge::metrics),
                windows(a.windows(), b.windows()),
                new RunSummary.Sessions(
                        a.sessions().opened() + b.sessions().opened(),
                        a.sessions().closed() + b.sessions().closed(),
                        a.sessions().leaked() + b.sessions().leaked()),
                contract(a, b),
                a.health().worse(b.health()));
    }

    /**
     * The fingerprint of two shares: {@code "2 processors, Linux amd64, Java 17 + 4 processors, Linux amd64, Java 17"}
     * is the machine of both.
     *
     * @throws IllegalArgumentException if they differ in anything but the class of machine
     */
    public static Map<String, String> fingerprint(Map<String, String> a, Map<String, String> b) {
        Map<String, String> one = new TreeMap<>(a);
        Map<String, String> other = new TreeMap<>(b);
        Set<String> machines = new TreeSet<>();
        for (Map<String, String> each : List.of(one, other)) {
            String machine = each.remove(MACHINE);
            machines.addAll(machine == null ? List.of() : List.of(machine.split(Pattern.quote(BOTH), -1)));
        }
        same("fingerprint", one, other);
        if (!machines.isEmpty()) {
            one.put(MACHINE, String.join(BOTH, machines));
        }
        return one;
    }

    private static Map<String, MetricSummary> metrics(Map<String, MetricSummary> a, Map<String, MetricSummary> b) {
        return union(a, b, SummaryMerge::metric);
    }

    private static MetricSummary metric(MetricSummary a, MetricSummary b) {
        LatencyHistogram sum = a.values();
        sum.add(b.values());
        return MetricSummary.of(sum);
    }

    private static List<Window> windows(List<Window> a, List<Window> b) {
        Map<Long, Window> byStart = new TreeMap<>();
        for (Window window : a) {
            byStart.put(window.fromS(), window);
        }
        for (Window window : b) {
            byStart.merge(
                    window.fromS(),
                    window,
                    (x, y) -> new Window(
                            x.fromS(),
                            x.turns() + y.turns(),
                            x.good() + y.good(),
                            x.ko() + y.ko(),
                            metric(x.ttfl(), y.ttfl()),
                            x.openSessions() + y.openSessions()));
        }
        return new ArrayList<>(byStart.values());
    }

    private static RunSummary.@Nullable Contract contract(RunSummary x, RunSummary y) {
        if (x.contract() == null && y.contract() == null) {
            return null;
        }
        RunSummary.Contract a = contractOrUnchecked(x);
        RunSummary.Contract b = contractOrUnchecked(y);
        Set<String> broken = new TreeSet<>(a.broken());
        broken.addAll(b.broken());
        return new RunSummary.Contract(
                a.lines() + b.lines(),
                a.checked() + b.checked(),
                a.violations() + b.violations(),
                a.drifts() + b.drifts(),
                union(a.rules(), b.rules(), Long::sum),
                broken);
    }

    /** Lines that no contract has seen stay unseen: beside a part that was checked they are lines all the same. */
    private static RunSummary.Contract contractOrUnchecked(RunSummary part) {
        if (part.contract() != null) {
            return part.contract();
        }
        @Nullable MetricSummary ttfl = part.metric(Metric.TTFL);
        @Nullable MetricSummary gap = part.metric(Metric.GAP);
        long firstLines = ttfl == null ? 0 : ttfl.count() - ttfl.waited();
        return new RunSummary.Contract(firstLines + (gap == null ? 0 : gap.count()), 0, 0, 0, Map.of(), Set.of());
    }

    private static <V> Map<String, V> union(Map<String, V> a, Map<String, V> b, BinaryOperator<V> sum) {
        Map<String, V> union = new TreeMap<>(a);
        b.forEach((key, value) -> union.merge(key, value, sum));
        return union;
    }

    private static void same(String what, Object a, Object b) {
        if (!a.equals(b)) {
            throw new IllegalArgumentException("runs of a different " + what + " cannot be merged: " + a + ", " + b);
        }
    }
}
