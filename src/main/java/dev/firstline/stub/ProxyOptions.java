package dev.firstline.stub;

import java.net.URI;
import java.time.Duration;

/**
 * How a recording proxy is started.
 *
 * @param port the port for HTTP/1.1 in clear on 127.0.0.1; 0 takes a free one
 * @param upstream scheme, host and port that every request is passed on to
 * @param key what is sent as {@code x-api-key} where the client sends none
 * @param journey what the first session is called; the following ones get a number behind it
 * @param sessionsPerSecond how fast sessions may be opened at most
 * @param openSessions how many may be open at once
 * @param duration how long sessions may be opened
 * @param ownNanos how much of a time is not the target's, see {@link TapingClient#leaveOutOwn}
 */
public record ProxyOptions(
        int port,
        URI upstream,
        String key,
        String journey,
        double sessionsPerSecond,
        int openSessions,
        Duration duration,
        long ownNanos) {

    @Override
    public String toString() {
        return "ProxyOptions[" + port + " to " + upstream + "]";
    }
}
