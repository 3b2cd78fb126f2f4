package dev.firstline.stub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.admin.Router;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.AdminApiExtension;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import dev.firstline.Misuse;

/** What the stub tells of itself and lets itself be told, below {@code /__admin/firstline}. */
final class AdminPages implements AdminApiExtension {
    /** Where the pages are, below a stub's base URL. */
    static final String PATH = "/__admin/firstline";

    private static final String BELOW_ADMIN = "/firstline";

    private final Pacer pacer;
    private final Sessions sessions;
    private final Agent agent;

    AdminPages(Pacer pacer, Sessions sessions, Agent agent) {
        this.pacer = pacer;
        this.sessions = sessions;
        this.agent = agent;
    }

    @Override
    public String getName() {
        return "firstline-admin";
    }

    @Override
    public void contributeAdminApiRoutes(Router router) {
        // WireMock knows a task by its class, so each has a lambda of its own.
        router.add(RequestMethod.GET, BELOW_ADMIN, (admin, event, path) -> ok(figures()));
        router.add(RequestMethod.GET, BELOW_ADMIN + "/sessions", (admin, event, path) -> ok(openSessions()));
        router.add(RequestMethod.GET, BELOW_ADMIN + "/unanswered", (admin, event, path) -> ok(unanswered()));
        router.add(RequestMethod.POST, BELOW_ADMIN + "/lag/reset", (admin, event, path) -> {
            pacer.reset();
            return ok(figures());
        });
        router.add(RequestMethod.POST, BELOW_ADMIN + "/reset", (admin, event, path) -> {
            agent.reset();
            pacer.reset();
            return ok(figures());
        });
        router.add(
                RequestMethod.PUT,
                BELOW_ADMIN + "/fault",
                (admin, event, path) -> setFault(event.getRequest().getBodyAsString()));
    }

    private ObjectNode figures() {
        StubLag lag = pacer.lag();
        long nowNanos = pacer.clock().nanoTime();
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("active_streams", pacer.active());
        page.put("waiting", pacer.waiting());
        page.put("lines_sent", pacer.linesSent());
        page.put("clients_left", pacer.departed());
        page.put("unanswered", agent.unanswered().count());
        page.put("open_sessions", sessions.openCount(nowNanos));
        page.putObject("workers")
                .put("count", agent.workers().count())
                .put("busy", agent.workers().busy(nowNanos))
                .put("waiting", agent.workers().waiting(nowNanos));
        page.putObject("lag")
                .put("lines", lag.lines())
                .put("p50_ms", lag.p50Ms())
                .put("p99_ms", lag.p99Ms())
                .put("max_ms", lag.maxMs());
        return page;
    }

    private ObjectNode openSessions() {
        long nowNanos = pacer.clock().nanoTime();
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("open_max", sessions.openMax());
        page.put("idle_max_s", Sessions.IDLE_TIME_TO_LIVE.toSeconds());
        ArrayNode open = page.putArray("sessions");
        for (Session session : sessions.open(nowNanos)) {
            open.addObject()
                    .put("session_id", session.id())
                    .put("business_id", session.businessId())
                    .put("client_key", session.clientKey())
                    .put("journey", session.journey())
                    .put("turn", session.turns())
                    .put("age_ms", (nowNanos - session.openedNanos()) / 1_000_000)
                    .put("idle_ms", (nowNanos - session.usedNanos()) / 1_000_000);
        }
        return page;
    }

    private ObjectNode unanswered() {
        Unanswered unanswered = agent.unanswered();
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("count", unanswered.count());
        ArrayNode last = page.putArray("last");
        for (Unanswered.Entry entry : unanswered.last()) {
            ObjectNode request = last.addObject()
                    .put("at", entry.at().toString())
                    .put("request", entry.request())
                    .put("session_id", entry.sessionId())
                    .put("why", entry.missed().why());
            ArrayNode close = request.putArray("close");
            entry.missed().close().forEach(close::add);
        }
        return page;
    }

    private ResponseDefinition setFault(String text) {
        try {
            agent.fault(Faults.parse(text, "the body of PUT " + PATH + "/fault"));
            return ok(JsonNodeFactory.instance.objectNode().put("fault", text.strip()));
        } catch (Misuse e) {
            return answer(400, JsonNodeFactory.instance.objectNode().put("error", e.getMessage()));
        }
    }

    private static ResponseDefinition ok(ObjectNode content) {
        return answer(200, content);
    }

    private static ResponseDefinition answer(int status, ObjectNode content) {
        return ResponseDefinitionBuilder.responseDefinition()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(content.toString())
                .build();
    }
}
