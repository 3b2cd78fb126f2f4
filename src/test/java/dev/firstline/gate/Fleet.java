package dev.firstline.gate;

import dev.firstline.stats.Health;
import dev.firstline.stats.LatencyHistogram;
import dev.firstline.stats.Metric;
import dev.firstline.stats.MetricSummary;
import dev.firstline.stats.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Simulated runs: 3,000 turns a run, times to first line log-normal with σ = 0.35 around 600 ms and three in a hundred
 * three times as long; the whole answer is some 1,200 ms of the same kind longer. What a run has in common is one
 * log-normal factor. Seeded.
 */
public final class Fleet {
    private static final int TURNS = 3_000;
    private static final double SIGMA = 0.35;
    private static final double TTFL_MS = 600;
    private static final double REST_MS = 1_200;

    private final SplittableRandom random;
    private final double spread;
    private int runs;

    /** @param spread how much runs differ, as the standard deviation of their logarithm: 0.03 is three percent */
    public Fleet(long seed, double spread) {
        this.random = new SplittableRandom(seed);
        this.spread = spread;
    }

    /** What the service does differently: every turn times {@code slower}, a share of them {@code times} as well. */
    public record Service(double slower, double share, double times) {
        public static final Service USUAL = new Service(1, 0, 1);

        public static Service slower(double ratio) {
            return new Service(ratio, 0, 1);
        }
    }

    public List<RunSummary> usual(int count) {
        return runs(count, Service.USUAL);
    }

    public List<RunSummary> runs(int count, Service service) {
        return Stream.generate(() -> run(service)).limit(count).toList();
    }

    /** Judged by themselves, and found to be well. */
    public static List<Judged> passed(List<RunSummary> runs) {
        return runs.stream()
                .map(run -> new Judged(run, Decision.PASS, List.of()))
                .toList();
    }

    /** The next run, an hour after the last one. */
    public RunSummary run(Service service) {
        double common = Math.exp(spread * gaussian());
        LatencyHistogram ttfl = new LatencyHistogram();
        LatencyHistogram e2e = new LatencyHistogram();
        for (int turn = 0; turn < TURNS; turn++) {
            double slower = common * service.slower() * (random.nextDouble() < service.share() ? service.times() : 1);
            double first = TTFL_MS * slower * turnFactor();
            ttfl.record((long) (first * 1e6));
            e2e.record((long) ((first + REST_MS * slower * turnFactor()) * 1e6));
        }
        return summary(MetricSummary.of(ttfl), MetricSummary.of(e2e));
    }

    private double turnFactor() {
        return Math.exp(SIGMA * gaussian()) * (random.nextDouble() < 0.03 ? 3 : 1);
    }

    /** Marsaglia's polar method; two at a time would be faster, and harder to read. */
    private double gaussian() {
        while (true) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * Math.sqrt(-2 * Math.log(square) / square);
            }
        }
    }

    private RunSummary summary(MetricSummary ttfl, MetricSummary e2e) {
        Instant started = Instant.parse("2026-11-01T00:00:00Z").plus(Duration.ofHours(runs));
        String name = "load-%04d".formatted(runs++);
        return new RunSummary(
                RunSummary.VERSION,
                name,
                "load",
                "stub",
                started.toString(),
                600,
                Map.of("rate", "5", "machine", "2 processors"),
                600,
                TURNS,
                new RunSummary.Goodput(TURNS, TURNS, 5),
                new RunSummary.Stalled(0, TURNS),
                Map.of(),
                Map.of("ok", (long) TURNS),
                Map.of(),
                Map.of(Metric.TTFL.label(), ttfl, Metric.E2E.label(), e2e),
                mix(Map.of("1", TURNS / 2, "2", TURNS / 2)),
                mix(Map.of("messageEvent.textContent", 2 * TURNS / 3, "messageEvent.catalog", TURNS / 3)),
                List.of(),
                new RunSummary.Sessions(600, 600, 0),
                null,
                TestRun.WELL);
    }

    /** A mix of so many turns of each kind, or of each place in the journey. */
    public static Map<String, Map<String, MetricSummary>> mix(Map<String, Integer> counts) {
        Map<String, Map<String, MetricSummary>> cuts = new TreeMap<>();
        counts.forEach((part, count) -> cuts.put(part, Map.of(Metric.E2E.label(), counted(count))));
        return cuts;
    }

    private static MetricSummary counted(int count) {
        return new MetricSummary(count, null, null, null, null, null, 0, "", null);
    }

    /** The same run elsewhere, with another mix of kinds, or by another generator. */
    public static RunSummary with(
            RunSummary run,
            Map<String, String> fingerprint,
            Map<String, Map<String, MetricSummary>> byKind,
            Health health) {
        return with(run, fingerprint, run.metrics(), byKind, health);
    }

    /** The same run with other figures. */
    public static RunSummary with(RunSummary run, Map<String, MetricSummary> metrics) {
        return with(run, run.fingerprint(), metrics, run.byKind(), run.health());
    }

    private static RunSummary with(
            RunSummary run,
            Map<String, String> fingerprint,
            Map<String, MetricSummary> metrics,
            Map<String, Map<String, MetricSummary>> byKind,
            Health health) {
        return new RunSummary(
                run.version(),
                run.run(),
                run.simulation(),
                run.target(),
                run.started(),
                run.seconds(),
                fingerprint,
                run.journeys(),
                run.turns(),
                run.goodput(),
                run.stalled(),
                run.attained(),
                run.outcomes(),
                run.calls(),
                metrics,
                run.byTurn(),
                byKind,
                run.windows(),
                run.sessions(),
                run.contract(),
                health);
    }

    /** Accepted in their order, none of them a cut. */
    public static List<Accepted> accepted(List<RunSummary> runs) {
        List<Accepted> accepted = new ArrayList<>();
        runs.forEach(run ->
                accepted.add(new Accepted(Accepted.VERSION, run.started(), "a test", Decision.PASS, false, run)));
        return accepted;
    }
}
