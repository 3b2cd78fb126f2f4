package dev.firstline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.gate.Circumstances;
import dev.firstline.gate.HealthFigure;
import dev.firstline.gate.HealthLimits;
import dev.firstline.gate.Judge;
import dev.firstline.gate.Reason;
import dev.firstline.gate.Slo;
import dev.firstline.gate.Slos;
import dev.firstline.gate.TestRun;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.Metric;
import dev.firstline.stats.RunSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportFilesTest {
    private static final String HOSTILE = "<script>alert(1)</script> | \u001b[31m`@all` ]]> & \"quoted\" \u0000\uD800";
    private static final HealthLimits HEALTH =
            new HealthLimits(Map.of(HealthFigure.LAG_P99_MS, 50.0, HealthFigure.CPU, 0.9));

    private static final String QUOTE = "certified on this machine at 20 turns/s: TTFL error p50 0.1, p99 1.2 ms";

    @TempDir
    Path folder;

    /** Some broken, some kept, one too few; the generator well. */
    private static RunSummary failing() {
        return TestRun.GOOD
                .turns(1000, 985, 1000)
                .outcomes(
                        Map.of("ok", 990L, "truncated", 6L, "http_error(503,14)", 4L),
                        Map.of("init", Map.of("ok", 200L), "close", Map.of("ok", 199L, "timeout", 1L)))
                .leaked(1)
                .contract(
                        3011,
                        3011,
                        2,
                        40,
                        Map.of("unknown-field", 40L, "foreign-session", 2L),
                        Set.of("foreign-session"))
                .metric(Metric.TTFL, TestRun.ramp(1000, 4))
                .metric(Metric.LAG, TestRun.all(1400, 1))
                .metric(Metric.TTFL_SERVICE, TestRun.ramp(999, 4))
                .metric(Metric.SYNC, TestRun.all(12, 90))
                .summary("load", "stub", Map.of("messageEvent", Map.of("ttfl", TestRun.ramp(400, 0))));
    }

    private static final Slos SLOS = new Slos(
            List.of(
                    new Slo.Percentile(Metric.TTFL, 50, 700),
                    new Slo.Percentile(Metric.TTFL, 95, 900),
                    new Slo.Percentile(Metric.SYNC, 95, 900),
                    new Slo.Goodput(0.99),
                    new Slo.OutcomeShare("ko", 0),
                    new Slo.LeakedSessions(0)),
            HEALTH);

    private static Verdict verdict(RunSummary run) {
        return Judge.judge(run, SLOS, Circumstances.ORDINARY);
    }

    private static RunSummary passing() {
        return TestRun.GOOD.metric(Metric.TTFL, TestRun.all(1000, 600)).summary();
    }

    private static Verdict passed(RunSummary run) {
        List<Slo> kept = List.of(new Slo.Percentile(Metric.TTFL, 95, 900), new Slo.LeakedSessions(0));
        return Judge.judge(run, new Slos(kept, HEALTH), Circumstances.ORDINARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail.md", "fail.xml", "fail.txt", "pass.md", "pass.xml", "pass.txt", "ill.md", "ill.xml"})
    void a_report_reads_as_it_did(String golden) throws IOException {
        RunSummary run = golden.startsWith("pass") ? passing() : failing();
        if (golden.startsWith("ill")) {
            run = TestRun.GOOD
                    .late()
                    .metric(Metric.TTFL, TestRun.all(1000, 600))
                    .contract(3011, 3011, 0, 4, Map.of("unknown-field", 4L))
                    .summary();
        }
        Verdict verdict = golden.startsWith("pass") ? passed(run) : verdict(run);
        String text = golden.endsWith(".md")
                ? Markdown.of(run, verdict, "gatling/index.html")
                : golden.endsWith(".xml")
                        ? JUnitXml.of(run, verdict)
                        : ConsoleTable.of(run, verdict, "reports/runs/load-20261120T180000Z/index.html");

        assertThat(text).isEqualTo(golden(golden, text));
    }

    @Test
    void verdict_json_reads_back_as_it_was() throws IOException {
        for (Verdict verdict : List.of(verdict(failing()), passed(passing()), hostileVerdict())) {
            assertThat(VerdictJson.read(VerdictJson.write(failing(), verdict, "../gatling")))
                    .isEqualTo(new VerdictJson.Written(verdict, "../gatling"));
        }
        assertThat(VerdictJson.write(passing(), passed(passing()), null))
                .contains("\"verdict\" : \"PASS\"")
                .contains("\"exit_code\" : 0")
                .contains("\"state\" : \"kept\"")
                .contains("contract: not checked");
    }

    @Test
    void every_file_is_written_whole_and_nothing_else() throws IOException {
        Files.writeString(folder.resolve("verdict.md"), "an older one");

        ReportFiles.write(folder, failing(), verdict(failing()), null);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> Objects.toString(file.getFileName())))
                    .containsExactlyInAnyOrder("verdict.json", "verdict.md", "junit.xml", "index.html");
        }
        assertThat(folder.resolve("verdict.md")).content().startsWith("## FAIL: load against stub");
        assertThat(folder.resolve("index.html")).content().endsWith("</html>\n").doesNotContain("Gatling's own");
    }

    @Test
    void the_page_says_what_a_person_looks_for() {
        String page = RunPage.of(failing(), verdict(failing()), "gatling/index.html", Evidence.none("nothing"));

        // A licence and the names of two dialects of XML stand in the library.
        assertThat(page.substring(0, page.indexOf("<script>")))
                .contains("<span class=\"fail\">FAIL</span>: load against stub")
                .contains("href=\"gatling/index.html\"")
                .contains("ttfl p95 ≤ 900 ms")
                .contains("12 of the 130 needed")
                .contains("http_error(503,14)")
                .contains("2 violations, 40 drifts in 3011 of 3011 lines")
                .contains("href=\"findings/index.txt\"")
                .contains("every line belongs to the session that was asked")
                .contains("messageEvent · ttfl")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void what_was_not_checked_or_not_found_needs_no_table() {
        RunSummary run = passing();
        assertThat(RunPage.of(run, passed(run), null, Evidence.none("")))
                .contains("contract: not checked")
                .doesNotContain("findings/");
        assertThat(Markdown.of(run, passed(run), null)).doesNotContain("findings/");
    }

    @Test
    void what_a_server_or_a_file_names_something_stays_text() throws Exception {
        RunSummary run = hostileRun();
        Verdict verdict = hostileVerdict();

        String page = RunPage.of(run, verdict, null, Evidence.none(""));
        assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)&lt;/script&gt;");

        String markdown = Markdown.of(run, verdict, null);
        assertThat(markdown).doesNotContain("<script").doesNotContain("@all").doesNotContain("`");
        assertThat(markdown.lines().filter(line -> line.startsWith("| ttfl p95")))
                .allMatch(line -> line.chars().filter(c -> c == '|').count() == 5);

        String console = ConsoleTable.of(run, verdict, "reports/x");
        assertThat(console).matches("[\\x20-\\x7E\\n]+");

        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JUnitXml.of(run, verdict))))
                .getDocumentElement();
        assertThat(suite.getAttribute("name")).contains("<script>alert(1)</script>");
        assertThat(suite.getElementsByTagName("testcase").getLength())
                .isEqualTo(verdict.promises().size() + 3);
    }

    private static RunSummary hostileRun() {
        return TestRun.GOOD
                .outcomes(Map.of("ok", 1L, HOSTILE.replaceAll("[()]", ""), 2L), Map.of(HOSTILE, Map.of("ok", 1L)))
                .metric(Metric.TTFL, TestRun.all(1000, 600))
                .contract(9, 9, 0, 3, Map.of(HOSTILE, 3L))
                .summary(HOSTILE, HOSTILE, Map.of(HOSTILE, Map.of("ttfl", TestRun.all(20, 5))));
    }

    private static Verdict hostileVerdict() {
        Circumstances facts = new Circumstances(false, null, List.of(Reason.noVerdict(HOSTILE, HOSTILE)));
        return Judge.judge(
                TestRun.GOOD.metric(Metric.TTFL, TestRun.all(1000, 600)).summary(),
                new Slos(List.of(new Slo.Percentile(Metric.TTFL, 95, 900)), HEALTH),
                facts);
    }

    @Test
    void the_console_keeps_to_its_lines_and_leaves_out_only_what_was_kept() {
        List<Slo> many = new ArrayList<>(SLOS.promises());
        for (int percentile = 60; percentile < 90; percentile++) {
            many.add(new Slo.Percentile(Metric.TTFL, percentile, 999));
        }
        Map<String, Long> rules = new LinkedHashMap<>();
        rules.put("unknown-event", 3L);
        RunSummary run = TestRun.GOOD
                .leaked(3)
                .metric(Metric.TTFL, TestRun.ramp(1000, 0))
                .contract(9, 8, 3, 0, rules)
                .summary();
        Verdict verdict = Judge.judge(run, new Slos(many, HEALTH), Circumstances.ORDINARY);

        String console = ConsoleTable.of(run, verdict, "reports/x");
        String quoted = ConsoleTable.of(run, noted(verdict, QUOTE), "reports/x");

        assertThat(quoted).contains("\n  " + QUOTE + "\n").contains("and 28 more: see verdict.md");
        assertThat(quoted.lines().count()).isLessThanOrEqualTo(ConsoleTable.LINES_MAX);
        assertThat(ConsoleTable.of(run, noted(verdict, "not " + QUOTE), "reports/x"))
                .as("smoke goes without one")
                .isEqualTo(console);
        assertThat(console.lines().count()).isLessThanOrEqualTo(ConsoleTable.LINES_MAX);
        assertThat(console).contains("leaked sessions <= 0").contains("and 27 more: see verdict.md");
    }

    private static Verdict noted(Verdict verdict, String note) {
        return new Verdict(verdict.decision(), verdict.promises(), verdict.reasons(), verdict.doubts(), List.of(note));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {"null|saw null", "[]|from Array value", "{}|saw version 0", "{\"version\":|saw Un"})
    void a_verdict_that_is_none_is_told_as_what_was_seen(String text, String said) throws IOException {
        Files.writeString(folder.resolve(VerdictJson.NAME), text);
        assertThatThrownBy(() -> VerdictJson.read(folder))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining(said)
                .hasMessageNotContainingAny("JsonToken", "because", "Feature");
    }

    /** The golden file; with {@code -Dfirstline.golden=true} it is written anew first. */
    private static String golden(String name, String text) throws IOException {
        String resource = "/report/" + name;
        if (Boolean.getBoolean("firstline.golden")) {
            Path file = Path.of("src/test/resources" + resource);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
            return text;
        }
        try (InputStream stream = ReportFilesTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
