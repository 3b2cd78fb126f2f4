package dev.firstline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.firstline.gate.Comparison;
import dev.firstline.gate.Comparison.Row;
import dev.firstline.gate.Comparison.State;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.report.VerdictCase.Result;
import dev.firstline.stats.RunSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison as files beside the newest candidate's own verdict. */
public final class ComparisonFiles {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ComparisonFiles() {}

    /**
     * Writes {@code gate.json}, {@code gate.md} and {@code gate-junit.xml}. Each file appears whole or not at all.
     *
     * @param newest the candidate whose folder it is
     * @throws IOException if a file cannot be written; those before it are there
     */
    public static void write(Path folder, Comparison comparison, RunSummary newest) throws IOException {
        ReportFiles.write(folder.resolve("gate.json"), json(comparison));
        ReportFiles.write(folder.resolve("gate.md"), markdown(comparison));
        ReportFiles.write(
                folder.resolve("gate-junit.xml"),
                JUnitXml.of(
                        "firstline.gate." + comparison.simulation(),
                        newest.started(),
                        newest.seconds(),
                        cases(comparison)));
    }

    /** {@code gate.md}: the comparison as a comment on a pull request. */
    public static String markdown(Comparison comparison) {
        StringBuilder page = new StringBuilder();
        page.append("## ")
                .append(Markdown.plain(ComparisonTable.title(comparison)))
                .append("\n\n");
        for (Reason reason : comparison.reasons()) {
            page.append("- **")
                    .append(reason.decision().label())
                    .append("** ")
                    .append(Markdown.plain(reason.fact()))
                    .append(". *Try:* ")
                    .append(Markdown.plain(reason.attempt()))
                    .append(".\n");
        }
        page.append(comparison.reasons().isEmpty() ? "" : "\n");
        page.append(
                comparison.rows().isEmpty()
                        ? ""
                        : "| figure | " + ComparisonTable.before(comparison)
                                + " | now | change | slower from | p | |\n|---|--:|--:|--:|--:|--:|---|\n");
        for (Row row : comparison.rows()) {
            String state = row.state().label();
            page.append("| ")
                    .append(String.join(" | ", ComparisonTable.cells(row)))
                    .append(" | ")
                    .append(row.state() == State.SAME ? state : "**" + state + "**")
                    .append(" |\n");
        }
        page.append('\n');
        comparison
                .notes()
                .forEach(note -> page.append("- ").append(Markdown.plain(note)).append('\n'));
        page.append("\nRuns: ")
                .append(Markdown.plain(String.join(", ", comparison.candidates())))
                .append(".\n");
        return page.toString();
    }

    private static String json(Comparison comparison) {
        try {
            return JSON.writeValueAsString(comparison) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a comparison is plain data", e);
        }
    }

    private static List<VerdictCase> cases(Comparison comparison) {
        List<VerdictCase> cases = new ArrayList<>();
        for (Row row : comparison.rows()) {
            String seen = String.join(" ", ComparisonTable.cells(row)) + " "
                    + row.state().label();
            Result result = switch (row.state()) {
                case SAME, FASTER -> Result.PASSED;
                case SLOWER -> Result.FAILURE;
                case UNKNOWN -> comparison.decision() == Decision.PASS ? Result.SKIPPED : Result.ERROR;
            };
            cases.add(new VerdictCase(row.figure(), row.figure() + ": no slower?", result, seen, seen));
        }
        List<Reason> others = comparison.reasons().stream()
                .filter(reason ->
                        comparison.rows().stream().noneMatch(row -> row.figure().equals(reason.about())))
                .toList();
        String facts = others.stream()
                .map(reason -> reason.fact() + "\ntry: " + reason.attempt())
                .collect(Collectors.joining("\n"));
        Decision worst = others.stream().map(Reason::decision).reduce(Decision.PASS, Decision::orWorse);
        Result result = switch (worst) {
            case PASS -> Result.PASSED;
            case FAIL -> Result.FAILURE;
            case NO_VERDICT -> Result.ERROR;
        };
        cases.add(new VerdictCase(Reason.RUN, "runs: can they be compared?", result, worst.label(), facts));
        return cases;
    }
}
