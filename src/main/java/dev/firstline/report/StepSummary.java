package dev.firstline.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page that GitHub Actions shows of a job: whatever is appended to the file that this variable names. */
public final class StepSummary {
    /** The variable's name. */
    public static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    private static final Logger log = LoggerFactory.getLogger(StepSummary.class);

    private StepSummary() {}

    /**
     * Appends Markdown to the page, if there is one. A page that cannot be written takes nothing from what it tells.
     *
     * @param environment the variables of this process
     * @return why there is one and it could not be written; empty as a rule
     */
    public static Optional<String> append(Map<String, String> environment, String markdown) {
        @Nullable String file = environment.get(VARIABLE);
        if (file == null || file.isBlank()) {
            return Optional.empty();
        }
        try {
            Files.writeString(
                    Path.of(file),
                    markdown + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return Optional.empty();
        } catch (IOException | InvalidPathException e) {
            log.warn("event=step_summary_unwritable because={}", e.toString());
            return Optional.of(e.toString());
        }
    }
}
