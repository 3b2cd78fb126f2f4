package dev.firstline.stub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is sent in answer to one request, and when: data, which faults turn into other data before anything is sent.
 *
 * @param status the HTTP status
 * @param headers the response headers
 * @param headersNanos when the headers are due, counted as all times here from the arrival of the request; or
 *     {@link #NEVER}
 * @param steps what is sent, in order; mostly a line each, line feed included
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

    /** When headers are due that are never sent: the connection ends before the answer has begun. */
    static final long NEVER = Long.MAX_VALUE;

    /** The place of the headers, where a step is asked for. */
    static final int HEADERS = -1;

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

    /** When a step is due, or the headers; the end for a step that the plan does not have. */
    long dueNanos(int step) {
        if (step == HEADERS) {
            return Math.min(headersNanos, endNanos);
        }
        return step < steps.size() ? steps.get(step).dueNanos() : endNanos;
    }

    /** The same up to a step, then a last one, and the end at that time. */
    Plan endedBy(int step, Step last, Ending newEnding) {
        return endedAt(step, last.dueNanos(), newEnding).inserted(Integer.MAX_VALUE, List.of(last));
    }

    /** The same up to a step, and the end there; with {@link #HEADERS} nothing is sent at all. */
    Plan endedAt(int step, long newEndNanos, Ending newEnding) {
        long newHeadersNanos = step == HEADERS ? NEVER : headersNanos;
        List<Step> kept = steps.subList(0, Math.max(0, Math.min(step, steps.size())));
        return new Plan(status, headers, newHeadersNanos, kept, newEndNanos, newEnding, streamed);
    }

    /** The same with more in front of a step; behind the last one for a step that the plan does not have. */
    Plan inserted(int step, List<Step> more) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(Math.min(step, steps.size()), more);
        return withSteps(all, endNanos);
    }

    /** The same with another step in the place of one. */
    Plan with(int step, Step other) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(step, other);
        return withSteps(changed, endNanos);
    }

    /** The same with a step and all that follow changed. */
    Plan changed(int fromStep, UnaryOperator<Step> change) {
        List<Step> changed = new ArrayList<>(steps);
        for (int i = Math.max(0, fromStep); i < changed.size(); i++) {
            changed.set(i, change.apply(changed.get(i)));
        }
        return withSteps(changed, endNanos);
    }

    /** The same, with a step and all that follow later; with {@link #HEADERS} all of it. */
    Plan delayed(int fromStep, long nanos) {
        Plan later = changed(fromStep, step -> step.later(nanos));
        return later.withSteps(later.steps, endNanos + nanos)
                .withHeadersAt(fromStep == HEADERS ? headersNanos + nanos : headersNanos);
    }

    /** The same with its headers at another time; headers that are never sent stay so. */
    Plan withHeadersAt(long newHeadersNanos) {
        return headersNanos == NEVER
                ? this
                : new Plan(status, headers, newHeadersNanos, steps, endNanos, ending, streamed);
    }

    /** The same without a flush before its end. */
    Plan inOnePiece() {
        return new Plan(status, headers, headersNanos, steps, endNanos, ending, false);
    }

    /** The same with another value of a header; without the header for an empty one. */
    Plan withHeader(String name, String value) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.keySet().removeIf(name::equalsIgnoreCase);
        if (!value.isEmpty()) {
            changed.put(name, value);
        }
        return new Plan(status, changed, headersNanos, steps, endNanos, ending, streamed);
    }

    /** The same with other steps, and the end at another time. */
    Plan withSteps(List<Step> newSteps, long newEndNanos) {
        return new Plan(status, headers, headersNanos, newSteps, newEndNanos, ending, streamed);
    }
}
