package dev.firstline.stub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is sent in answer to one request, and when: data, which faults turn into other data before anything is sent.
 *
 * @param status the HTTP status
 * @param headers the response headers
 * @param headersNanos when the headers are due, counted as all times here from the arrival of the request
 * @param steps what is sent piece by piece; mostly a line each, line feed included
 * @param endNanos when the answer ends
 * @param ending how it ends
 * @param streamed whether each step is flushed as it falls due (invoke and close); else the body is sent in one piece
 */
record Plan(
        int status,
        Map<String, String> headers,
        long headersNanos,
        List<Step> steps,
        long endNanos,
        Ending ending,
        boolean streamed) {

    /** The last piece of an answer, as far as the network is concerned. */
    enum Ending {
        /** The terminating chunk, as HTTP wants it. */
        CLEAN,
        /** The connection is closed in the middle of the body. */
        CLOSE,
        /** The connection is reset in the middle of the body: RST, or RST_STREAM with HTTP/2. */
        RESET
    }

    Plan {
        headers = Map.copyOf(headers);
        steps = List.copyOf(steps);
    }

    /** An answer in one piece, at once: what a gateway says by itself. */
    static Plan atOnce(int status, Map<String, String> headers, String body, boolean streamed) {
        Step all = new Step(0, body.getBytes(StandardCharsets.UTF_8));
        return new Plan(status, headers, 0, List.of(all), 0, Ending.CLEAN, streamed);
    }

    /** When a step is due; the end for a step that the plan does not have. */
    long dueNanos(int step) {
        return step < steps.size() ? steps.get(step).dueNanos() : endNanos;
    }

    /** The same up to a step, then a last one, and the end at that time. */
    Plan endedBy(int step, Step last, Ending newEnding) {
        List<Step> kept = new ArrayList<>(steps.subList(0, Math.min(step, steps.size())));
        kept.add(last);
        return withSteps(kept, last.dueNanos(), newEnding);
    }

    /** The same up to a step, and the end there. */
    Plan endedAt(int step, long newEndNanos, Ending newEnding) {
        return withSteps(steps.subList(0, Math.min(step, steps.size())), newEndNanos, newEnding);
    }

    /** The same with another step in the place of one. */
    Plan with(int step, Step other) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(step, other);
        return withSteps(changed, endNanos, ending);
    }

    /** The same, with a step and all that follows later. */
    Plan delayed(int fromStep, long nanos) {
        List<Step> later = new ArrayList<>(steps);
        for (int i = fromStep; i < later.size(); i++) {
            later.set(i, later.get(i).later(nanos));
        }
        return withSteps(later, endNanos + nanos, ending);
    }

    Plan withHeadersAt(long newHeadersNanos) {
        return new Plan(status, headers, newHeadersNanos, steps, endNanos, ending, streamed);
    }

    private Plan withSteps(List<Step> newSteps, long newEndNanos, Ending newEnding) {
        return new Plan(status, headers, headersNanos, newSteps, newEndNanos, newEnding, streamed);
    }
}
