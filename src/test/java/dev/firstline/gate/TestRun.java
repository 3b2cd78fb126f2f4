package dev.firstline.gate;

import dev.firstline.stats.Health;
import dev.firstline.stats.LatencyHistogram;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.Window;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run for a test: 1000 good turns of 200 journeys, but for what the test says. */
public record TestRun(
        long turns,
        long good,
        long attempts,
        long stalled,
        long leaked,
        Map<String, RunSummary.Attained> attained,
        Map<String, Long> outcomes,
        Map<String, Map<String, Long>> calls,
        Map<String, MetricSummary> metrics,
        List<Window> windows,
        RunSummary.@Nullable Contract contract,
        Health health) {
    public static final Health WELL = new Health(1.2, 0.9, 11, 0.31, 0.1, 2.0, 1.0, 0, 200, 200, true);
    public static final TestRun GOOD = new TestRun(
            1000,
            1000,
            1000,
            0,
            0,
            Map.of(),
            Map.of("ok", 1000L),
            Map.of("init", Map.of("ok", 200L), "close", Map.of("ok", 200L)),
            Map.of(),
            List.of(),
            null,
            WELL);

    public TestRun turns(long turns, long good, long attempts) {
        return new TestRun(
                turns, good, attempts, stalled, leaked, attained, outcomes, calls, metrics, windows, contract, health);
    }

    public TestRun stalled(long turns) {
        return new TestRun(
                this.turns,
                good,
                attempts,
                turns,
                leaked,
                attained,
                outcomes,
                calls,
                metrics,
                windows,
                contract,
                health);
    }

    public TestRun leaked(long sessions) {
        return new TestRun(
                turns, good, attempts, stalled, sessions, attained, outcomes, calls, metrics, windows, contract,
                health);
    }

    public TestRun attained(String limit, long within, long of) {
        return new TestRun(
                turns,
                good,
                attempts,
                stalled,
                leaked,
                Map.of(limit, new RunSummary.Attained(within, of)),
                outcomes,
                calls,
                metrics,
                windows,
                contract,
                health);
    }

    public TestRun outcomes(Map<String, Long> ofTurns, Map<String, Map<String, Long>> ofCalls) {
        return new TestRun(
                turns, good, attempts, stalled, leaked, attained, ofTurns, ofCalls, metrics, windows, contract, health);
    }

    public TestRun windows(List<Window> seen) {
        return new TestRun(
                turns, good, attempts, stalled, leaked, attained, outcomes, calls, metrics, seen, contract, health);
    }

    public TestRun contract(long lines, long checked, long violations, long drifts, Map<String, Long> rules) {
        return contract(lines, checked, violations, drifts, rules, violations > 0 ? rules.keySet() : Set.of());
    }

    public TestRun contract(
            long lines, long checked, long violations, long drifts, Map<String, Long> rules, Set<String> broken) {
        RunSummary.Contract seen = new RunSummary.Contract(lines, checked, violations, drifts, rules, broken);
        return new TestRun(
                turns, good, attempts, stalled, leaked, attained, outcomes, calls, metrics, windows, seen, health);
    }

    public TestRun health(Health seen) {
        return new TestRun(
                turns, good, attempts, stalled, leaked, attained, outcomes, calls, metrics, windows, contract, seen);
    }

    public TestRun metric(Metric metric, MetricSummary seen) {
        Map<String, MetricSummary> more = new LinkedHashMap<>(metrics);
        more.put(metric.label(), seen);
        return new TestRun(
                turns, good, attempts, stalled, leaked, attained, outcomes, calls, more, windows, contract, health);
    }

    public TestRun late() {
        return health(new Health(80.0, 0.9, 11, 0.31, 0.1, 2.0, 1.0, 0, 200, 200, true));
    }

    /** Values from 1 ms, one each millisecond, so that p50 of 1000 is 500 ms; the last ones were waited in vain. */
    public static MetricSummary ramp(int count, int waited) {
        LatencyHistogram values = new LatencyHistogram();
        for (int ms = 1; ms <= count; ms++) {
            if (ms > count - waited) {
                values.recordWaited(Duration.ofMillis(ms).toNanos());
            } else {
                values.record(Duration.ofMillis(ms).toNanos());
            }
        }
        return MetricSummary.of(values);
    }

    public static MetricSummary all(int count, long ms) {
        LatencyHistogram values = new LatencyHistogram();
        for (int i = 0; i < count; i++) {
            values.record(Duration.ofMillis(ms).toNanos());
        }
        return MetricSummary.of(values);
    }

    public static Window window(long fromS, int turns, int good, long ttflMs, long openSessions) {
        return new Window(fromS, turns, good, turns - good, all(turns, ttflMs), openSessions);
    }

    public RunSummary summary() {
        return summary("load", "stub", Map.of());
    }

    public RunSummary summary(String simulation, String target, Map<String, Map<String, MetricSummary>> byKind) {
        long opened = 200;
        return new RunSummary(
                RunSummary.VERSION,
                simulation + "-20261120T180000Z",
                simulation,
                target,
                "2026-11-20T18:00:00Z",
                124.5,
                Map.of("java", "17"),
                200,
                turns,
                new RunSummary.Goodput(good, attempts, good / 124.5),
                new RunSummary.Stalled(stalled, turns),
                attained,
                outcomes,
                calls,
                metrics,
                Map.of(),
                byKind,
                windows,
                new RunSummary.Sessions(opened, opened - leaked, leaked),
                contract,
                health);
    }
}
