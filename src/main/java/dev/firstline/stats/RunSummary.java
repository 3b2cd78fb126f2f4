package dev.firstline.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run in figures: {@code summary.json}, the file that the gate, a merge and a report read. Times are milliseconds.
 *
 * @param version the version of the format
 * @param run the run's name: {@code load-20261120T180000Z}
 * @param simulation which simulation it was: {@code load}
 * @param target the target's name
 * @param started when the first arrival was due, in ISO 8601
 * @param seconds how long the schedule and what followed from it took
 * @param fingerprint what a run must share with another to be compared with it
 * @param journeys conversations that were started
 * @param turns turns that were attempted, each with an outcome
 * @param goodput turns that kept every limit
 * @param stalled turns with a gap above the stall limit
 * @param attained how many turns kept each {@link TimeLimit} that was counted, by its label; none in older files
 * @param outcomes how many turns ended in which way, by {@link Outcome#label()}
 * @param calls how many calls of other kinds ended in which way, by the call's label
 * @param metrics every {@link Metric} that has values, by its label
 * @param byTurn metrics of turns by their place in the journey
 * @param byKind metrics of turns by the kind of the first content
 * @param windows the run in steps of ten seconds, by when turns were due
 * @param sessions how many sessions were opened and closed
 * @param contract what the contract had to say, or null where none was checked
 * @param health how the generator fared
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunSummary(
        int version,
        String run,
        String simulation,
        String target,
        String started,
        double seconds,
        Map<String, String> fingerprint,
        long journeys,
        long turns,
        Goodput goodput,
        Stalled stalled,
        Map<String, Attained> attained,
        Map<String, Long> outcomes,
        Map<String, Map<String, Long>> calls,
        Map<String, MetricSummary> metrics,
        @JsonProperty("by_turn") Map<String, Map<String, MetricSummary>> byTurn,
        @JsonProperty("by_kind") Map<String, Map<String, MetricSummary>> byKind,
        List<Window> windows,
        Sessions sessions,
        @Nullable Contract contract,
        Health health) {
    /** The version this harness writes. */
    public static final int VERSION = 1;

    private static final Set<Metric> COMPARED = Set.of(Metric.TTFL, Metric.TTFL_SERVICE, Metric.LAG, Metric.E2E);

    public RunSummary {
        attained = attained == null ? Map.of() : attained;
        // A file may lack any of them.
        for (@Nullable
        Object part : new @Nullable Object[] {
            run,
            simulation,
            target,
            started,
            fingerprint,
            goodput,
            stalled,
            outcomes,
            calls,
            metrics,
            byTurn,
            byKind,
            windows,
            sessions,
            health
        }) {
            Objects.requireNonNull(part, "a summary lacks one of its parts");
        }
    }

    /**
     * Turns that kept every limit of {@link TurnLimits}.
     *
     * @param good how many
     * @param attempts of how many: every turn that was not abandoned, and every init that failed
     * @param perS good ones a second
     */
    public record Goodput(
            long good, long attempts, @JsonProperty("per_s") double perS) {}

    /**
     * Turns with a gap above the stall limit.
     *
     * @param turns how many
     * @param of of how many
     */
    public record Stalled(long turns, long of) {}

    /**
     * Turns that kept one limit.
     *
     * @param within how many
     * @param of of how many that had such a time, or failed
     */
    public record Attained(long within, long of) {}

    /**
     * Sessions by the ledger.
     *
     * @param opened inits that were answered with a session
     * @param closed sessions that were closed
     * @param leaked sessions that were opened and are not known to be closed
     */
    public record Sessions(long opened, long closed, long leaked) {}

    /**
     * What the contract had to say.
     *
     * @param lines lines that came and are not blank, in answers of status 2xx
     * @param checked lines that were checked
     * @param violations broken promises
     * @param drifts surprises that break none
     * @param rules how often each rule was hit
     * @param broken those of them whose hits are violations
     */
    public record Contract(
            long lines, long checked, long violations, long drifts, Map<String, Long> rules, Set<String> broken) {}

    /** The metric's summary, or null where it has no values. */
    public @Nullable MetricSummary metric(Metric metric) {
        return metrics.get(metric.label());
    }

    /** The share of attempts that were good, or 0 where there was none. */
    public double goodputShare() {
        return goodput.attempts() == 0 ? 0 : (double) goodput.good() / goodput.attempts();
    }

    /** The same figures as those of another run. */
    public RunSummary of(RunIdentity identity) {
        return with(identity, metrics, byTurn, byKind, windows, health);
    }

    /** The same run with other windows. */
    public RunSummary windows(List<Window> others) {
        return with(identity(), metrics, byTurn, byKind, others, health);
    }

    /** The same run with its generator judged. */
    public RunSummary judged(boolean healthy) {
        return with(identity(), metrics, byTurn, byKind, windows, health.judged(healthy));
    }

    /**
     * The same run with no more than a comparison with other runs needs: without windows and histograms, and of each
     * place in the journey and each kind only the whole answers. A tenth of the size or less.
     */
    public RunSummary slim() {
        return with(identity(), slim(metrics, COMPARED), slimCuts(byTurn), slimCuts(byKind), List.of(), health);
    }

    private RunIdentity identity() {
        return new RunIdentity(run, simulation, target, started, fingerprint);
    }

    private RunSummary with(
            RunIdentity identity,
            Map<String, MetricSummary> metrics,
            Map<String, Map<String, MetricSummary>> byTurn,
            Map<String, Map<String, MetricSummary>> byKind,
            List<Window> windows,
            Health health) {
        return new RunSummary(
                version,
                identity.run(),
                identity.simulation(),
                identity.target(),
                identity.started(),
                seconds,
                new TreeMap<>(identity.fingerprint()),
                journeys,
                turns,
                goodput,
                stalled,
                attained,
                outcomes,
                calls,
                metrics,
                byTurn,
                byKind,
                windows,
                sessions,
                contract,
                health);
    }

    private static Map<String, Map<String, MetricSummary>> slimCuts(Map<String, Map<String, MetricSummary>> cuts) {
        Map<String, Map<String, MetricSummary>> slim = new TreeMap<>();
        cuts.forEach((cut, values) -> slim.put(cut, slim(values, Set.of(Metric.E2E))));
        return slim;
    }

    private static Map<String, MetricSummary> slim(Map<String, MetricSummary> values, Set<Metric> kept) {
        Map<String, MetricSummary> slim = new TreeMap<>();
        for (Metric metric : kept) {
            MetricSummary summary = values.get(metric.label());
            if (summary != null) {
                slim.put(metric.label(), summary.withoutHistogram());
            }
        }
        return slim;
    }
}
