package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run while it lasts, without a terminal: lines for a log, and a page that is gone with the run. */
@Epic("Command line")
@Feature("Live")
final class LiveIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PAGE = Pattern.compile("live page {2}(http://\\S+)");

    @TempDir
    private Path folder;

    @Test
    void a_run_tells_how_it_stands_in_a_log_and_on_a_page() throws Exception {
        Path err = folder.resolve("err.txt");
        Process run = new Jar(folder)
                .start(folder.resolve("out.txt"), err, "run", "load", "--rate", "3", "--duration", "11s", "--live");
        JsonNode last = JSON.missingNode();
        try {
            Await.until(
                    Duration.ofMinutes(1),
                    "a page",
                    () -> PAGE.matcher(Jar.text(err)).find());
            Matcher page = PAGE.matcher(Jar.text(err));
            assertThat(page.find()).isTrue();
            URI address = URI.create(page.group(1));
            assertThat(InetAddress.getByName(address.getHost()).isLoopbackAddress())
                    .isTrue();
            Await.until(
                    Duration.ofMinutes(1),
                    "figures",
                    () -> data(address).at("/now/ttfl_count").asInt() > 0);
            last = data(address);
            assertThat(get(address.resolve("/")).body()).contains("load against stub", "echarts");
            assertThat(get(address.resolve("/elsewhere")).statusCode()).isEqualTo(404);
            assertThat(status(address, "evil.example")).as("by another name").contains(" 403 ");
            assertThat(status(address, "localhost:" + address.getPort())).contains(" 200 ");

            JsonNode end = JSON.missingNode();
            while (!end.path("over").asBoolean()) {
                end = data(address);
            }
            assertThat(end.path("verdict").asText()).isIn("PASS", "FAIL", "NO VERDICT");
            assertThat(Path.of(end.path("report").asText())).exists();
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).as("it is over").isTrue();
        } finally {
            run.destroyForcibly();
        }
        assertThat(last.at("/now/offered_per_s").asDouble()).isPositive();
        assertThat(last.at("/points/0")).hasSize(10);
        assertThat(last.path("over").asBoolean()).isFalse();
        assertThat(Jar.text(err)).containsPattern("\nlive {2}00:1\\d {2}offered .* ttfl p50 \\d+ .* violations 0");
        assertThat(Jar.text(err)).doesNotContain("\r");
        assertThat(Jar.text(folder.resolve("out.txt"))).doesNotContain("Global Information", "\r");
    }

    @Test
    void a_port_that_is_taken_or_none_is_a_misuse() throws Exception {
        Jar jar = new Jar(folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Jar.Ended ended =
                    jar.run(Duration.ofMinutes(1), "run", "--live=" + taken.getLocalPort(), "smoke", "--rounds", "1");

            assertThat(ended.code()).as(ended.all()).isEqualTo(2);
            assertThat(ended.err()).contains("a free port for the live page", "--live");
        }
        Jar.Ended ended = jar.run(Duration.ofMinutes(1), "run", "smoke", "--live=web");
        assertThat(ended.code()).as(ended.all()).isEqualTo(2);
        assertThat(ended.err()).contains("a port from 0 to 65535", "web");
    }

    private static JsonNode data(URI address) throws IOException, InterruptedException {
        return JSON.readTree(get(address.resolve("/data?after=0")).body());
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The JDK's client chooses the header Host itself. */
    private static String status(URI address, String host) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String request = "GET /data HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(20), StandardCharsets.US_ASCII);
        }
    }
}
