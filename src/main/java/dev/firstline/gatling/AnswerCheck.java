package dev.firstline.gatling;

import dev.firstline.contract.AnswerEnd;
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
    /** How long a check may keep a virtual user waiting before the answer counts as unchecked. */
    long SECONDS_MAX = 30;

    /** How much of an answer is kept for its check; what is beyond goes unchecked, and is counted so. */
    int ANSWER_BYTES_MAX = 32 << 20;

    /**
     * Starts the check of one answer with status 2xx.
     *
     * @return what was found; a stage that fails counts as an answer of which no line was checked
     */
    CompletionStage<Checked> check(Received answer);

    /**
     * Which call an answer belongs to.
     *
     * @param call which request it was
     * @param journey the journey's name; empty outside one
     * @param number the journey's place in the schedule
     * @param turn the turn's place in the journey, from 1; 0 for init and close
     * @param sessionId the session it must belong to, or null where there is none yet
     */
    record Asked(
            CallKind call,
            String journey,
            long number,
            int turn,
            @Nullable String sessionId) {}

    /**
     * What came.
     *
     * @param asked what it answers
     * @param status the HTTP status
     * @param contentType the header as sent, or null where there was none
     * @param lines all lines, blank ones included, in order; the last one may lack its line feed
     * @param outgrown the number of the line that outgrew its bound and is none of these, or 0; nothing follows it
     * @param unkept how many lines that are not blank came beside them: beyond {@code ANSWER_BYTES_MAX}
     * @param end how it ended, or null where nobody waited for that: the customer walked away, or a deadline passed
     */
    record Received(
            Asked asked,
            int status,
            @Nullable String contentType,
            List<Line> lines,
            int outgrown,
            int unkept,
            @Nullable AnswerEnd end) {
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
        /** Nothing was checked and nothing is known. */
        public static final Checked NOTHING = new Checked(0, List.of());

        public Checked {
            if (lines < 0) {
                throw new IllegalArgumentException("lines must not be negative: " + lines);
            }
            findings = List.copyOf(findings);
        }
    }
}
