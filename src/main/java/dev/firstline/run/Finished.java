package dev.firstline.run;

import dev.firstline.gate.Verdict;
import dev.firstline.stats.RunSummary;
import java.nio.file.Path;

/**
 * A run that is over.
 *
 * @param folder where its files are
 * @param summary what was measured
 * @param verdict what that means
 * @param table the same for a person, in some lines
 */
public record Finished(Path folder, RunSummary summary, Verdict verdict, String table) {
    /** The exit code of the verdict. */
    public int exitCode() {
        return verdict.decision().exitCode();
    }
}
