package firstline;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.firstline.run.Load;
import dev.firstline.run.Run;
import dev.firstline.run.Settings;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Does it recover from a rush? A base rate, a peak, the base rate again; a time to recover is promised. */
public final class SpikeSimulation extends Simulation {
    // Parameters
    private final Settings settings = Settings.read();
    private final double rate = settings.rate("rate", 3);
    private final double peak = settings.rate("peak", 5 * rate);
    private final Duration duration = settings.duration("duration", Duration.ofMinutes(4));

    // Scenario
    private final Run run = Run.prepare("spike", settings, Load.spike(rate, peak, duration, settings.seed()));
    private final ScenarioBuilder customers = scenario("spike").exec(run.journeys());

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
