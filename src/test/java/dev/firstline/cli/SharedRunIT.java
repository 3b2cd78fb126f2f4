package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.toxiproxy.ToxiproxyContainer;
import org.testcontainers.utility.MountableFile;

/** Injectors in containers, a stub in another, a private network between them, and one verdict. */
@Epic("Command line")
@Feature("More than one machine")
@RequiresDocker
final class SharedRunIT {
    private static final String REPORTS = "/firstline/reports";
    private static final int INJECTORS = 3;
    private static final int FIRST_LINE_MILLIS = 300;
    /** Of some 128 arrivals, the first 32 of which come in the time to settle. */
    private static final int MIDDLE = 80;

    /** A customer's key; those who come to warm up have numbers below twenty. */
    private static final Pattern KEY = Pattern.compile("-i(\\d+)-(\\d+)$");

    private static final int ADDED_MILLIS = 200;
    private static final Duration A_RUN = Duration.ofMinutes(3);
    private static final int KILLED = 137;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A verdict of 1 or 3 is no surprise here. */
    private static final List<Integer> VERDICTS = List.of(0, 1, 3);

    private static final Network NETWORK = Network.newNetwork();
    private static final String VOLUME = "firstline-it-" + UUID.randomUUID();

    private static final List<GenericContainer<?>> STARTED = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static Path scene;
    private static GenericContainer<?> stub;

    /** Where the results are, and where they are merged. */
    private static GenericContainer<?> desk;

    @BeforeAll
    static void start() throws Exception {
        // A folder below: a temporary one is its owner's alone, and the containers' user is another.
        scene = folder.resolve("scene");
        Scene played = Scene.in(scene, "{outcome: ko, share: 0}");
        played.journey(
                "steady",
                "",
                200,
                row(FIRST_LINE_MILLIS, 1),
                row(FIRST_LINE_MILLIS + 100, 2),
                row(FIRST_LINE_MILLIS + 200, 3));
        played.write("contracts/slo.yaml", """
                turn: {ttfl_ms: 1000, max_gap_ms: 1000, e2e_ms: 3000, stall_ms: 1000}
                simulations:
                  load:
                    promises:
                      - {outcome: ko, share: 0}
                      - {leaked_sessions: 0}
                      - {goodput: 0.98}
                      - {metric: ttfl, p50_ms: 450}
                    health: {achieved: 0.99}
                """);
        played.write(
                "targets.yaml", """
                targets:
                  stub-there: {baseUrl: "http://stub:8080", environment: stub, CAPS}
                  stub-behind-proxy: {baseUrl: "http://proxy:8666", environment: stub, CAPS}
                """.replace("CAPS", "caps: {journeysPerSecond: 10, openSessions: 100, minutes: 1}"));
        stub = Images.stub("stub", "--stubs", "/scene/stubs")
                .withCopyFileToContainer(MountableFile.forHostPath(scene), "/scene")
                .withNetwork(NETWORK)
                .withNetworkAliases("stub");
        desk = onTheVolume(Images.injector("3600"))
                .withCreateContainerCmdModifier(create -> create.withEntrypoint("sleep"));
        stub.start();
        desk.start();
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(GenericContainer::stop);
        desk.stop();
        stub.stop();
        desk.getDockerClient().removeVolumeCmd(VOLUME).exec();
        NETWORK.close();
    }

