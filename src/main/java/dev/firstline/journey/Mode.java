package dev.firstline.journey;

import dev.firstline.wire.Endpoint;

/** How a turn asks for its answer. */
public enum Mode {
    /** As a stream of lines. */
    STREAM(Endpoint.INVOKE),
    /** As one JSON object. */
    SYNC(Endpoint.INVOKE_SYNC);

    private final Endpoint endpoint;

    Mode(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Where such a turn is sent. */
    public Endpoint endpoint() {
        return endpoint;
    }
}
