package dev.firstline.stub;

import java.io.IOException;
import wiremock.jakarta.servlet.ServletOutputStream;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;

/**
 * Plays a plan of which everything is due already: in one write, on the container's own thread. Nobody has to wait, so
 * nobody has to be woken, and that is half the price.
 */
final class PromptAnswer {
    /** More than this might have to wait for a client that does not read. The container's buffer is twice as large. */
    private static final int BYTES_MAX = 16 << 10;

    private PromptAnswer() {}

    /** Whether a plan can be played so. What is cut short on purpose, or sent in pieces, cannot. */
    static boolean fits(Plan plan, HttpServletRequest request, long nowNanos) {
        // Of a chunked answer HTTP/1.1 alone can be told in its headers.
        if (plan.ending() != Plan.Ending.CLEAN
                || plan.headersNanos() > nowNanos
                || plan.endNanos() > nowNanos
                || !request.getProtocol().equals("HTTP/1.1")) {
            return false;
        }
        int bytes = 0;
        for (Step step : plan.steps()) {
            bytes += step.bytes().length;
            if (step.inPieces() || step.dueNanos() > nowNanos || bytes > BYTES_MAX) {
                return false;
            }
        }
        return true;
    }

    static void play(Plan plan, long arrivalNanos, Pacer pacer, HttpServletResponse response) {
        pacer.began();
        boolean clientLeft = false;
        if (plan.streamed()) {
            // Else the container would count the bytes and tell their number, as the real service does not.
            response.setHeader("Transfer-Encoding", "chunked");
        }
        try (ServletOutputStream out = response.getOutputStream()) {
            for (Step step : plan.steps()) {
                out.write(step.bytes());
            }
        } catch (IOException e) {
            clientLeft = true;
        }
        long nowNanos = pacer.clock().nanoTime() - arrivalNanos;
        for (Step step : plan.steps()) {
            if (!clientLeft && step.bytes().length > 0) {
                pacer.sent(nowNanos - step.dueNanos());
            }
        }
        pacer.ended(clientLeft);
    }
}
