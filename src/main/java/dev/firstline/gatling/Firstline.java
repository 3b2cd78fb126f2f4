package dev.firstline.gatling;

import io.gatling.javaapi.http.HttpRequestActionBuilder;

/**
 * What a Gatling scenario can say beyond Gatling's own words.
 *
 * <pre>{@code
 * exec(ndjson(http("invoke").post("/invoke").body(StringBody("{}")))
 *         .firstLineTimeout(Duration.ofSeconds(2))
 *         .stallTimeout(Duration.ofSeconds(1)))
 * }</pre>
 */
public final class Firstline {
    private Firstline() {}

    /**
     * Sends a request of Gatling's and times its answer line by line.
     *
     * <p>Beside the request's own entry, Gatling's statistics get <i>name</i>{@code · first line}, from when the call
     * was due, and <i>name</i>{@code · longest gap}. A call fails with its {@link dev.firstline.stats.Outcome} as the
     * message. The protocol's {@code requestTimeout} does not apply.
     */
    public static NdjsonActionBuilder ndjson(HttpRequestActionBuilder request) {
        return new NdjsonActionBuilder(request);
    }
}
