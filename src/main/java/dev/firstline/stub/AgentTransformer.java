package dev.firstline.stub;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.extension.StubLifecycleListener;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.firstline.wire.Endpoint;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets the agent answer the requests of every mapping that names the transformer {@code agent-graph}. WireMock's own
 * reset resets the agent as well.
 */
final class AgentTransformer implements ResponseTransformerV2, StubLifecycleListener {
    static final String NAME = "agent-graph";

    private static final HttpHeaders MARKED = new HttpHeaders(new HttpHeader(PlanBody.MARK, "1"));

    private static final Map<String, Endpoint> ENDPOINTS = Arrays.stream(Endpoint.values())
            .collect(Collectors.toUnmodifiableMap(Endpoint::path, endpoint -> endpoint));

    private final Agent agent;
    private final Pacer pacer;

    AgentTransformer(Agent agent, Pacer pacer) {
        this.agent = agent;
        this.pacer = pacer;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        LoggedRequest request = event.getRequest();
        Orders orders = new Orders(name -> header(request, name), event.getTransformerParameters());
        String path = path(request.getUrl());
        Plan plan = endpoint(path)
                .map(endpoint -> agent.answer(endpoint, orders, request.getBody()))
                .orElseGet(() -> agent.nowhere(request.getMethod().getName(), path));
        return Response.Builder.like(response)
                .but()
                .headers(MARKED)
                .body(() -> new PlanBody(plan))
                .build();
    }

    @Override
    public void afterStubsReset() {
        agent.reset();
        pacer.reset();
    }

    private static String header(LoggedRequest request, String name) {
        HttpHeader header = request.header(name);
        return header.isPresent() ? header.firstValue() : "";
    }

    private static String path(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static Optional<Endpoint> endpoint(String path) {
        return Optional.ofNullable(ENDPOINTS.get(path));
    }
}
