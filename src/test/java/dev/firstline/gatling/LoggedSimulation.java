package dev.firstline.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Everything that Gatling's log can hold, in names of any script. */
public final class LoggedSimulation extends Simulation {
    static final int USERS = 3;
    static final String GOOD = "größer";
    static final String BAD = "плохо";
    static final String NEVER_SENT = "#{nobody}";

    /** The log as it was on disk when the run was over and Gatling not yet. */
    static byte[] logAtTheEnd = {};

    /** For Gatling. */
    public LoggedSimulation() {
        ChainBuilder calls = group("外")
                .on(
                        group("inner").on(exec(call(GOOD, "/good")), exec(call(BAD, "/bad"))),
                        exec(call("unsent", NEVER_SENT)));
        setUp(
                        scenario("first").exec(calls).injectOpen(atOnceUsers(USERS)),
                        scenario("第二").exec(call(GOOD, "/good")).injectOpen(atOnceUsers(1)))
                .protocols(http.baseUrl(SimulationLogsTest.server().http1()))
                .assertions(
                        details("外", "inner", BAD).failedRequests().count().gte((long) USERS),
                        details(GOOD).failedRequests().count().is(0L));
    }

    @Override
    public void after() {
        try {
            logAtTheEnd = Files.readAllBytes(GatlingRun.log(SimulationLogsTest.results()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChainBuilder call(String name, String path) {
        return exec(http(name).get(path).check(status().is(200)));
    }
}