    @Test
    void three_injectors_come_to_the_verdict_of_one() throws Exception {
        Injectors one = new Injectors("one", "stub-there", 1);
        assertThat(one.exits()).as(one.said()).containsExactly(0L);
        Injectors three = new Injectors("three", "stub-there", INJECTORS);
        assertThat(three.exits()).as(three.said()).containsExactly(0L, 0L, 0L);

        ExecResult merge = merge("three");

        assertThat(merge.getExitCode())
                .as(merge.getStdout() + merge.getStderr())
                .isZero();
        String alone = one.folder();
        JsonNode whole = file(alone + "/summary.json");
        JsonNode sum = file(merged("three") + "/summary.json");
        for (String exact : List.of("/journeys", "/turns", "/outcomes", "/goodput/good", "/sessions", "/contract")) {
            assertThat(sum.at(exact)).as(exact).isEqualTo(whole.at(exact));
        }
        assertThat(ttflP50(sum)).isCloseTo(ttflP50(whole), within(0.05 * ttflP50(whole)));
        assertThat(promises(merged("three"))).isEqualTo(promises(alone));
        JsonNode shares = file(merged("three") + "/shares.json");
        for (JsonNode part : shares.path("parts")) {
            assertThat(part.path("late_ms").asDouble()).as("" + part).isLessThan(250);
        }
        assertThat(sh("grep -c 'steady' %s/index.html || true".formatted(merged("three")))
                        .strip())
                .isNotEqualTo("0");
        assertThat(sh("test -s %s/gatling/simulation.log && echo there".formatted(merged("three")))
                        .strip())
                .isEqualTo("there");
    }

    @Test
    void an_injector_that_is_killed_is_named() throws Exception {
        Injectors three = new Injectors("killed", "stub-there", INJECTORS);
        Talk talk = new Talk(URI.create("http://" + Images.host(stub) + ":" + stub.getMappedPort(Images.PORT)));
        Await.until(A_RUN, "injector 1 in the middle of its load", () -> hasComeTo(talk, 1, MIDDLE));
        three.kill(1);
        assertThat(three.exits()).as(three.said()).containsExactly(0L, (long) KILLED, 0L);

        ExecResult merge = merge("killed");

        assertThat(merge.getExitCode())
                .as(merge.getStdout() + merge.getStderr())
                .isEqualTo(1);
        JsonNode verdict = file(merged("killed") + "/verdict.json");
        assertThat(verdict.path("verdict").asText()).isEqualTo("FAIL");
        assertThat(verdict.path("reasons").toString())
                .contains("injector 1 of 3")
                .contains("lost");
        assertThat(merge.getStdout()).contains("injector 1 of 3");
        JsonNode parts = file(merged("killed") + "/shares.json").path("parts");
        long others = parts.path(0).at("/measured/turns").asLong()
                + parts.path(2).at("/measured/turns").asLong();
        assertThat(file(merged("killed") + "/summary.json").path("turns").asLong())
                .as("what it measured is not lost with it")
                .isGreaterThan(others);
    }

    @Test
    void what_the_network_adds_is_in_the_merged_report() throws Exception {
        try (ToxiproxyContainer proxy =
                new ToxiproxyContainer(Images.injectorName().asCompatibleSubstituteFor("shopify/toxiproxy"))) {
            proxy.withCommand("proxy", "--bind", "0.0.0.0")
                    .withNetwork(NETWORK)
                    .withNetworkAliases("proxy")
                    .start();
            new ToxiproxyClient(proxy.getHost(), proxy.getControlPort())
                    .createProxy("stub", "0.0.0.0:8666", "stub:" + Images.PORT)
                    .toxics()
                    .latency("far-away", ToxicDirection.DOWNSTREAM, ADDED_MILLIS);
            Injectors three = new Injectors("far", "stub-behind-proxy", INJECTORS);
            assertThat(three.exits()).as(three.said()).containsExactly(0L, 0L, 0L);

            ExecResult merge = merge("far");

            double expectedMillis = FIRST_LINE_MILLIS + ADDED_MILLIS;
            double seenMillis = ttflP50(file(merged("far") + "/summary.json"));
            assertThat(seenMillis).isBetween(expectedMillis, expectedMillis + ADDED_MILLIS / 4.0);
            assertThat(merge.getExitCode())
                    .as(merge.getStdout() + merge.getStderr())
                    .isEqualTo(1);
            assertThat(merge.getStdout()).contains("broken   ttfl p50 <= 450 ms");
        }
    }

    /** Injectors that share a load, each in a container of its own. */
    private static final class Injectors {
        private final String name;
        private final List<GenericContainer<?>> containers = new ArrayList<>();

        /** Starts them. */
        Injectors(String name, String target, int injectors) {
            this.name = name;
            for (int i = 0; i < injectors; i++) {
                containers.add(injector(target, i, injectors));
            }
            STARTED.addAll(containers);
            containers.parallelStream().forEach(GenericContainer::start);
        }

