package dev.firstline.bench;

import static dev.firstline.gatling.Firstline.ndjson;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.run.ContractCheck;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import dev.firstline.stats.RunIdentity;
import dev.firstline.stats.RunRecorder;
import dev.firstline.stats.RunTally;
import dev.firstline.stats.TurnLimits;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a turn of 20 lines costs the generator's process: Gatling's plain request, which throws the answer away; ours,
 * which times and reads every line; ours with every result added up and written to a log; and that with every line held
 * against the contract, as a run does.
 *
 * <p>Gatling starts it as a simulation, too.
 */
public final class TurnCost extends Simulation {
    private static final int WARM_UP_ROUNDS = 8;

    private enum Way {
        PLAIN,
        OURS,
        RECORDED,
        CHECKED
    }

    private final Windows<Way> windows = new Windows<>(Way.class);
    private final Path folder = Scratch.folder();
    private final RunRecorder recorder = recorder(folder);
    private final LongAdder unchecked = new LongAdder();
    private final Set<String> findings = ConcurrentHashMap.newKeySet();
    private final ContractCheck check =
            ContractCheck.forgetful(Contracts.load(ContractFiles.shipped()), waitedNanos -> {}, Clock.system());

    /** For Gatling. */
    public TurnCost() {
        ChainBuilder turn = doSwitch(session -> windows.current())
                .on(
                        onCase(Way.PLAIN).then(exec(request("plain"))),
                        onCase(Way.OURS).then(exec(ndjson(request("ours")))),
                        onCase(Way.RECORDED)
                                .then(exec(ndjson(request("recorded")).onResult(recorder::add))),
                        onCase(Way.CHECKED)
                                .then(exec(
                                        ndjson(request("checked")).check(check).onResult(this::checked))));
        ChainBuilder counted = turn.exec(session -> {
            windows.turn(session.isFailed());
            return session;
        });
        setUp(scenario("turns")
                        .exec(asLongAs(session -> !windows.over()).on(counted))
                        .injectOpen(atOnceUsers(Integer.getInteger("bench.users"))))
                .protocols(http.baseUrl(System.getProperty("bench.url")));
    }

    /** Runs both cases, or {@code -Dcase=paced|burst}. {@code -Drounds=N}: windows of each way, 30 unless told. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String rounds = System.getProperty("rounds", "30");
        String only = System.getProperty("case", "");
        if (!only.equals("burst")) {
            Fork.gatling(
                    "20 lines that arrive one by one, 60 customers",
                    TurnCost.class,
                    Map.of("path", "/paced/20/5000", "users", "60", "rounds", rounds));
        }
        if (!only.equals("paced")) {
            Fork.gatling(
                    "20 lines in one flush, 64 customers",
                    TurnCost.class,
                    Map.of("path", "/burst/20/0", "users", "64", "rounds", rounds));
        }
    }

    @Override
    public void before() {
        Thread watch = new Thread(() -> windows.measure(WARM_UP_ROUNDS, Integer.getInteger("bench.rounds")));
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public void after() {
        recorder.close();
        Scratch.remove(folder);
        System.err.printf(
                "%d results unrecorded, %d lines unchecked, found: %s%n",
                recorder.unrecorded(), unchecked.sum(), findings);
    }

    private void checked(CallResult result) {
        recorder.add(result);
        unchecked.add(result.linesUnchecked());
        result.findings().forEach(hit -> findings.add(hit.rule()));
    }

    private static HttpRequestActionBuilder request(String name) {
        return http(name)
                .post(System.getProperty("bench.path"))
                .body(StringBody("{\"inputEvents\":[]}"))
                .check(status().is(200));
    }

    private static RunRecorder recorder(Path folder) {
        Duration second = Duration.ofSeconds(1);
        try {
            return RunRecorder.start(
                    folder,
                    new RunIdentity("bench", "bench", "bench", "2026-01-01T00:00:00Z", Map.of()),
                    new RunTally(new TurnLimits(second, second, second, second)),
                    Clock.system().nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
