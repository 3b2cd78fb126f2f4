package dev.firstline.gatling;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The first record of Gatling's log: the run itself.
 *
 * @param version Gatling's
 * @param simulation the class
 * @param startMillis since 1970
 * @param scenarios by their place; users are logged by it
 * @param assertions as Gatling pickled them, a character for each byte; nobody here looks inside
 */
record LoggedRun(
        String version,
        String simulation,
        long startMillis,
        String description,
        List<String> scenarios,
        List<String> assertions) {
    LoggedRun {
        scenarios = List.copyOf(scenarios);
        assertions = List.copyOf(assertions);
    }

    /**
     * The run of which both are parts, of the same version and simulation: from the earlier start, with the scenarios
     * and assertions of either. In whatever order parts are joined, the whole says the same.
     */
    LoggedRun with(LoggedRun other) {
        Set<String> names = new LinkedHashSet<>(scenarios);
        names.addAll(other.scenarios);
        List<String> promises = new ArrayList<>(assertions);
        List<String> known = new ArrayList<>(assertions);
        for (String promise : other.assertions) {
            if (!known.remove(promise)) {
                promises.add(promise);
            }
        }
        // The greater of two descriptions: any rule will do that asks neither who came first nor lets none win.
        String words = description.compareTo(other.description) >= 0 ? description : other.description;
        long start = Math.min(startMillis, other.startMillis);
        return new LoggedRun(version, simulation, start, words, List.copyOf(names), promises);
    }
}
