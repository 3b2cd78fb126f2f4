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
import java.util.Optional;

/**
 * Lets the agent answer the requests of every mapping that names the transformer {@code agent-graph}. WireMock's own
 * reset resets the agent as well.
 */
final class AgentTransformer implements ResponseTransformerV2, StubLifecycleListener {
    static final String NAME = "agent-graph";

    private static final HttpHeaders MARKED = new HttpHeaders(new HttpHeader(PlanBody.MARK, "1"));

    private final Agent agent;
    private final Runnable reset;

    AgentTransformer(Agent agent, Runnable reset) {
        this.agent = agent;
        this.reset = reset;
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
        Plan plan = endpoint(request.getUrl())
                .map(endpoint -> agent.answer(
                        endpoint,
                        name -> request.containsHeader(name) ? request.getHeader(name) : "",
                        request.getBody()))
                .orElseGet(() -> new Refusal(GrpcCode.NOT_FOUND, "Not Found").bare());
        return Response.Builder.like(response)
                .but()
                .headers(MARKED)
                .body(() -> new PlanBody(plan))
                .build();
    }

    @Override
    public void afterStubsReset() {
        reset.run();
    }

    private static Optional<Endpoint> endpoint(String url) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        return Arrays.stream(Endpoint.values())
                .filter(endpoint -> endpoint.path().equals(path))
                .findFirst();
    }
}
