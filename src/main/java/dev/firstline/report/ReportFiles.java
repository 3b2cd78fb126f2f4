package dev.firstline.report;

import dev.firstline.gate.Verdict;
import dev.firstline.stats.RunSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verdict as files beside {@code summary.json}. */
public final class ReportFiles {
    private ReportFiles() {}

    /**
     * Writes {@code verdict.json}, {@code verdict.md}, {@code junit.xml} and {@code index.html}. Each file appears
     * whole or not at all.
     *
     * @param runDir the run's folder, which must exist
     * @param gatlingReport Gatling's own report relative to that folder, or null where there is none
     * @throws IOException if a file cannot be written; those before it are there
     */
    public static void write(Path runDir, RunSummary run, Verdict verdict, @Nullable String gatlingReport)
            throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("verdict.json", VerdictJson.write(run, verdict));
        files.put("verdict.md", Markdown.of(run, verdict, gatlingReport));
        files.put("junit.xml", JUnitXml.of(run, verdict));
        files.put("index.html", HtmlPage.of(run, verdict, gatlingReport));
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(runDir.resolve(file.getKey()), file.getValue());
        }
    }

    /** Writes a file for whoever may read its folder, whole or not at all. */
    static void write(Path file, String text) throws IOException {
        Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".tmp");
        try {
            Files.writeString(whole, text, StandardCharsets.UTF_8);
            // A temporary file is its owner's alone; a report is for whoever may read the folder.
            whole.toFile().setReadable(true, false);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
