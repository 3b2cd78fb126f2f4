package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed leaves its sessions open, and the next start closes them. */
@Epic("Command line")
@Feature("Killed runs")
final class KilledRunIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int SESSIONS = 200;
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    @TempDir
    private Path folder;

    @Test
    void what_kill_9_left_open_the_next_start_closes() throws Exception {
        Jar jar = new Jar(folder);
        Path out = folder.resolve("stub.txt");
        Process stub = jar.start(out, folder.resolve("stub-err.txt"), "stub", "--port", "0");
        try {
            Await.until(
                    SOON,
                    "a stub that serves",
                    () -> ADDRESS.matcher(Jar.text(out)).find());
            Matcher address = ADDRESS.matcher(Jar.text(out));
            assertThat(address.find()).isTrue();
            URI baseUrl = URI.create(address.group());
            Files.writeString(
                    folder.resolve("targets.yaml"),
                    "targets:%n  shared: {baseUrl: \"%s\", environment: stub}%n".formatted(baseUrl));
            Path journeys = Files.createDirectory(folder.resolve("journeys"));
            Files.writeString(journeys.resolve("patient.yaml"), """
                    name: patient
                    description: Somebody who keeps a session open.
                    turns:
                      - say: "I need billing"
                      - think: 10m
                        say: "Yes please"
                    """);

            kill(jar, baseUrl);
            assertThat(openSessions(baseUrl)).as("left open").isGreaterThanOrEqualTo(SESSIONS);

            Jar.Ended next = jar.run(
                    Duration.ofMinutes(2),
                    "run",
                    "smoke",
                    "--targets",
                    "targets.yaml",
                    "--target",
                    "shared",
                    "--journey",
                    "greeting",
                    "--rounds",
                    "1",
                    "--duration",
                    "1s");

            assertThat(openSessions(baseUrl))
                    .as("after the next start:\n" + next.all())
                    .isZero();
        } finally {
            stub.destroyForcibly().waitFor();
        }
    }

    private void kill(Jar jar, URI baseUrl) throws Exception {
        Process run = jar.start(
                folder.resolve("killed.txt"),
                folder.resolve("killed-err.txt"),
                "run",
                "load",
                "--targets",
                "targets.yaml",
                "--target",
                "shared",
                "--journeys",
                "journeys",
                "--rate",
                "60",
                "--duration",
                "4s");
        try {
            // An init that is in flight may open a session that nobody knows: wait until every customer is thinking.
            Await.until(SOON, SESSIONS + " open sessions, all known", () -> {
                if (openSessions(baseUrl) < SESSIONS) {
                    return false;
                }
                String ledger = Jar.text(jar.run().resolve("ledger.jsonl"));
                long opened = count(ledger, "\"opened\"");
                return opened >= SESSIONS && opened == count(ledger, "\"intended\"");
            });
        } finally {
            // SIGKILL: no hook runs.
            assertThat(run.destroyForcibly().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static long count(String text, String word) {
        return text.lines().filter(line -> line.contains(word)).count();
    }

    private static int openSessions(URI baseUrl) throws Exception {
        HttpRequest ask =
                HttpRequest.newBuilder(baseUrl.resolve("/__admin/firstline")).build();
        String page = HttpClient.newHttpClient()
                .send(ask, HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(page).path("open_sessions").asInt(-1);
    }
}
