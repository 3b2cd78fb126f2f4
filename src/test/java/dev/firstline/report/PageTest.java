package dev.firstline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firstline.report.Chart.Axis;
import dev.firstline.report.Chart.Look;
import dev.firstline.report.Chart.Mark;
import dev.firstline.report.Chart.Series;
import dev.firstline.report.Chart.Unit;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static Chart chart(String name) {
        return Chart.of("curve", name, name, Axis.time(), Axis.log(name, Unit.MS))
                .with(new Series(name, Look.LINE, "c1", List.of(Chart.point(0, 1.23456789), Chart.point(10, null))))
                .with(Mark.line("x", 5, name, "open"));
    }

    private static String page(String name) {
        return Page.of("chart-page.peb", name)
                .with(chart(name))
                .data("more", name)
                .html();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "<!-- <script>",
                "]]> -->",
                "\u2028 and \u2029",
                "\"quoted\\\" and 'quoted'",
                "{{ title }} {% block main %}",
                "&lt;script&gt; &amp;",
                "a lone \uD800 and a \u0000"
            })
    void what_a_server_named_something_stays_text_and_is_read_back_as_it_was(String hostile) throws IOException {
        String html = page(hostile);

        assertThat(html.split("<script", -1)).hasSize(page("ordinary").split("<script", -1).length);
        assertThat(html.split("</script", -1)).hasSize(page("ordinary").split("</script", -1).length);
        assertThat(html).doesNotContain("alert(1)</script>");
        JsonNode data = JSON.readTree(block(html));
        assertThat(data.at("/more").textValue()).isEqualTo(hostile);
        assertThat(data.at("/charts/0/series/0/name").textValue()).isEqualTo(hostile);
        assertThat(data.at("/charts/0/series/0/points")).hasToString("[[0,1.2346],[10,null]]");
    }

    @Test
    void the_policy_names_every_script_and_the_style_by_its_hash_and_nothing_else() throws Exception {
        String html = page("a chart");
        String policy =
                first("Content-Security-Policy\" content=\"([^\"]*)\"", html).replace("&#39;", "'");

        List<String> known = new ArrayList<>();
        for (String script : all("<script>(.*?)</script>", html)) {
            known.add(hash(script));
        }
        assertThat(known).hasSize(2);
        assertThat(policy)
                .isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src "
                        + hash(first("<style>(.*?)</style>", html)) + "; script-src " + String.join(" ", known));
        assertThat(Page.of("chart-page.peb", "live")
                        .with(chart("x"))
                        .asksItsServer()
                        .html())
                .contains("connect-src &#39;self&#39;");
    }

    @Test
    void a_chart_has_a_heading_a_line_of_words_and_a_place_for_its_figures() {
        assertThat(page("a chart"))
                .contains("<h2 id=\"curve\">a chart</h2>")
                .contains("data-chart=\"curve\"")
                .contains("data-figures=\"curve\"");
    }

    @Test
    void a_page_without_charts_carries_no_library() {
        assertThat(Page.of("chart-page.peb", "none").html().length()).isLessThan(20_000);
    }

    private static String block(String html) {
        return first("<script type=\"application/json\" id=\"data\">(.*?)</script>", html);
    }

    private static String first(String regex, String text) {
        return all(regex, text).get(0);
    }

    private static List<String> all(String regex, String text) {
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }
}
