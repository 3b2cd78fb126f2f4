package dev.firstline.gatling;

import dev.firstline.journey.Abandon;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all calls of one action.
 *
 * @param abandon when the customer walks away, or null for one who stays
 * @param singleAnswer whether the answer is one JSON object and no stream: it may be spread over lines, and Gatling's
 *     report gets no entries for its lines
 * @param lineBytesMax the bound on a line
 * @param check what the answer is held against, or null
 * @param loopDelays knows how late the event loop of a call is, or null
 */
record CallPlan(
        Timeouts timeouts,
        @Nullable Abandon abandon,
        boolean singleAnswer,
        int lineBytesMax,
        @Nullable AnswerCheck check,
        Tracker tracker,
        @Nullable LoopDelays loopDelays,
        Consumer<CallResult> sink,
        Clock clock) {}
