package dev.firstline.stub;

import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.firstline.stats.Clock;
import java.util.List;
import java.util.Objects;

/** What makes a WireMock the stub, whoever starts that WireMock. */
record StubParts(Pacer pacer, Sessions sessions, Agent agent) {

    static StubParts of(Recordings recordings, Playback playback) {
        Clock clock = Clock.system();
        Sessions sessions = new Sessions(Sessions.OPEN_MAX);
        return new StubParts(new Pacer(clock), sessions, new Agent(recordings, sessions, clock, playback));
    }

    /**
     * The same as WireMock's extensions.
     *
     * @param beforeServing runs when the mappings are loaded and the port is not yet open; what it throws keeps
     *     WireMock from starting
     */
    List<Extension> extensions(Runnable beforeServing) {
        return List.of(
                new AgentTransformer(agent, pacer),
                new AdminPages(pacer, sessions, agent),
                new PacedServer(pacer, beforeServing));
    }

    /**
     * How many of the mappings let the agent answer.
     *
     * @throws dev.firstline.Misuse if one of them tells the agent what it cannot do
     */
    static int answering(List<StubMapping> mappings) {
        int answering = 0;
        for (StubMapping mapping : mappings) {
            List<String> transformers =
                    Objects.requireNonNullElse(mapping.getResponse().getTransformers(), List.of());
            if (transformers.contains(AgentTransformer.NAME)) {
                Orders.ofMapping(mapping.getResponse().getTransformerParameters())
                        .check();
                answering++;
            }
        }
        return answering;
    }
}
