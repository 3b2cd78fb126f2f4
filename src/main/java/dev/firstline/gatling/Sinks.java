package dev.firstline.gatling;

import dev.firstline.journey.Ledger;
import dev.firstline.stats.CallResult;
import dev.firstline.stats.JourneyResult;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where what happens under load goes. All of it is called by several event loops at a time and must neither block nor
 * throw.
 *
 * @param calls takes each call's one result
 * @param journeys takes each conversation that came to its end
 * @param ledger keeps which sessions are open
 * @param tracker knows what is in flight when a run is stopped early
 * @param loopDelays learns of the event loops
 * @param check what each answer is held against, or null as long as there is no contract
 */
public record Sinks(
        Consumer<CallResult> calls,
        Consumer<JourneyResult> journeys,
        Ledger ledger,
        Tracker tracker,
        LoopDelays loopDelays,
        @Nullable AnswerCheck check) {}
