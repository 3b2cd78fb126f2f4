package dev.firstline.report;

import dev.firstline.Misuse;
import dev.firstline.gate.CapacityResult;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.RunSummary;
import dev.firstline.stats.SummaryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verdict as files beside {@code summary.json}, and the list of all runs. */
public final class ReportFiles {
    private static final String INDEX = "index.html";

    private ReportFiles() {}

    /**
     * Writes {@code verdict.json}, {@code verdict.md}, {@code junit.xml} and {@code index.html}, and lists the run in
     * {@code reports/index.html} if its folder is one of {@code reports/runs}. Each file appears whole or not at all. A
     * turn log that cannot be read is said on the page; it keeps nobody from the verdict.
     *
     * @param runDir the run's folder, which must exist
     * @param gatlingReport Gatling's own report relative to that folder, or null where there is none
     * @throws IOException if a file cannot be written; those before it are there
     */
    public static void write(Path runDir, RunSummary run, Verdict verdict, @Nullable String gatlingReport)
            throws IOException {
        write(runDir.resolve(VerdictJson.NAME), VerdictJson.write(run, verdict, gatlingReport));
        Evidence evidence;
        try {
            evidence = Evidence.of(runDir, run);
        } catch (Misuse e) {
            evidence = Evidence.none("" + e.getMessage());
        }
        write(runDir, run, verdict, gatlingReport, evidence);
    }

    /**
     * The verdict that a run has.
     *
     * @throws Misuse if it has none, or one that this harness does not know
     */
    public static Verdict verdict(Path folder) throws IOException {
        return VerdictJson.read(folder).verdict();
    }

    /**
     * Gives a run another verdict; its other reports follow with {@link #rebuild}.
     *
     * @throws IOException if it cannot be written
     */
    public static void replaceVerdict(Path folder, RunSummary run, Verdict verdict) throws IOException {
        String gatling = VerdictJson.read(folder).gatling();
        write(folder.resolve(VerdictJson.NAME), VerdictJson.write(run, verdict, gatling));
    }

    /**
     * Writes every report of a run, or of a capacity search, anew from its result files.
     *
     * @param folder the run's folder
     * @return what was written
     * @throws Misuse if a result file is missing, or is not what its name says
     * @throws IOException if a file cannot be written; those before it are there
     */
    public static List<Path> rebuild(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new Misuse("a run's folder", "no such folder", folder.toString(), "a folder of reports/runs");
        }
        if (Files.isRegularFile(folder.resolve(CapacityPage.RESULT))) {
            return writeCapacity(folder, CapacityPage.read(folder));
        }
        RunSummary run = SummaryFile.read(folder);
        VerdictJson.Written written = VerdictJson.read(folder);
        String gatling = written.gatling();
        boolean isThere = gatling != null && Files.isRegularFile(folder.resolve(gatling));
        return write(folder, run, written.verdict(), isThere ? gatling : null, Evidence.of(folder, run));
    }

    /**
     * Writes {@code verdict.json}, {@code verdict.md}, {@code junit.xml} and the page of a capacity search, and lists
     * the search in {@code reports/index.html} if its folder is one of {@code reports/runs}.
     *
     * @param folder the search's folder, which must exist
     * @return what was written
     * @throws IOException if a file cannot be written
     */
    public static List<Path> writeCapacity(Path folder, CapacityResult result) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(VerdictJson.NAME, VerdictJson.write(result));
        files.put("verdict.md", CapacityText.markdown(result));
        files.put("junit.xml", JUnitXml.of(result));
        files.put(INDEX, CapacityPage.of(result, folder));
        return write(folder, files);
    }

    private static List<Path> write(
            Path folder, RunSummary run, Verdict verdict, @Nullable String gatling, Evidence evidence)
            throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("verdict.md", Markdown.of(run, verdict, gatling, evidence.injectors()));
        files.put("junit.xml", JUnitXml.of(run, verdict));
        files.put(INDEX, RunPage.of(run, verdict, gatling, evidence));
        return write(folder, files);
    }

    private static List<Path> write(Path folder, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(folder.resolve(file.getKey()), file.getValue());
        }
        List<Path> written = new ArrayList<>();
        files.keySet().forEach(name -> written.add(folder.resolve(name)));
        String list = RunsPage.from(folder);
        if (!list.isEmpty()) {
            Path file = folder.resolve(list).normalize();
            write(file, RunsPage.of(file.resolveSibling(RunsPage.RUNS)));
            written.add(file);
        }
        return written;
    }

    /** Writes a file for whoever may read its folder, whole or not at all. */
    static void write(Path file, String text) throws IOException {
        Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".tmp");
        try {
            // Half a character, which a server may send in an escape, is written as a question mark.
            Files.write(whole, text.getBytes(StandardCharsets.UTF_8));
            // A temporary file is its owner's alone; a report is for whoever may read the folder.
            whole.toFile().setReadable(true, false);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
