package firstline;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.firstline.run.Load;
import dev.firstline.run.Run;
import dev.firstline.run.Settings;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Does it stay as it was? One rate for long; slopes over the thirds of the run are promised. */
public final class SoakSimulation extends Simulation {
    // Parameters
    private final Settings settings = Settings.read();
    private final double rate = settings.rate("rate", 2);
    private final Duration duration = settings.duration("duration", Duration.ofHours(1));

    // Scenario
    private final Load load =
            Load.steady(rate, settings.duration("settle"), duration, settings.duration("extend"), settings.seed());
    private final Run run = Run.prepare("soak", settings, load);
    private final ScenarioBuilder customers = scenario("soak").exec(run.journeys());

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
