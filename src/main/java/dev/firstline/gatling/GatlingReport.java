package dev.firstline.gatling;

import dev.firstline.stats.Outcome;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.core.CoreComponents;
import io.gatling.core.session.Session;
import io.gatling.http.engine.response.DefaultResponseProcessor;
import io.gatling.http.engine.response.NextExecutor;
import io.gatling.http.engine.response.RootSessionProcessor;
import io.gatling.http.engine.tx.HttpTx;
import io.gatling.http.protocol.HttpComponents;
import io.gatling.http.response.HttpFailure;
import io.gatling.http.response.HttpResult;
import java.util.concurrent.TimeUnit;
import scala.Option;

/**
 * Writes into Gatling's own statistics: a call through Gatling's response pipeline, with its checks, cookies and
 * redirects, and what is timed beside it as entries of their own.
 *
 * <p>Relies on Gatling 3.15.1: {@code DefaultResponseProcessor} calls exactly one method of its {@code NextExecutor};
 * {@code StatsEngine.logResponse} takes milliseconds of Gatling's clock and may be called from any thread.
 */
final class GatlingReport {
    private final CoreComponents core;
    private final HttpComponents http;

    GatlingReport(CoreComponents core, HttpComponents http) {
        this.core = core;
        this.http = http;
    }

    long nowMillis() {
        return core.clock().nowMillis();
    }

    /** Lets Gatling check an answer, log it and go on. */
    void answered(HttpTx tx, Session session, HttpResult result, NextExecutor then) {
        HttpTx current = new HttpTx(session, tx.request(), tx.next(), tx.resourceTx(), tx.redirectCount());
        RootSessionProcessor sessions = new RootSessionProcessor(
                current.silent(),
                current.request().clientRequest(),
                current.request().requestConfig().checks(),
                http.httpCaches(),
                http.httpProtocol());
        new DefaultResponseProcessor(
                        current,
                        sessions,
                        http.httpTxExecutor().statsProcessor(current),
                        then,
                        core.configuration().core().charset())
                .onComplete(result);
    }

    /** Logs a failed call and goes on. */
    void failed(Exchange exchange, Session session, long startMillis, long endMillis, String why, NextExecutor then) {
        answered(exchange.tx(), session, new HttpFailure(exchange.request(), startMillis, endMillis, why), then);
    }

    /** Logs an entry beside the call's own; {@code nanos} is its length and {@code startMillis} its begin. */
    void entry(Session session, String name, long startMillis, long nanos, Outcome outcome, String message) {
        boolean ko = outcome.isKo();
        Status status = ko ? KO$.MODULE$ : OK$.MODULE$;
        core.statsEngine()
                .logResponse(
                        session.scenario(),
                        session.groups(),
                        name,
                        startMillis,
                        startMillis + millis(nanos),
                        status,
                        Option.empty(),
                        ko ? Option.apply(message) : Option.empty());
    }

    /** To the nearest millisecond: Gatling knows no finer time. */
    static long millis(long nanos) {
        return (nanos + TimeUnit.MILLISECONDS.toNanos(1) / 2) / TimeUnit.MILLISECONDS.toNanos(1);
    }
}
