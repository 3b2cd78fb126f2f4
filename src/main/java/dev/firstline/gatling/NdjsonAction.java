package dev.firstline.gatling;

import dev.firstline.stats.Outcome;
import io.gatling.commons.util.Clock;
import io.gatling.commons.validation.Validation;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.controller.throttle.Throttler$Command$ThrottledRequest;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.http.action.UnnamedRequestAction;
import io.gatling.http.cache.SslContextSupport;
import io.gatling.http.client.Request;
import io.gatling.http.engine.tx.HttpTx;
import io.gatling.http.protocol.HttpComponents;
import io.gatling.http.protocol.HttpProtocol;
import io.gatling.http.request.HttpRequest;
import io.gatling.http.request.HttpRequestDef;
import io.gatling.http.request.builder.HttpRequestBuilder;
import java.util.Optional;
import java.util.function.Function;
import scala.Option;
import scala.runtime.BoxedUnit;

/**
 * Builds Gatling's own request and sends it through Gatling's own client, but with an {@link Exchange} to listen to it.
 *
 * <p>Relies on Gatling 3.15.1: {@code UnnamedRequestAction} is the one action class that Java can extend (the traits
 * above it have members that only scalac sees); {@code HttpRequestBuilder.build}, {@code HttpEngine.executeRequest} and
 * the registry's {@code HttpComponents} are public in byte code only. Its cache of answers and of permanent redirects
 * is passed by: neither says anything about a POST.
 */
final class NdjsonAction extends UnnamedRequestAction {
    private final CoreComponents core;
    private final HttpComponents http;
    private final HttpRequestDef definition;
    private final CallPlan plan;
    private final Function<io.gatling.javaapi.core.Session, CallScript> scripts;
    private final GatlingReport report;
    private final Action next;
    private final String name;

    private NdjsonAction(
            CoreComponents core,
            HttpComponents http,
            HttpRequestDef definition,
            CallPlan plan,
            Function<io.gatling.javaapi.core.Session, CallScript> scripts,
            Action next) {
        super(core.statsEngine());
        this.core = core;
        this.http = http;
        this.definition = definition;
        this.plan = plan;
        this.scripts = scripts;
        this.report = new GatlingReport(core, http);
        this.next = next;
        this.name = "ndjson-" + System.identityHashCode(this);
    }

    static NdjsonAction of(
            ScenarioContext context,
            Action next,
            HttpRequestBuilder request,
            CallPlan plan,
            Function<io.gatling.javaapi.core.Session, CallScript> scripts) {
        HttpComponents http = context.protocolComponentsRegistry().components(HttpProtocol.HttpProtocolKey());
        CoreComponents core = context.coreComponents();
        HttpRequestDef definition =
                request.build(http.httpCaches(), http.httpProtocol(), context.throttled(), core.configuration());
        return new NdjsonAction(core, http, definition, plan, scripts, next);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Action next() {
        return next;
    }

    @Override
    public Clock clock() {
        return core.clock();
    }

    /** Never fails towards Gatling: what cannot be sent is a result like any other. */
    @Override
    public Validation<BoxedUnit> sendRequest(Session session) {
        if (plan.tracker().stopped()) {
            return Validation.unit();
        }
        CallScript script = scripts.apply(new io.gatling.javaapi.core.Session(session));
        String requestName = definition
                .requestName()
                .apply(session)
                .toOption()
                .getOrElse(() -> script.kind().label());
        Call call = new Call(plan, script, report, session, next, requestName, this::send);
        try {
            Optional<String> unsendable = script.unsendable();
            if (unsendable.isPresent()) {
                call.unsendable(Outcome.of(Outcome.Kind.UNEXPECTED_ANSWER), unsendable.get());
            } else {
                build(session, call);
            }
        } catch (RuntimeException e) {
            call.unsendable(
                    Outcome.of(Outcome.Kind.CONNECT_FAILED), e.getClass().getSimpleName());
        }
        return Validation.unit();
    }

    private void build(Session session, Call call) {
        Validation<HttpRequest> built = definition.build(session);
        built.onFailure(why -> {
            call.unsendable(Outcome.of(Outcome.Kind.CONNECT_FAILED), why);
            return BoxedUnit.UNIT;
        });
        built.onSuccess(request -> {
            send(call, new HttpTx(session, request, next, Option.empty(), 0));
            return BoxedUnit.UNIT;
        });
    }

    private void send(Call call, HttpTx tx) {
        Exchange exchange = new Exchange(call, tx, plan.clock());
        call.begin(exchange);
        Request request = tx.request().clientRequest();
        Session session = tx.session();
        Runnable execute = () -> http.httpEngine()
                .executeRequest(
                        request,
                        session.userId(),
                        http.httpProtocol().enginePart().shareConnections(),
                        session.eventLoop(),
                        exchange,
                        SslContextSupport.sslContexts(session));
        if (tx.request().requestConfig().throttled() && core.throttler().isDefined()) {
            core.throttler().get().$bang(new Throttler$Command$ThrottledRequest(session.scenario(), () -> {
                execute.run();
                return BoxedUnit.UNIT;
            }));
        } else {
            execute.run();
        }
    }
}
