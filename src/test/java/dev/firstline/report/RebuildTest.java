package dev.firstline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.Misuse;
import dev.firstline.stats.TurnLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written anew from the result files alone. */
class RebuildTest {
    private static final String RUN = "load-20261121T100000Z";

    @TempDir
    Path reports;

    private Path run;

    @BeforeEach
    void aRun() throws IOException {
        run = reports.resolve("runs").resolve(RUN);
        SampleRun.write(run, 1, 30, 20, 0.05);
    }

    private JsonNode data() throws IOException {
        String page = Files.readString(run.resolve("index.html"));
        String open = "<script type=\"application/json\" id=\"data\">";
        int from = page.indexOf(open) + open.length();
        return new JsonMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
    }

    private static List<String> ids(JsonNode data) {
        return StreamSupport.stream(data.path("charts").spliterator(), false)
                .map(chart -> chart.path("id").asText())
                .toList();
    }

    @Test
    void every_report_is_the_same_again_and_the_verdict_is_left_alone() throws IOException {
        List<String> names = List.of("index.html", "verdict.md", "junit.xml", "verdict.json");
        List<String> before = contents(names);
        Files.delete(run.resolve("index.html"));
        Files.delete(run.resolve("verdict.md"));

        List<Path> written = ReportFiles.rebuild(run);

        assertThat(contents(names)).isEqualTo(before);
        assertThat(written)
                .containsExactly(
                        run.resolve("verdict.md"),
                        run.resolve("junit.xml"),
                        run.resolve("index.html"),
                        reports.resolve("index.html"));
    }

    private List<String> contents(List<String> names) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            texts.add(Files.readString(run.resolve(name)));
        }
        return texts;
    }

    @Test
    void the_charts_of_single_turns_come_from_the_turn_log() throws IOException {
        assertThat(ids(data()))
                .containsExactlyInAnyOrder(
                        "ttfl",
                        "ttfl-over-time",
                        "throughput",
                        "sessions",
                        "gaps",
                        "by-turn",
                        "by-kind",
                        "outcomes-over-time",
                        "lag-over-time",
                        "slowest");
        assertThat(data().path("turns")).isNotEmpty();
    }

    @Test
    void without_a_turn_log_a_run_still_has_a_page_that_says_so() throws IOException {
        Files.delete(run.resolve(TurnLog.NAME));

        ReportFiles.rebuild(run);

        assertThat(ids(data())).contains("ttfl-over-time", "by-turn").doesNotContain("ttfl", "gaps", "slowest");
        assertThat(run.resolve("index.html")).content().contains("There is no turns.jsonl.gz in this folder");
    }

    @Test
    void a_comparison_in_the_folder_is_told_and_drawn() throws IOException {
        new JsonMapper().writeValue(run.resolve("gate.json").toFile(), SamplePages.comparison());

        ReportFiles.rebuild(run);

        assertThat(ids(data())).contains("baseline");
        assertThat(run.resolve("index.html"))
                .content()
                .contains(
                        "Beside accepted runs", "14 % slower than the 480 ms", "+14 %", "3 judged against 20 accepted");
    }

    @Test
    void a_search_has_its_answer_in_words_and_its_steps_as_charts() {
        String page = CapacityPage.of(SamplePages.capacity(), run);

        assertThat(page)
                .contains("staging carries 12.5 journeys/s (95 % interval 12.1 to 13); beyond it ttfl ≤ 1200 ms is "
                        + "broken first, and what lies there is a cliff.")
                .contains("1.6 times today&#39;s 8 journeys/s")
                .contains("data-chart=\"steps\"", "data-chart=\"attainment\"", "data-chart=\"latency\"")
                .contains("data-chart=\"usl\"");
    }

    @ParameterizedTest
    @CsvSource({
        "summary.json,, no such file",
        "summary.json, {}, a summary",
        "verdict.json,, no such file",
        "verdict.json, {, a verdict",
        "verdict.json, {\"version\": 1}, a verdict of version 1",
        "verdict.json, {\"version\": 9}, a verdict of version 1",
        "gate.json, [], a comparison of version 1",
        "gate.json, null, a comparison of version 1",
        "gate.json, {\"version\": 1}, lacks one of its parts",
        "gate.json, {\"version\": 9}, a comparison of version 1",
        "capacity.json, nothing, a capacity search",
        "turns.jsonl.gz, nothing, a turn log",
    })
    void what_is_missing_or_odd_is_told_in_four_facts(String file, String content, String told) throws IOException {
        if (content == null) {
            Files.delete(run.resolve(file));
        } else {
            Files.writeString(run.resolve(file), content);
        }

        assertThatThrownBy(() -> ReportFiles.rebuild(run))
                .isInstanceOf(Misuse.class)
                .hasMessageContainingAll(told, run.resolve(file).toString());
    }

    @Test
    void an_unknown_folder_is_told() {
        assertThatThrownBy(() -> ReportFiles.rebuild(reports.resolve("runs/gone")))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("no such folder");
    }

    @Test
    void the_list_has_every_run_the_newest_first_and_does_not_mind_broken_ones() throws IOException {
        Path runs = reports.resolve("runs");
        Files.createDirectories(runs.resolve("soak-20261121T130000Z"));
        Path odd = Files.createDirectories(runs.resolve("smoke-20261121T123000Z"));
        Files.writeString(odd.resolve("summary.json"), "{\"simulation\": \"<b>\", ");
        Path capacity = Files.createDirectories(runs.resolve(SamplePages.CAPACITY));
        new JsonMapper().writeValue(capacity.resolve("capacity.json").toFile(), SamplePages.capacity());
        Files.createDirectories(runs.resolve("<i>& what"));

        ReportFiles.rebuild(run);

        String list = Files.readString(reports.resolve("index.html"));
        assertThat(list)
                .containsSubsequence(
                        "soak-20261121T130000Z",
                        "smoke-20261121T123000Z",
                        SamplePages.CAPACITY,
                        RUN,
                        "&lt;i&gt;&amp; what")
                .contains("href=\"runs/" + RUN + "/index.html\"", "2026-11-21 10:00:00", "8 steps", "TTFL p50")
                .contains("no summary.json: it is not over, or was killed")
                .doesNotContain("<i>", "<b>");
        assertThat(list.split("unreadable</td>", -1)).hasSize(4);
        try (Stream<Path> left = Files.list(reports)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder("index.html", "runs");
        }
    }

    @Test
    void lines_with_findings_are_quoted_and_stay_text() throws IOException {
        SamplePages.write(reports);

        assertThat(reports.resolve("runs").resolve(SamplePages.FAULTY).resolve("index.html"))
                .content()
                .contains("foreign-session: the first answer")
                .contains("line 3 /result/response/sessionId: promised 5e55, saw &lt;/script&gt;&lt;b&gt;f00")
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!--")
                .contains("and 5 more in this answer")
                .doesNotContain("<script>alert");
    }
}
