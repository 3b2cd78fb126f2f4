package dev.firstline.run;

import dev.firstline.Misuse;
import dev.firstline.gate.Circumstances;
import dev.firstline.gate.Judge;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Verdict;
import dev.firstline.gatling.AgentGraph;
import dev.firstline.gatling.SloAssertions;
import dev.firstline.gatling.Timeouts;
import dev.firstline.journey.Ledger;
import dev.firstline.report.ReportFiles;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.TurnLimits;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run, as a simulation sees it: all is prepared when {@link #prepare} returns, and {@link #end} judges it.
 *
 * <pre>{@code
 * private final Run run = Run.prepare("load", settings, Load.constant(5, Duration.ofMinutes(2), settings.seed()));
 * {
 *     setUp(run.warmUp().andThen(scenario("load").exec(run.journeys()).injectOpen(run.arrivals())))
 *             .protocols(run.protocol())
 *             .maxDuration(run.maxDuration())
 *             .assertions(run.assertions());
 * }
 * }</pre>
 */
public final class Run {
    private static final AtomicReference<@Nullable Finished> LAST = new AtomicReference<>();

    private final Prepared prepared;

    private Run(Prepared prepared) {
        this.prepared = prepared;
    }

    /** The run that was judged last in this process, or null. */
    static @Nullable Finished last() {
        return LAST.get();
    }
}
