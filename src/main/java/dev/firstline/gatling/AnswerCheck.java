package dev.firstline.gatling;

import dev.firstline.stats.CallKind;
import dev.firstline.stats.RuleHit;
import dev.firstline.wire.Line;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer against its contract, once it is over and off the clock. The virtual user waits for it, so it must
 * come to an end, but never on the thread that calls it: that is one of Gatling's event loops.
 */
@FunctionalInterface
public interface AnswerCheck {
    /**
     * Starts the check of one answer with status 2xx.
     *
     * @return what was found; a stage that fails counts as an answer of which no line was checked
     */
    CompletionStage<Checked> check(Received answer);

    /**
     * What came.
     *
     * @param call which request it answers
     * @param sessionId the session it must belong to, or null where there is none yet
     * @param status the HTTP status
     * @param contentType the header as sent, or null where there was none
     * @param lines all lines, blank ones included, in order
     * @param whole whether the body ended cleanly
     */
    record Received(
            CallKind call,
            @Nullable String sessionId,
            int status,
            @Nullable String contentType,
            List<Line> lines,
            boolean whole) {
        public Received {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What the check has to say.
     *
     * @param lines how many lines that are not blank were checked
     * @param findings each rule that was not kept
     */
    record Checked(int lines, List<RuleHit> findings) {
        public Checked {
            if (lines < 0) {
                throw new IllegalArgumentException("lines must not be negative: " + lines);
            }
            findings = List.copyOf(findings);
        }
    }
}
