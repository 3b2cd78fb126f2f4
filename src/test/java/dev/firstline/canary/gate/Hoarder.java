package dev.firstline.canary.gate;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.networknt.schema.SchemaRegistry;
import io.gatling.javaapi.core.Simulation;
import io.netty.channel.EventLoop;
import java.util.List;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;

/** The gate uses what belongs to others. */
public final class Hoarder {
    public final List<Class<?>> hoard = List.of(
            Histogram.class,
            SchemaRegistry.class,
            WireMockServer.class,
            Simulation.class,
            EventLoop.class,
            CommandLine.class);
}
