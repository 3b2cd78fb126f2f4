package dev.firstline.journey;

import dev.firstline.Misuse;
import java.util.Comparator;
import java.util.List;

/** Which journey each arrival makes: a pure function of a seed and the arrival's number. Immutable. */
public final class Mix {
    /** Sets the draws of journeys apart from the gaps between arrivals, which are drawn from the same seed. */
    private static final long SALT = 0x6a6f75726e657973L;

    private final List<Journey> journeys;
    private final boolean inTurn;
    private final long weights;

    private Mix(List<Journey> journeys, boolean inTurn) {
        this.journeys =
                journeys.stream().sorted(Comparator.comparing(Journey::name)).toList();
        this.inTurn = inTurn;
        this.weights = journeys.stream().mapToLong(Journey::weight).sum();
        if (journeys.isEmpty()) {
            throw new Misuse("at least one journey", "none", "the folder of journeys", "name a folder with --journeys");
        }
        for (int i = 1; i < this.journeys.size(); i++) {
            String name = this.journeys.get(i).name();
            if (name.equals(this.journeys.get(i - 1).name())) {
                throw new Misuse(
                        "journeys with a name of their own",
                        "two called " + name,
                        "the folder of journeys",
                        "rename one of them");
            }
        }
    }

    /**
     * Journeys at random, each as often as its weight says. The order they are handed over in does not matter.
     *
     * @throws Misuse if there is none, or two have the same name
     */
    public static Mix of(List<Journey> journeys) {
        return new Mix(journeys, false);
    }

    /**
     * One after the other in the order of their names and over again, whatever their weights: n times as many arrivals
     * as journeys make each of them n times.
     *
     * @throws Misuse if there is none, or two have the same name
     */
    public static Mix inTurn(List<Journey> journeys) {
        return new Mix(journeys, true);
    }

    /** The journeys, ordered by name. */
    public List<Journey> journeys() {
        return journeys;
    }

    /** How many turns a journey has in the mean. */
    public double turnsPerJourney() {
        double turns = 0;
        double of = 0;
        for (Journey journey : journeys) {
            double weight = inTurn ? 1 : journey.weight();
            turns += weight * journey.turns().size();
            of += weight;
        }
        return turns / of;
    }

    /** What arrival {@code k}, from 0, does. */
    public Journey choose(long seed, long k) {
        if (inTurn) {
            return journeys.get(Math.floorMod(k, journeys.size()));
        }
        long drawn = (long) (SplitMix.fractionAt(seed ^ SALT, k) * weights);
        for (Journey journey : journeys) {
            drawn -= journey.weight();
            if (drawn < 0) {
                return journey;
            }
        }
        throw new IllegalStateException("a fraction below 1 was drawn outside the weights");
    }
}
