package dev.firstline.gate.capacity;

import dev.firstline.gate.capacity.Constraint.Tally;

/** How near to broken a constraint is: bad ones over those allowed. */
final class Loads {
    /** What it is said to be where none is allowed and one was seen: far beyond anything that can be measured. */
    static final double HOPELESS = 1000;

    private Loads() {}

    static double of(Tally tally, double allowed) {
        return tally.bad() == 0 ? 0 : Math.min(HOPELESS, tally.share() / allowed);
    }
}
