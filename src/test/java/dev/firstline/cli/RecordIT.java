package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As a user records: with a journey, and with a client of their own, both from the jar in an empty folder. */
final class RecordIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration A_RUN = Duration.ofMinutes(2);
    private static final Pattern ADDRESS = Pattern.compile(" on (http://127\\.0\\.0\\.1:\\d+)");
    private static final String PATH = "/external/v1/ai/agent_graph/";
    private static final String RECORDINGS = "recorded/__files/recordings/";
    private static final String IDS = "\"businessId\":\"b\",\"clientKey\":\"+55 11 99999-8888\"";

    @TempDir
    private Path folder;

    @Test
    void what_a_clients_conversation_was_passes_as_a_run_against_its_recordings() throws Exception {
        Jar jar = new Jar(folder);
        Process stub = jar.start(folder.resolve("stub.txt"), folder.resolve("stub-err.txt"), "stub", "--port", "0");
        try {
            targets(address("stub.txt"));
            talk(jar);
            Jar.Ended recorded = jar.run(
                    A_RUN,
                    "record",
                    "--targets",
                    "targets.yaml",
                    "--target",
                    "there",
                    "--journey",
                    journey(),
                    "--takes",
                    "2",
                    "--out",
                    "recorded");
            assertThat(recorded.code()).as(recorded.all()).isZero();
            assertThat(recorded.out()).contains("recorded " + RECORDINGS + "greeting/turn-2.ndjson");
            Jar.Ended again = jar.run(
                    A_RUN,
                    "record",
                    "--targets",
                    "targets.yaml",
                    "--target",
                    "there",
                    "--journey",
                    journey(),
                    "--takes",
                    "2",
                    "--out",
                    "again",
                    "--against",
                    "recorded");
            assertThat(again.code()).as(again.all()).isZero();
            assertThat(again.out())
                    .contains("beside the takes in recorded:", "  turn 2, first line: ", " ms apart on average, KS ");
        } finally {
            stub.destroyForcibly().waitFor();
        }
        assertThat(folder.resolve("reports/runs")).isEmptyDirectory();
        Jar.Ended checked = jar.run(SOON, everyRecording());
        assertThat(checked.code()).as(checked.all()).isZero();
        assertThat(checked.out()).startsWith("PASS  10 files, ");

        // Nine times two turns: a smoke run with fewer than 18 is none.
        Jar.Ended run = jar.run(
                A_RUN,
                "run",
                "smoke",
                "--rounds",
                "9",
                "--speed",
                "10",
                "--journeys",
                "journeys",
                "--stubs",
                "recorded");
        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out()).contains("PASS");
    }

    /**
     * The recordings and the takes: init, close, health, a turn by hand, two of the journey, and each twice as a take.
     */
    private String[] everyRecording() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("check"));
        try (Stream<Path> files = Files.walk(folder.resolve("recorded"))) {
            files.filter(file -> file.toString().endsWith(".ndjson"))
                    .map(Path::toString)
                    .forEach(arguments::add);
        }
        return arguments.toArray(String[]::new);
    }

    private void talk(Jar jar) throws Exception {
        Process proxy = jar.start(
                folder.resolve("proxy.txt"),
                folder.resolve("proxy-err.txt"),
                "stub",
                "--record",
                "--targets",
                "targets.yaml",
                "--target",
                "there",
                "--port",
                "0",
                "--as",
                "by-hand",
                "--out",
                "recorded");
        String session;
        try {
            URI address = address("proxy.txt");
            String opened = post(address, "init", "{" + IDS + "}");
            session = opened.replaceAll(".*\"sessionId\":\"([^\"]+)\".*", "$1");
            String ids = IDS + ",\"sessionId\":\"" + session + "\"";
            post(
                    address,
                    "invoke",
                    "{" + ids + ",\"inputEvents\":[{\"messageEvent\":{\"role\":\"USER\",\"content\":"
                            + "{\"textContent\":{\"text\":\"Where is my order 1001?\"}}}}]}");
            post(address, "close", "{" + ids + "}");
            proxy.destroy();
            assertThat(proxy.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            proxy.destroyForcibly();
        }
        assertThat(Jar.text(folder.resolve("proxy.txt")))
                .contains("recorded invoke as turn 1 of by-hand: ", "recorded close of by-hand");
        assertThat(Files.readString(folder.resolve(RECORDINGS + "by-hand/turn-1.ndjson")))
                .contains("\"text\":\"Where is my order 1001?\"", "order-status-1-1", "\"harness\":\"0.")
                .doesNotContain(session, "99999");
    }

    private static String post(URI address, String endpoint, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address.resolve(PATH + endpoint))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void targets(URI address) throws IOException {
        Files.writeString(
                folder.resolve("targets.yaml"),
                "targets:\n  there: {baseUrl: \"%s\", environment: stub}\n".formatted(address));
    }

    private String journey() throws IOException {
        Files.createDirectories(folder.resolve("journeys"));
        Files.copy(
                Path.of("simulations/journeys/greeting.yaml"),
                folder.resolve("journeys/greeting.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        return "journeys/greeting.yaml";
    }

    private URI address(String output) throws Exception {
        Await.until(
                SOON,
                "an address in " + output,
                () -> ADDRESS.matcher(Jar.text(folder.resolve(output))).find());
        Matcher said = ADDRESS.matcher(Jar.text(folder.resolve(output)));
        assertThat(said.find()).isTrue();
        return URI.create(said.group(1));
    }
}
