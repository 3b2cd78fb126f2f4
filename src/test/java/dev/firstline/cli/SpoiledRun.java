package dev.firstline.cli;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstline.stats.TurnLog;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A run of one journey, and what is done to its network.
 *
 * @param name its own, and its business's at the stub
 * @param journey {@code quick}, of lines that come at once, or {@code slow}
 * @param before what is done before the run
 * @param amidst what is done in the middle of its turn
 * @param after what is done when its turn has ended, while the run goes on
 */
record SpoiledRun(String name, String journey, Spoil before, Spoil amidst, Spoil after, List<String> promises) {
    static final int FIRST_LINE_MILLIS = 100;
    static final int LINES = 20;
    static final Duration LONGEST = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is done to the network, at some moment of a run. */
    interface Spoil {
        void spoil(Proxy link) throws Exception;
    }

    /** How a run ended, and what it left. */
    record Ended(int code, String out, JsonNode summary, JsonNode verdict) {
        double maxMillis(String metric) {
            return summary.at("/metrics/" + metric + "/max_ms").asDouble();
        }

        String outcomes() {
            return summary.path("outcomes").toString();
        }
    }

    private static final Spoil NOTHING = link -> {};

    private static final String NO_KO = "{outcome: ko, share: 0}";

    static final List<SpoiledRun> FAULTS = List.of(
            new SpoiledRun(
                    "latency",
                    "quick",
                    link -> link.toxics().latency("late", DOWNSTREAM, 200),
                    NOTHING,
                    NOTHING,
                    List.of("{metric: ttfl, max_ms: 250}", NO_KO)),
            new SpoiledRun(
                    "bandwidth",
                    "quick",
                    link -> link.toxics().bandwidth("narrow", DOWNSTREAM, 2),
                    NOTHING,
                    NOTHING,
                    List.of("{metric: e2e, max_ms: 1000}", NO_KO)),
            new SpoiledRun(
                    "cut",
                    "slow",
                    link -> link.toxics().limitData("cut", DOWNSTREAM, 2_500),
                    NOTHING,
                    NOTHING,
                    List.of(NO_KO)),
            new SpoiledRun(
                    "reset",
                    "slow",
                    NOTHING,
                    link -> link.toxics().resetPeer("reset", DOWNSTREAM, 0),
                    NOTHING,
                    List.of(NO_KO)),
            new SpoiledRun(
                    "pause",
                    "slow",
                    NOTHING,
                    link -> link.toxics().bandwidth("paused", DOWNSTREAM, 0),
                    link -> link.toxics().get("paused").remove(),
                    List.of(NO_KO, "{leaked_sessions: 0}")),
            new SpoiledRun("down", "slow", NOTHING, Proxy::disable, NOTHING, List.of(NO_KO, "{leaked_sessions: 0}")));

    /**
     * Runs it to its end.
     *
     * @param folder for what it reads and leaves
     * @param address where the proxy's port is
     * @param stub what it leads to, asked directly
     */
    Ended run(Path folder, Proxy link, String address, Talk stub) throws Exception {
        before.spoil(link);
        Path own = Files.createDirectory(folder.resolve(name));
        Scene scene = Scene.in(own, promises.toArray(String[]::new));
        addJourneys(scene, journey);
        scene.write("targets.yaml", """
                targets:
                  spoiled: {baseUrl: "http://%s", businessId: %s, environment: stub}
                """.formatted(address, name));
        Jar jar = new Jar(own);
        Path out = own.resolve("out.txt");
        Process run = jar.start(
                out,
                own.resolve("err.txt"),
                "run",
                "smoke",
                "--journeys",
                "journeys",
                "--contracts",
                "contracts",
                "--targets",
                "targets.yaml",
                "--target",
                "spoiled",
                "--rounds",
                "1",
                "--duration",
                "1s");
        try {
            if (amidst != NOTHING) {
                Await.until(LONGEST, "a stream", () -> !run.isAlive() || isInMidStream(stub));
                amidst.spoil(link);
            }
            if (after != NOTHING) {
                Await.until(LONGEST, "an outcome", () -> !run.isAlive() || hasEndedATurn(jar));
                after.spoil(link);
            }
            assertThat(run.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            run.destroyForcibly();
        }
        String said = Jar.text(out) + Jar.text(own.resolve("err.txt"));
        return new Ended(run.exitValue(), said, left(jar, "summary.json"), left(jar, "verdict.json"));
    }

    private static JsonNode left(Jar jar, String file) throws IOException {
        return JSON.readTree(jar.run().resolve(file).toFile());
    }

    private static boolean hasEndedATurn(Jar jar) throws IOException {
        List<String> turns = new ArrayList<>();
        TurnLog.read(jar.run(), call -> turns.add(call.outcome().label()), journey -> {});
        return turns.contains("stalled_out");
    }

    /** Whether the run's customer has been in the only turn for a while, and not one who comes to warm up. */
    private boolean isInMidStream(Talk stub) throws Exception {
        JsonNode page;
        try {
            page = stub.page("firstline/sessions");
        } catch (IOException e) {
            // The connection that was kept since the last time is closed: ask again.
            return false;
        }
        for (JsonNode session : page.path("sessions")) {
            if (session.path("business_id").asText().equals(name)
                    && !session.path("client_key").asText().contains("warm-up")
                    && session.path("age_ms").asLong() > 800) {
                return true;
            }
        }
        return false;
    }

    static void addJourneys(Scene scene, String... names) throws IOException {
        for (String name : names) {
            int gapMillis = name.equals("slow") ? 150 : 0;
            scene.journey(
                    name,
                    "",
                    200,
                    IntStream.range(0, LINES)
                            .mapToObj(i -> "{'at':" + (FIRST_LINE_MILLIS + i * gapMillis) + ",'line':"
                                    + Scene.line(Scene.says("Line " + i, i)) + "}")
                            .toArray(String[]::new));
        }
    }
}
