package dev.firstline.wire;

/** The five endpoints of the Agent Graph API. All are asked with POST and JSON. */
public enum Endpoint {
    HEALTH("health", false),
    INIT("init", false),
    INVOKE("invoke", true),
    INVOKE_SYNC("invoke_sync", false),
    CLOSE("close", true);

    /** What stands between a target's base URL and an endpoint's own name. */
    public static final String PATH_PREFIX = "/external/v1/ai/agent_graph/";

    private final String wireName;
    private final boolean streamed;

    Endpoint(String wireName, boolean streamed) {
        this.wireName = wireName;
        this.streamed = streamed;
    }

    /** The last segment of the path, which is also what reports call it: {@code invoke_sync}. */
    public String wireName() {
        return wireName;
    }

    /** The path below a target's base URL: {@code /external/v1/ai/agent_graph/invoke}. */
    public String path() {
        return PATH_PREFIX + wireName;
    }

    /** Whether it carries what a customer says: invoke and invoke_sync. */
    public boolean isTurn() {
        return this == INVOKE || this == INVOKE_SYNC;
    }

    /** Whether the answer is a stream of lines (invoke and close) or one JSON object. */
    public boolean streamed() {
        return streamed;
    }
}
