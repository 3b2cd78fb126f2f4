package dev.firstline.run;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** A smoke run whose checker has room for nothing. */
public final class CrampedSimulation extends Simulation {
    private final Settings settings = Settings.read();
    private final int rounds = settings.count("rounds", 1);
    private final Duration over = settings.duration("duration", Duration.ofSeconds(1));
    private final Run run =
            Run.prepare("smoke", settings, Load.everyJourney(rounds, over), new ContractCheck.Bounds(1, 1));

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
