package dev.firstline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A page in one file that needs nothing but itself: a template that extends {@code page.peb}, its charts and other data
 * as a JSON block, ECharts, and {@code page.js}, which draws the one with the other.
 *
 * <p>The browser runs these scripts and no other, for the page's policy names their hashes; it is told to load nothing.
 */
final class Page {
    /** What draws charts, from a library's jar: a resource, of which no Java knows anything. */
    private static final String ECHARTS = "META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

    private static final String HERE = "dev/firstline/report/";
    private static final JsonMapper JSON = new JsonMapper();
    private static final PebbleEngine ENGINE = new PebbleEngine.Builder()
            .loader(new ClasspathLoader(Page.class.getClassLoader()))
            .autoEscaping(true)
            .strictVariables(true)
            .defaultLocale(Locale.ROOT)
            .build();

    private final String template;
    private final Map<String, Object> model = new LinkedHashMap<>();
    private final Map<String, Object> data = new LinkedHashMap<>();
    private final List<Chart> charts = new ArrayList<>();
    private final List<String> scripts = new ArrayList<>();
    private boolean asksItsServer;

    private Page(String template, String title) {
        this.template = template;
        model.put("title", title);
    }

    /**
     * Begins a page.
     *
     * @param template the name of a template beside this class: {@code run.peb}
     * @param title what a browser's tab says
     */
    static Page of(String template, String title) {
        return new Page(template, title);
    }

    /** Something for the template. */
    Page with(String name, Object value) {
        model.put(name, value);
        return this;
    }

    /**
     * A chart, which the template finds under {@code charts.} and the chart's id, and places with {@code chart.peb}.
     */
    Page with(Chart chart) {
        charts.add(chart);
        return this;
    }

    /** Something for the scripts, in the page's data block. */
    Page data(String name, Object value) {
        data.put(name, value);
        return this;
    }

    /** One more script, the name of a resource beside this class; it comes after {@code page.js}. */
    Page script(String resource) {
        scripts.add(resource(HERE + resource));
        return this;
    }

    /** The page may ask the server that it came from; no other page asks anybody. */
    Page asksItsServer() {
        asksItsServer = true;
        return this;
    }

    /** The page as text. */
    String html() {
        List<String> all = new ArrayList<>();
        Map<String, Object> block = new LinkedHashMap<>(data);
        if (!charts.isEmpty()) {
            block.put("charts", charts);
            all.add(Library.ECHARTS_TEXT);
        }
        if (!charts.isEmpty() || !scripts.isEmpty()) {
            all.add(resource(HERE + "page.js"));
        }
        all.addAll(scripts);
        String style = resource(HERE + "page.css");
        Map<String, Object> whole = new LinkedHashMap<>(model);
        whole.put(
                "charts",
                charts.stream().collect(Collectors.toMap(Chart::id, Chart::words, (a, b) -> b, LinkedHashMap::new)));
        whole.put("css", style);
        whole.put("scripts", all);
        whole.put("policy", policy(style, all));
        whole.put("data", block.isEmpty() ? "" : json(block));
        StringWriter page = new StringWriter();
        try {
            ENGINE.getTemplate(HERE + template).evaluate(page, whole);
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes every character", e);
        }
        return page.toString();
    }

    private String policy(String style, List<String> all) {
        String known = all.stream().map(script -> " " + hash(script)).collect(Collectors.joining());
        return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src " + hash(style)
                + (known.isEmpty() ? "" : "; script-src" + known)
                + (asksItsServer ? "; connect-src 'self'" : "");
    }

    /** A file's name as a part of a link. */
    static String path(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    /** JSON that cannot end the element that holds it, whatever a server named something. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a page's data are plain", e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String path) {
        try (InputStream stream = Page.class.getClassLoader().getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's " + path, e);
        }
    }

    /** Read once, by whoever is first to draw. */
    private static final class Library {
        private static final String ECHARTS_TEXT = resource(ECHARTS);
    }
}
