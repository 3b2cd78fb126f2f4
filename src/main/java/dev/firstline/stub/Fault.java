package dev.firstline.stub;

import dev.firstline.stub.Plan.Ending;
import java.util.Arrays;

/**
 * A scripted misbehaviour: a function from what should be sent to what is sent.
 *
 * <p>A new one is a record here and a row in {@link FaultKind}.
 */
sealed interface Fault {
    /** What is sent in the place of a plan when this fault strikes at one of its steps, counted from 0. */
    Plan spoil(Plan plan, int step);

    /** A step and all that follows come later, whatever was sent before. */
    record Stall(long nanos) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.delayed(step, nanos);
        }
    }

    /** The whole answer comes later, its headers too. */
    record Late(long nanos) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.delayed(0, nanos).withHeadersAt(plan.headersNanos() + nanos);
        }
    }

    /**
     * Silence in the place of a step, until the client leaves or the bound is reached, when the connection is closed.
     */
    record Hang(long boundNanos) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.endedAt(step, plan.dueNanos(step) + boundNanos, Ending.CLOSE);
        }
    }

    /** Half a line, then the end: clean, or the connection is closed. */
    record Truncate(Ending ending) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            int line = Fault.lineAt(plan, step);
            return line < 0 ? plan : plan.endedBy(line, Fault.half(plan.steps().get(line), ""), ending);
        }
    }

    /** A line that is not JSON; the stream goes on. */
    record Malformed() implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            int line = Fault.lineAt(plan, step);
            return line < 0 ? plan : plan.with(line, Fault.half(plan.steps().get(line), "\n"));
        }
    }

    /** A gateway's error line in the place of a step, and a clean end: the 200 has been sent. */
    record ErrorLine(Refusal error) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.endedBy(step, new Step(plan.dueNanos(step), error.line()), Ending.CLEAN);
        }
    }

    /** The connection breaks in the place of a step. */
    record Break(Ending ending) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return plan.endedAt(step, plan.dueNanos(step), ending);
        }
    }

    /** An HTTP error in the place of the answer. The service behind the gateway never sees the request. */
    record Status(int http, Refusal error) implements Fault {
        @Override
        public Plan spoil(Plan plan, int step) {
            return answer();
        }

        Plan answer() {
            return Plan.atOnce(http, error.headers(), error.bareBody(), false);
        }
    }

    private static int lineAt(Plan plan, int step) {
        return Math.min(step, plan.steps().size() - 1);
    }

    /** The first half of a step's bytes, which no JSON object survives, and what is put behind it. */
    private static Step half(Step step, String end) {
        byte[] bytes = Arrays.copyOf(step.bytes(), step.bytes().length / 2 + end.length());
        for (int i = 0; i < end.length(); i++) {
            bytes[bytes.length - end.length() + i] = (byte) end.charAt(i);
        }
        return new Step(step.dueNanos(), bytes);
    }
}
