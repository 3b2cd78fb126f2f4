package dev.firstline.gate;

import dev.firstline.stats.RunSummary;
import java.util.List;

/**
 * A run and what it came to by itself.
 *
 * @param run what was measured
 * @param decision its own verdict; NO VERDICT where it has none
 * @param facts why it is not a PASS; none if it is one
 */
public record Judged(RunSummary run, Decision decision, List<String> facts) {
    public Judged {
        facts = List.copyOf(facts);
    }
}
