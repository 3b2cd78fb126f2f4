package dev.firstline.run;

import dev.firstline.journey.Arrivals;
import dev.firstline.journey.Journey;
import dev.firstline.journey.Mix;
import dev.firstline.journey.Profile;
import dev.firstline.journey.Share;
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
    private final Duration settle;
    private final Duration enough;
    private final @Nullable Double peakEndS;
    private final Shape shape;

    private interface Shape {
        Plan plan(List<Journey> journeys, Share share);
    }

    /** Which journey arrives when. */
    record Plan(Arrivals arrivals, Mix mix) {}

    private Load(
            Map<String, String> scenario,
            double journeysPerSecondMax,
            Duration duration,
            Duration settle,
            Duration enough,
            @Nullable Double peakEndS,
            Shape shape) {
        this.scenario = new TreeMap<>(scenario);
        this.journeysPerSecondMax = journeysPerSecondMax;
        this.duration = duration;
        this.settle = settle;
        this.enough = enough;
        this.peakEndS = peakEndS;
        this.shape = shape;
    }

    /** Every journey so often, one after the other, evenly over a time. */
    public static Load everyJourney(int rounds, Duration over) {
        return new Load(
                Map.of("rounds", "" + rounds, "over", over.toString()),
                1,
                over,
                Duration.ZERO,
                over,
                null,
                (journeys, share) ->
                        new Plan(Arrivals.evenly(rounds * journeys.size(), over).dealt(share), Mix.inTurn(journeys)));
    }

    /** Journeys by their weights, arriving at random (Poisson) at a rate that never changes. */
    public static Load constant(double journeysPerSecond, Duration duration, long seed) {
        return steady(journeysPerSecond, Duration.ZERO, duration, Duration.ZERO, seed);
    }

    /**
     * Journeys by their weights, arriving at random (Poisson) at a rate that never changes.
     *
     * @param settle comes first: what is due in it is in no figure
     * @param duration how long is measured
     * @param extend how long is measured at most while a promise cannot be decided; what is below the duration extends
     *     nothing
     */
    public static Load steady(
            double journeysPerSecond, Duration settle, Duration duration, Duration extend, long seed) {
        Map<String, String> scenario = new TreeMap<>(
                Map.of("rate", "" + journeysPerSecond, "duration", duration.toString(), "seed", "" + seed));
        if (!settle.isZero()) {
            scenario.put("settle", settle.toString());
        }
        Duration longest = extend.compareTo(duration) > 0 ? extend : duration;
        Profile profile = Profile.constant(journeysPerSecond, settle.plus(longest));
        return new Load(
                scenario,
                profile.peakPerSecond(),
                profile.duration(),
                settle,
                settle.plus(duration),
                null,
                (journeys, share) -> new Plan(Arrivals.poisson(seed, profile).drawn(seed, share), Mix.of(journeys)));
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
        Profile profile = Profile.spike(basePerSecond, peakPerSecond, quarter, quarter, quarter.multipliedBy(2));
        return new Load(
                scenario,
                profile.peakPerSecond(),
                profile.duration(),
                Duration.ZERO,
                profile.duration(),
                2 * quarter.toNanos() / 1e9,
                (journeys, share) -> new Plan(Arrivals.poisson(seed, profile).drawn(seed, share), Mix.of(journeys)));
    }

    /**
     * Which journey arrives when at one injector. The seed, the rate and the durations are the whole load's.
     *
     * @throws dev.firstline.Misuse if one of the injectors would have nothing to do
     */
    Plan plan(List<Journey> journeys, Share share) {
        return shape.plan(journeys, share);
    }

    /** What makes this load another than the next: part of a run's fingerprint. */
    Map<String, String> scenario() {
        return scenario;
    }

    double journeysPerSecondMax() {
        return journeysPerSecondMax;
    }

    /** How long journeys arrive at most, the time to settle included. */
    Duration duration() {
        return duration;
    }

    /** How long journeys arrive before anything is measured. */
    Duration settle() {
        return settle;
    }

    /** From when on the load may end, if every promise can be decided; from the schedule's beginning. */
    Duration enough() {
        return enough;
    }

    /** When the peak is over, in seconds from the first arrival's schedule; null where there is none. */
    @Nullable
    Double peakEndS() {
        return peakEndS;
    }
}
