package firstline;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.firstline.run.Load;
import dev.firstline.run.Run;
import dev.firstline.run.Settings;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Does every journey work at all? Each is walked twice; counts, shares and maxima are promised. */
public final class SmokeSimulation extends Simulation {
    // Parameters
    private final Settings settings = Settings.read();
    private final int rounds = settings.count("rounds", 2);
    private final Duration over = settings.duration("duration", Duration.ofSeconds(12));

    // Scenario
    private final Run run = Run.prepare("smoke", settings, Load.everyJourney(rounds, over));
    private final ScenarioBuilder customers = scenario("smoke").exec(run.journeys());

    // Injection
    {
        setUp(run.warmUp().andThen(customers.injectOpen(run.arrivals())))
                .protocols(run.protocol())
                .maxDuration(run.gatlingsMaxDuration())
                .assertions(run.assertions());
    }

    @Override
    public void after() {
        run.end();
    }
}
