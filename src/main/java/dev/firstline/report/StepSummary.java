package dev.firstline.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page that GitHub Actions shows of a job: whatever is appended to the file that this variable names. */
public final class StepSummary {
    /** The variable's name. */
    public static final String VARIABLE = "GITHUB_STEP_SUMMARY";

    private StepSummary() {}

    /**
     * Appends Markdown to the page, if there is one.
     *
     * @param environment the variables of this process
     * @throws IOException if there is one and it cannot be written
     */
    public static void append(Map<String, String> environment, String markdown) throws IOException {
        @Nullable String file = environment.get(VARIABLE);
        if (file != null && !file.isBlank()) {
            Files.writeString(
                    Path.of(file),
                    markdown + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
