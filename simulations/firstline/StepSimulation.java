package firstline;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.firstline.run.Load;
import dev.firstline.run.Run;
import dev.firstline.run.Settings;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** One rate of a capacity search, held until it is decided whether the target carries it. */
public final class StepSimulation extends Simulation {
    // Parameters
    private final Settings settings = Settings.read();
    private final double rate = settings.rate("rate", 1);
    private final Duration duration = settings.duration("duration", Duration.ofSeconds(30));

    // Scenario
    private final Load load =
            Load.steady(rate, settings.duration("settle"), duration, settings.duration("extend"), settings.seed());
    private final Run run = Run.prepare("step", settings, load);
    private final ScenarioBuilder customers = scenario("step").exec(run.journeys());

    // Injection
    {
        setUp(run.warmUp().andThen(customers.injectOpen(run.arrivals())))
                .protocols(run.protocol())
                .maxDuration(run.gatlingsMaxDuration());
    }

    @Override
    public void after() {
        run.end();
    }
}
