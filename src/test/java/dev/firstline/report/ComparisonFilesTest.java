package dev.firstline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.gate.Accepted;
import dev.firstline.gate.Comparison;
import dev.firstline.gate.Fleet;
import dev.firstline.gate.Fleet.Service;
import dev.firstline.gate.Regression;
import dev.firstline.gate.Tolerance;
import dev.firstline.gate.Trend;
import dev.firstline.stats.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonFilesTest {
    @TempDir
    private Path folder;

    private final Fleet fleet = new Fleet(1, 0.03);
    private final List<RunSummary> stored = fleet.usual(20);

    private Comparison compared(double slower) {
        return Regression.againstAccepted(
                Fleet.passed(fleet.runs(3, Service.slower(slower))), stored, Tolerance.DEFAULT, false);
    }

    @Test
    void a_comparison_is_read_back_as_it_was() throws Exception {
        Comparison comparison = compared(1.2);

        ComparisonFiles.write(folder, comparison, stored.get(0));

        assertThat(new JsonMapper().readValue(Files.readAllBytes(folder.resolve("gate.json")), Comparison.class))
                .isEqualTo(comparison);
    }

    @Test
    void the_table_is_ascii_and_says_what_to_try_once() {
        String table = ComparisonTable.of(compared(1.2), "reports/runs/x/index.html");

        assertThat(table).matches("[\\x20-\\x7E\\n]*").startsWith("FAIL  load against stub: 3 runs held against 20");
        assertThat(table.split("try: ", -1)).hasSize(2);
        assertThat(table.split("SLOWER", -1)).hasSize(5);
        assertThat(ComparisonTable.of(compared(1), "x")).startsWith("PASS").doesNotContain("SLOWER", "try");
    }

    @Test
    void what_a_run_is_called_is_no_markup() {
        Comparison slow = compared(1.2);
        Comparison hostile = new Comparison(
                1,
                slow.decision(),
                "<b>|`x`",
                "stub",
                slow.rule(),
                slow.candidates(),
                slow.accepted(),
                slow.rows(),
                slow.reasons(),
                List.of("*note* @somebody"));

        assertThat(ComparisonFiles.markdown(hostile)).doesNotContain("<b>", "*note*", "@somebody");
    }

    @Test
    void a_trends_page_has_a_chart_of_each_figure_and_names_what_changed() throws Exception {
        List<RunSummary> runs = new ArrayList<>(stored);
        runs.addAll(fleet.runs(10, Service.slower(1.2)));
        List<Accepted> accepted = Fleet.accepted(runs);

        String html = TrendPage.html(List.of(Trend.of(accepted)));

        String block = html.substring(html.indexOf("id=\"data\">") + 10);
        JsonNode data = new JsonMapper().readTree(block.substring(0, block.indexOf("</script>")));
        assertThat(data.path("charts")).hasSize(4);
        assertThat(data.at("/charts/0/series/0/points")).hasSize(30);
        assertThat(data.at("/charts/0/marks/0/from").asInt()).isEqualTo(20);
        assertThat(data.at("/charts/0/series/1/points/29/1").asDouble())
                .isGreaterThan(data.at("/charts/0/series/1/points/0/1").asDouble());
        assertThat(html).contains("load-0020", "--cut --why TEXT load-0020", "<dt>machine</dt>");
        assertThat(TrendPage.told(List.of(Trend.of(accepted)), "trend.html")).contains("change points:", "load-0020");
    }
}
