package firstline;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.firstline.run.Load;
import dev.firstline.run.Run;
import dev.firstline.run.Settings;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** How wrong is the harness itself? The load of a day against the stub, whose delays are known. */
public final class CertifySimulation extends Simulation {
    // Parameters
    private final Settings settings = Settings.read();
    private final double rate = settings.rate("rate", 10);
    private final Duration settle = settings.duration("settle");
    private final Duration duration = settings.duration("duration", Duration.ofSeconds(30));

    // Scenario
    private final Run run =
            Run.prepare("certify", settings, Load.steady(rate, settle, duration, Duration.ZERO, settings.seed()));
    private final ScenarioBuilder customers = scenario("certify").exec(run.journeys());

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
