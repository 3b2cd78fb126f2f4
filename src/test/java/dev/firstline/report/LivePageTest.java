package dev.firstline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.gate.Decision;
import dev.firstline.gate.Verdict;
import dev.firstline.stats.LiveFigures;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class LivePageTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final LiveFigures FIGURES =
            new LiveFigures(12, 5, 4.9, 7, 58, 411.6, 890.2, 312, 3, Map.of("ok", 312L, "</script>", 3L), 1, 0);

    @Test
    void every_series_of_every_chart_finds_its_column() throws Exception {
        Matcher block = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(LivePage.html("load-20261120T180000Z", "load", "stub"));
        assertThat(block.find()).isTrue();
        JsonNode data = JSON.readTree(block.group(1));
        JsonNode point =
                JSON.readTree(LivePage.json(FIGURES, List.of(FIGURES), null)).at("/points/0");
        Map<String, Double> seen = Map.of("p50", 411.6, "p95", 890.2, "offered", 5.0, "open sessions", 7.0);

        for (JsonNode chart : data.path("charts")) {
            JsonNode columns = data.path("columns").path(chart.path("id").asText());
            assertThat(columns).hasSameSizeAs(chart.path("series"));
            for (int i = 0; i < columns.size(); i++) {
                String name = chart.path("series").path(i).path("name").asText();
                int at = columns.path(i).path("at").asInt();
                assertThat(at).isBetween(1, point.size() - 1);
                if (seen.containsKey(name)) {
                    assertThat(point.path(at).asDouble()).as(name).isEqualTo(seen.get(name));
                }
            }
        }
        assertThat(data.path("charts")).hasSize(5);
    }

    @Test
    void it_may_ask_its_own_server_and_nobody_else() {
        assertThat(LivePage.html("run", "load", "stub"))
                .contains("connect-src &#39;self&#39;")
                .contains("default-src &#39;none&#39;");
    }

    @Test
    void what_a_server_named_something_is_no_markup() {
        assertThat(LivePage.json(FIGURES, List.of(), null)).doesNotContain("<");
    }

    @Test
    void the_end_has_a_verdict_and_a_report() throws Exception {
        Verdict verdict = new Verdict(Decision.PASS, List.of(), List.of(), List.of(), List.of());

        JsonNode over = JSON.readTree(LivePage.json(null, List.of(), new LivePage.Over(verdict, "/tmp/index.html")));

        assertThat(over.path("over").asBoolean()).isTrue();
        assertThat(over.path("verdict").asText()).isEqualTo("PASS");
        assertThat(over.path("report").asText()).isEqualTo("/tmp/index.html");
        assertThat(JSON.readTree(LivePage.json(null, List.of(), null))
                        .path("over")
                        .asBoolean())
                .isFalse();
    }
}
