package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.gatling.GatlingMain;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs a simulation in this process, as {@code mvn gatling:test} does in one of its own. */
public final class Runs {
    private Runs() {}

    /** The same, with somebody who looks on. */
    public static Finished run(String simulation, Map<String, String> settings, Onlooker onlooker) {
        Live.lookOn(onlooker);
        return run(simulation, settings);
    }

    /**
     * Runs the simulation class of that name and waits until it is judged.
     *
     * @param simulation {@code smoke}, {@code load}, {@code spike} or {@code soak}
     * @param settings by their names without the prefix
     * @throws Misuse if something was refused before the first request
     */
    public static Finished run(String simulation, Map<String, String> settings) {
        Exit.claim();
        Settings.of(settings);
        settings.forEach((name, value) -> System.setProperty(Settings.PREFIX + name, value));
        String reports = settings.getOrDefault("reports", "reports");
        try {
            GatlingMain.run(simulationClass(simulation), GatlingFolder.all(Path.of(reports)));
        } catch (Exception e) {
            if (!notStarted(e)) {
                throw e;
            }
        }
        return Optional.ofNullable(Run.last())
                .orElseThrow(() -> new IllegalStateException("Gatling ended and no run was judged"));
    }

    /** Gatling wraps what a simulation's constructor throws. */
    private static boolean notStarted(Throwable problem) {
        return problem instanceof Run.NotStartedException
                || (problem.getCause() != null && notStarted(problem.getCause()));
    }

    /** Simulations are known by name only: this source tree never imports them. */
    static String simulationClass(String simulation) {
        return "firstline." + simulation.substring(0, 1).toUpperCase(Locale.ROOT) + simulation.substring(1)
                + "Simulation";
    }
}
