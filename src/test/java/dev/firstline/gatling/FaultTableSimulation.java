package dev.firstline.gatling;

import static dev.firstline.gatling.Firstline.ndjson;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.firstline.contract.AnswerChecker;
import dev.firstline.contract.AnswerEnd;
import dev.firstline.contract.ContractFiles;
import dev.firstline.contract.Contracts;
import dev.firstline.contract.Severity;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.RuleHit;
import dev.firstline.wire.Endpoint;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A customer for each row of the fault table and each protocol: opens a session and asks once. */
public final class FaultTableSimulation extends Simulation {
    static final Map<String, CallResult> RESULTS = new ConcurrentHashMap<>();

    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(6), Duration.ofSeconds(6), Duration.ofSeconds(10));
    private static final String WHO = "\"businessId\":\"b\",\"clientKey\":\"c\"";
    private static final String TURN = "{" + WHO + ",\"sessionId\":\"#{session}\",\"inputEvents\":[{\"messageEvent\":"
            + "{\"role\":\"USER\",\"content\":{\"textContent\":{\"text\":\"One moment\"}}}}]}";
    private static final Contracts CONTRACTS = Contracts.load(ContractFiles.shipped());

    /** For Gatling. */
    public FaultTableSimulation() {
        HttpProtocolBuilder http1 =
                http.baseUrl(FaultTableTest.stub().baseUrl().toString()).header("x-api-key", "test");
        HttpProtocolBuilder http2 = http.baseUrl(
                        FaultTableTest.stub().tlsBaseUrl().orElseThrow().toString())
                .header("x-api-key", "test")
                .enableHttp2();
        List<PopulationBuilder> users = new ArrayList<>();
        for (FaultTable.Row row : FaultTable.rows()) {
            users.add(user("h1", row, users.size()).protocols(http1));
            users.add(user("h2", row, users.size()).protocols(http2));
        }
        // The first calls of a process load a thousand classes, and the rows have limits to keep.
        ChainBuilder often = repeat(20).on(exec(init(), invoke("warm-up", "", "0")));
        setUp(scenario("warm-up h1")
                .exec(often)
                .injectOpen(atOnceUsers(2))
                .protocols(http1)
                .andThen(scenario("warm-up h2")
                        .exec(often)
                        .injectOpen(atOnceUsers(2))
                        .protocols(http2)
                        .andThen(users)));
    }

    private static PopulationBuilder user(String protocol, FaultTable.Row row, int place) {
        String name = protocol + " " + row.fault();
        return scenario(name)
                .exec(init(), invoke(name, row.fault(), "1"))
                .injectOpen(nothingFor(Duration.ofMillis(20L * place)), atOnceUsers(1));
    }

    private static ChainBuilder init() {
        return exec(http("init")
                .post(Endpoint.INIT.path())
                .body(StringBody("{" + WHO + "}"))
                .check(jsonPath("$.response.sessionId").saveAs("session")));
    }

    private static NdjsonActionBuilder invoke(String name, String fault, String speed) {
        return ndjson(http(name)
                        .post(Endpoint.INVOKE.path())
                        .header("X-Firstline-Recording", "sofia/turn-3")
                        .header("X-Firstline-Fault", fault)
                        .header("X-Firstline-Speed", speed)
                        .body(StringBody(TURN)))
                .timeouts(TIMEOUTS)
                .check(answer -> CompletableFuture.supplyAsync(() -> check(answer)))
                .onResult(result -> RESULTS.put(name, result));
    }

    private static AnswerCheck.Checked check(AnswerCheck.Received answer) {
        List<RuleHit> hits = new ArrayList<>();
        AnswerChecker checker = CONTRACTS.answer(
                Endpoint.INVOKE,
                "",
                (finding, line) -> hits.add(new RuleHit(
                        finding.rule().id(), finding.rule().severity() == Severity.VIOLATION, finding.line())));
        checker.head(answer.status(), answer.contentType());
        answer.lines().forEach(checker::line);
        AnswerEnd end = answer.end();
        if (end == null) {
            checker.left();
        } else {
            checker.end(end);
        }
        return new AnswerCheck.Checked(checker.checked(), hits);
    }
}
