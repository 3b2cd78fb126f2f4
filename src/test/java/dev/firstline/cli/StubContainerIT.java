package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.firstline.stats.TurnLog;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.MountableFile;

/** The stub in a container, talked to from this machine, and what becomes of streams when it is stopped in any way. */
@Epic("Command line")
@Feature("In a container")
@RequiresDocker
final class StubContainerIT {
    private static final int LINES = 30;
    private static final int MILLIS_BETWEEN_LINES = 200;
    private static final long SOON_SECONDS = 20;
    private static final long SILENCE_SECONDS = 2;
    private static final Duration A_RUN = Duration.ofMinutes(2);
    private static final int KILLED_WHEN_PATIENCE_ENDED = 137;
    private static final int ENDED_BY_SIGTERM = 143;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void a_whole_journey_from_outside() throws Exception {
        try (GenericContainer<?> container = Images.stub()) {
            container.start();
            Talk talk = new Talk(baseUrl(container));

            String session = talk.init();
            assertThat(openSessions(talk)).isEqualTo(1);
            assertThat(whole(talk.says(session, "A festive dress for my wife, under $100?")))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains(session))
                    .last()
                    .asString()
                    .contains("recommendationEvent");
            assertThat(whole(talk.says(session, "Show me sizes")))
                    .last()
                    .asString()
                    .contains("listMessage");
            assertThat(whole(talk.turn(session, "{'listReplyEvent':{'id':'s','title':'S'}}")))
                    .last()
                    .asString()
                    .contains("replyButtonMessage");
            assertThat(talk.close(session)).isEqualTo(200);

            assertThat(openSessions(talk)).isZero();
            assertThat(container.execInContainer("id", "-u").getStdout().strip())
                    .as("who it runs as")
                    .isEqualTo("1000");
        }
    }

    @Test
    void a_stop_is_obeyed_at_once() {
        try (GenericContainer<?> container = Images.stub()) {
            container.start();

            engine(container)
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(10)
                    .exec();

            InspectContainerResponse.ContainerState state = engine(container)
                    .inspectContainerCmd(container.getContainerId())
                    .exec()
                    .getState();
            assertThat(state.getExitCodeLong())
                    .isNotEqualTo(KILLED_WHEN_PATIENCE_ENDED)
                    .isEqualTo(ENDED_BY_SIGTERM);
        }
    }

    @Test
    void paused_in_mid_stream_it_is_silent_and_then_goes_on_to_the_end() throws Exception {
        try (GenericContainer<?> container = slow()) {
            container.start();
            Talk talk = new Talk(baseUrl(container));
            Talk.Answer answer = talk.says(talk.init(), "slow");
            List<String> lines = new ArrayList<>(List.of(first(answer)));

            engine(container).pauseContainerCmd(container.getContainerId()).exec();
            answer.lines().drainTo(lines);
            // What was on its way when it was paused may still come.
            String onItsWay = answer.next(SILENCE_SECONDS);
            if (onItsWay != null) {
                lines.add(onItsWay);
            }
            assertThat(answer.next(SILENCE_SECONDS))
                    .as("a line while it is paused")
                    .isNull();
            assertThat(answer.end()).as("the stream").isNotDone();
            engine(container).unpauseContainerCmd(container.getContainerId()).exec();

            lines.addAll(whole(answer));
            assertThat(lines).hasSize(LINES);
            assertThat(lines.get(LINES - 1)).contains("Line " + LINES);
        }
    }

    @Test
    void killed_in_mid_stream_it_leaves_no_clean_end() throws Exception {
        try (GenericContainer<?> container = slow()) {
            container.start();
            Talk talk = new Talk(baseUrl(container));
            Talk.Answer answer = talk.says(talk.init(), "slow");
            assertThat(first(answer)).contains("Line 1");

            engine(container).killContainerCmd(container.getContainerId()).exec();

            assertThatThrownBy(() -> answer.end().get(SOON_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasStackTraceContaining("IOException");
            assertThat(answer.lines()).hasSizeLessThan(LINES - 1);
        }
    }

    @Test
    void a_run_from_outside_names_a_pause() throws Exception {
        try (GenericContainer<?> container = slow()) {
            container.start();
            Path out = folder.resolve("out.txt");
            Jar jar = new Jar(folder);
            Process run = startRun(jar, container, out);
            try {
                engine(container).pauseContainerCmd(container.getContainerId()).exec();
                Await.until(A_RUN, "an outcome", () -> ends(jar).contains("stalled_out"));
                engine(container)
                        .unpauseContainerCmd(container.getContainerId())
                        .exec();
                assertThat(run.waitFor(A_RUN.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } finally {
                run.destroyForcibly();
            }
            assertThat(run.exitValue()).as(Jar.text(out)).isEqualTo(1);
            assertThat(summary(jar).at("/outcomes").toString()).isEqualTo("{\"stalled_out\":1}");
            assertThat(summary(jar).at("/sessions/leaked").asInt()).isZero();
        }
    }

    @Test
    void a_run_from_outside_names_a_death() throws Exception {
        try (GenericContainer<?> container = slow()) {
            container.start();
            Path out = folder.resolve("out.txt");
            Jar jar = new Jar(folder);
            Process run = startRun(jar, container, out);
            try {
                engine(container).killContainerCmd(container.getContainerId()).exec();
                assertThat(run.waitFor(A_RUN.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } finally {
                run.destroyForcibly();
            }
            assertThat(run.exitValue()).as(Jar.text(out)).isEqualTo(1);
            assertThat(summary(jar).at("/outcomes").toString()).isEqualTo("{\"truncated\":1}");
            assertThat(Jar.text(out)).contains("connect_failed");
        }
    }

    /** How the calls of the run have ended so far. */
    private static List<String> ends(Jar jar) throws IOException {
        List<String> ends = new ArrayList<>();
        TurnLog.read(jar.run(), call -> ends.add(call.outcome().label()), journey -> {});
        return ends;
    }

    /** A stub with stubs of a test's own: a turn of {@link #LINES} lines, {@link #MILLIS_BETWEEN_LINES} apart. */
    private GenericContainer<?> slow() throws Exception {
        Scene scene = Scene.in(folder, "{outcome: ko, share: 0}", "{leaked_sessions: 0}");
        scene.journey(
                "slow",
                "",
                200,
                IntStream.rangeClosed(1, LINES)
                        .mapToObj(i -> "{'at':" + i * MILLIS_BETWEEN_LINES + ",'line':"
                                + Scene.line(Scene.says("Line " + i, i)) + "}")
                        .toArray(String[]::new));
        return Images.stub("stub", "--stubs", "/stubs")
                .withCopyFileToContainer(MountableFile.forHostPath(folder.resolve("stubs")), "/stubs");
    }

    /** Starts a run of one such turn, and returns in the middle of it. */
    private Process startRun(Jar jar, GenericContainer<?> container, Path out) throws Exception {
        URI baseUrl = baseUrl(container);
        Scene.in(folder, "{outcome: ko, share: 0}", "{leaked_sessions: 0}")
                .write(
                        "targets.yaml",
                        "targets:\n  container: {baseUrl: \"%s\", environment: stub}\n".formatted(baseUrl));
        Process run = jar.start(
                out,
                folder.resolve("err.txt"),
                "run",
                "smoke",
                "--journeys",
                "journeys",
                "--contracts",
                "contracts",
                "--targets",
                "targets.yaml",
                "--target",
                "container",
                "--rounds",
                "1",
                "--duration",
                "1s");
        Talk talk = new Talk(baseUrl);
        Await.until(A_RUN, "a stream", () -> !run.isAlive() || isInMidStream(talk));
        assertThat(run.isAlive())
                .as(Jar.text(out) + Jar.text(folder.resolve("err.txt")))
                .isTrue();
        return run;
    }

    /** Whether a customer has been in the only turn for a while, and not one who comes to warm up. */
    private static boolean isInMidStream(Talk talk) throws Exception {
        for (JsonNode session : talk.page("firstline/sessions").path("sessions")) {
            boolean toWarmUp = session.path("client_key").asText().contains("warm-up");
            if (!toWarmUp && session.path("age_ms").asLong() > 5 * MILLIS_BETWEEN_LINES) {
                return true;
            }
        }
        return false;
    }

    private static String first(Talk.Answer answer) throws InterruptedException {
        String line = answer.next(SOON_SECONDS);
        return line == null ? "(no line)" : line;
    }

    /** What is left of an answer that comes to its end. */
    private static List<String> whole(Talk.Answer answer) throws Exception {
        answer.end().get(SOON_SECONDS, TimeUnit.SECONDS);
        return List.copyOf(answer.lines());
    }

    private static int openSessions(Talk talk) throws Exception {
        return talk.page("firstline/sessions").path("sessions").size();
    }

    private static DockerClient engine(GenericContainer<?> container) {
        return container.getDockerClient();
    }

    private static URI baseUrl(GenericContainer<?> container) {
        return URI.create("http://" + Images.host(container) + ":" + container.getMappedPort(Images.PORT));
    }

    private static JsonNode summary(Jar jar) throws Exception {
        return JSON.readTree(jar.run().resolve("summary.json").toFile());
    }
}