        private GenericContainer<?> injector(String target, int injector, int injectors) {
            String[] load = {
                "run",
                "load",
                "--target",
                target,
                "--targets",
                "/scene/targets.yaml",
                "--journeys",
                "/scene/journeys",
                "--contracts",
                "/scene/contracts",
                "--rate",
                "8",
                "--duration",
                "12s",
                "--settle",
                "4s",
                "--seed",
                "7",
                "--reports",
                REPORTS + "/" + name + "/" + injector
            };
            return onTheVolume(Images.injector(load))
                    .withNetworkAliases(name + "-" + injector)
                    .withEnv("FIRSTLINE_INJECTORS", "" + injectors)
                    .withEnv("JOB_COMPLETION_INDEX", "" + injector)
                    .withEnv("FIRSTLINE_BARRIER", name + "-0:7420");
        }

        void kill(int injector) {
            GenericContainer<?> victim = containers.get(injector);
            victim.getDockerClient().killContainerCmd(victim.getContainerId()).exec();
        }

        /** Waits until all have ended. */
        List<Long> exits() {
            return containers.stream()
                    .map(container -> (long) container
                            .getDockerClient()
                            .waitContainerCmd(container.getContainerId())
                            .start()
                            .awaitStatusCode(A_RUN.toSeconds(), TimeUnit.SECONDS))
                    .toList();
        }

        String said() {
            return String.join(
                    "\n", containers.stream().map(GenericContainer::getLogs).toList());
        }

        /** The only run's folder. */
        String folder() throws Exception {
            return sh("ls -d %s/%s/0/runs/*".formatted(REPORTS, name)).strip();
        }
    }

    private static GenericContainer<?> onTheVolume(GenericContainer<?> container) {
        return container
                .withCopyFileToContainer(MountableFile.forHostPath(scene), "/scene")
                .withNetwork(NETWORK)
                .withCreateContainerCmdModifier(
                        create -> create.getHostConfig().withBinds(new Bind(VOLUME, new Volume(REPORTS))));
    }

    private static ExecResult merge(String name) throws Exception {
        ExecResult merge = desk.execInContainer(
                "java",
                "-jar",
                "/opt/firstline/firstline.jar",
                "merge",
                REPORTS + "/" + name,
                "--contracts",
                "/scene/contracts",
                "--out",
                merged(name));
        assertThat(VERDICTS).as(merge.getStderr()).contains(merge.getExitCode());
        return merge;
    }

    private static String merged(String name) {
        return REPORTS + "/" + name + "/merged";
    }

    private static List<String> promises(String folder) throws Exception {
        List<String> states = new ArrayList<>();
        JsonNode verdict = file(folder + "/verdict.json");
        states.add(verdict.path("verdict").asText());
        verdict.path("promises")
                .forEach(promise -> states.add(promise.path("slo").asText() + " "
                        + promise.path("state").asText()));
        return states;
    }

    private static double ttflP50(JsonNode summary) {
        return summary.at("/metrics/ttfl/p50_ms").asDouble();
    }

    /** Whether an injector has a session open for that arrival or a later one. */
    private static boolean hasComeTo(Talk talk, int injector, int arrival) throws IOException, InterruptedException {
        for (JsonNode session : talk.page("firstline/sessions").path("sessions")) {
            Matcher key = KEY.matcher(session.path("client_key").asText());
            if (key.find() && Integer.parseInt(key.group(1)) == injector && Integer.parseInt(key.group(2)) >= arrival) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode file(String path) throws Exception {
        return JSON.readTree(sh("cat " + path));
    }

    private static String sh(String command) throws Exception {
        ExecResult result = desk.execInContainer("sh", "-c", command);
        assertThat(result.getExitCode()).as(result.getStderr()).isZero();
        return result.getStdout();
    }

    private static String row(int atMillis, int number) {
        return Stream.of("{'at':" + atMillis, "'line':" + Scene.line(Scene.says("Line " + number, number)) + "}")
                .reduce((at, line) -> at + "," + line)
                .orElseThrow();
    }
}
