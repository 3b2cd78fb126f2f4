package dev.firstline.gate;

import dev.firstline.stats.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether runs of two builds took turns, so that a machine that warms up or slows down touches both alike. */
final class Turns {
    private Turns() {}

    /** What is wrong with their order, if anything is. */
    static Optional<String> note(List<RunSummary> candidates, List<RunSummary> others) {
        Set<RunSummary> ofCandidates = candidates.stream().collect(Collectors.toSet());
        List<RunSummary> inOrder = new ArrayList<>(candidates);
        inOrder.addAll(others);
        inOrder.sort(Comparator.comparing(RunSummary::started));
        long changes = 0;
        for (int i = 1; i < inOrder.size(); i++) {
            if (ofCandidates.contains(inOrder.get(i)) != ofCandidates.contains(inOrder.get(i - 1))) {
                changes++;
            }
        }
        return changes >= Math.min(candidates.size(), others.size())
                ? Optional.empty()
                : Optional.of("the two builds' runs were not made in turns (ABBA...): what changed on the machine "
                        + "meanwhile looks like a difference of the builds");
    }
}
