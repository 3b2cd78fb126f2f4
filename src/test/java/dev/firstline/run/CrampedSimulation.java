package dev.firstline.run;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** A smoke run whose checker has room for nothing. */
public final class CrampedSimulation extends Simulation {
    private final Run run = Run.prepare(
            "smoke", Settings.read(), Load.everyJourney(1, Duration.ofSeconds(1)), new ContractCheck.Bounds(1, 1));

    /** For Gatling. */
    public CrampedSimulation() {
        setUp(run.warmUp().andThen(scenario("smoke").exec(run.journeys()).injectOpen(run.arrivals())))
                .protocols(run.protocol())
                .maxDuration(run.gatlingsMaxDuration());
    }

    @Override
    public void after() {
        run.end();
    }
}
