package dev.firstline.run;

import dev.firstline.journey.Arrivals;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Mix;
import dev.firstline.journey.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much load, and of which journeys: what a simulation asks of a {@link Run}. A pure description; nothing of it
 * depends on when it is carried out.
 */
public final class Load {
    private final Map<String, String> scenario;
    private final double journeysPerSecondMax;
    private final Duration duration;
    private final @Nullable Double peakEndS;
    private final Shape shape;

    private interface Shape {
        Plan plan(List<Journey> journeys);
    }

    /** Which journey arrives when. */
    record Plan(Arrivals arrivals, Mix mix) {}

    private Load(
            Map<String, String> scenario,
            double journeysPerSecondMax,
            Duration duration,
            @Nullable Double peakEndS,
            Shape shape) {
        this.scenario = new TreeMap<>(scenario);
        this.journeysPerSecondMax = journeysPerSecondMax;
        this.duration = duration;
        this.peakEndS = peakEndS;
        this.shape = shape;
    }

    /** Every journey so often, one after the other, evenly over a time. */
    public static Load everyJourney(int rounds, Duration over) {
        return new Load(
                Map.of("rounds", "" + rounds, "over", over.toString()),
                1,
                over,
                null,
                journeys -> new Plan(Arrivals.evenly(rounds * journeys.size(), over), Mix.inTurn(journeys)));
    }

    /** Journeys by their weights, arriving at random (Poisson) at a rate that never changes. */
    public static Load constant(double journeysPerSecond, Duration duration, long seed) {
        return poisson(
                Map.of("rate", "" + journeysPerSecond, "duration", duration.toString(), "seed", "" + seed),
                Profile.constant(journeysPerSecond, duration),
                null,
                seed);
    }

    /**
     * Journeys by their weights, arriving at random (Poisson): a quarter of the duration at the base rate, a quarter at
     * the peak, half at the base rate again, to recover.
     */
    public static Load spike(double basePerSecond, double peakPerSecond, Duration duration, long seed) {
        Duration quarter = duration.dividedBy(4);
        Map<String, String> scenario = Map.of(
                "rate",
                "" + basePerSecond,
                "peak",
                "" + peakPerSecond,
                "duration",
                duration.toString(),
                "seed",
                "" + seed);
        return poisson(
                scenario,
                Profile.spike(basePerSecond, peakPerSecond, quarter, quarter, quarter.multipliedBy(2)),
                2 * quarter.toNanos() / 1e9,
                seed);
    }

    private static Load poisson(Map<String, String> scenario, Profile profile, @Nullable Double peakEndS, long seed) {
        return new Load(
                scenario,
                profile.peakPerSecond(),
                profile.duration(),
                peakEndS,
                journeys -> new Plan(Arrivals.poisson(seed, profile), Mix.of(journeys)));
    }

    Plan plan(List<Journey> journeys) {
        return shape.plan(journeys);
    }

    /** What makes this load another than the next: part of a run's fingerprint. */
    Map<String, String> scenario() {
        return scenario;
    }

    double journeysPerSecondMax() {
        return journeysPerSecondMax;
    }

    Duration duration() {
        return duration;
    }

    /** When the peak is over, in seconds from the first arrival's schedule; null where there is none. */
    @Nullable
    Double peakEndS() {
        return peakEndS;
    }
}
