package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.firstline.stats.Clock;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.toxiproxy.ToxiproxyContainer;
import org.testcontainers.utility.MountableFile;

/**
 * What a spoiled network does to a run: injectors on this machine, our proxy and the stub in containers on a network of
 * their own. Testcontainers' module for Toxiproxy and Toxiproxy's own client drive the proxy.
 *
 * <p>Each run has a port of the proxy to itself, so two at a time are on their way while the tests wait for theirs.
 */
@Epic("Command line")
@Feature("Network faults")
@RequiresDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NetworkFaultsIT {
    private static final int RUNS_AT_ONCE = 2;
    private static final int FIRST_PORT = 8666;

    private final ExecutorService runners = Executors.newFixedThreadPool(RUNS_AT_ONCE);
    private final Map<String, Future<SpoiledRun.Ended>> runs = new ConcurrentHashMap<>();

    private Network network;
    private GenericContainer<?> stub;
    private ToxiproxyContainer proxy;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        network = Network.newNetwork();
        Scene scene = Scene.in(folder, "{outcome: ko, share: 0}");
        SpoiledRun.addJourneys(scene, "quick", "slow");
        stub = Images.stub("stub", "--stubs", "/stubs")
                .withCopyFileToContainer(MountableFile.forHostPath(folder.resolve("stubs")), "/stubs")
                .withNetwork(network)
                .withNetworkAliases("stub")
                .withCreateContainerCmdModifier(command -> hostConfig(command.getHostConfig()));
        stub.start();
        proxy = new ToxiproxyContainer(Images.injectorName().asCompatibleSubstituteFor("shopify/toxiproxy"))
                .withCommand("proxy", "--bind", "0.0.0.0")
                .withNetwork(network);
        proxy.start();
        ToxiproxyClient client = new ToxiproxyClient(proxy.getHost(), proxy.getControlPort());
        for (SpoiledRun fault : SpoiledRun.FAULTS) {
            int port = FIRST_PORT + runs.size();
            String address = Images.host(proxy) + ":" + proxy.getMappedPort(port);
            Proxy link = client.createProxy(fault.name(), "0.0.0.0:" + port, "stub:" + Images.PORT);
            runs.put(fault.name(), runners.submit(() -> fault.run(folder, link, address, talk())));
        }
    }

    /** So that its network can be slowed down by the kernel; what runs in it has no use of that. */
    private static void hostConfig(HostConfig config) {
        if (config != null) {
            config.withCapAdd(Capability.NET_ADMIN);
        }
    }

    @AfterAll
    void end() {
        runners.shutdownNow();
        proxy.stop();
        stub.stop();
        network.close();
    }

    @Test
    void latency_is_in_the_time_to_first_line_and_breaks_its_promise() throws Exception {
        SpoiledRun.Ended ended = ended("latency");

        assertThat(ended.maxMillis("ttfl")).isGreaterThanOrEqualTo(SpoiledRun.FIRST_LINE_MILLIS + 200);
        assertThat(ended.maxMillis("ttfl_service")).isGreaterThanOrEqualTo(SpoiledRun.FIRST_LINE_MILLIS + 200);
        assertThat(ended.outcomes()).isEqualTo("{\"ok\":1}");
        assertFailedFor(ended, "ttfl");
    }

    @Test
    void a_narrow_line_breaks_the_promise_about_the_end() throws Exception {
        SpoiledRun.Ended ended = ended("bandwidth");

        // Twenty lines have more than 3,000 bytes, of which 2,000 come in a second.
        assertThat(ended.maxMillis("e2e")).isGreaterThanOrEqualTo(1_500);
        assertThat(ended.outcomes()).isEqualTo("{\"ok\":1}");
        assertFailedFor(ended, "e2e");
    }

    @Test
    void a_connection_that_is_cut_in_mid_stream_is_truncated() throws Exception {
        SpoiledRun.Ended ended = ended("cut");

        assertThat(ended.outcomes()).isEqualTo("{\"truncated\":1}");
        assertThat(ended.summary().at("/sessions/leaked").asInt()).isZero();
        assertFailedFor(ended, "ko");
    }

    @Test
    void a_connection_that_is_reset_in_mid_stream_is_truncated() throws Exception {
        SpoiledRun.Ended ended = ended("reset");

        assertThat(ended.outcomes()).isEqualTo("{\"truncated\":1}");
        assertFailedFor(ended, "ko");
    }

    @Test
    void a_line_that_falls_silent_in_mid_stream_is_stalled_out() throws Exception {
        SpoiledRun.Ended ended = ended("pause");

        assertThat(ended.outcomes()).isEqualTo("{\"stalled_out\":1}");
        assertThat(ended.summary().at("/sessions/leaked").asInt()).isZero();
        assertFailedFor(ended, "ko");
    }

    @Test
    void a_line_that_goes_down_in_mid_stream_is_truncated_and_leaves_the_session_open() throws Exception {
        SpoiledRun.Ended ended = ended("down");

        assertThat(ended.outcomes()).isEqualTo("{\"truncated\":1}");
        assertThat(ended.summary().at("/sessions/leaked").asInt()).isEqualTo(1);
        assertThat(ended.out()).contains("connect_failed");
        assertFailedFor(ended, "ko");
    }

    @Test
    void the_kernel_slows_a_line_down() throws Exception {
        awaitRuns();
        assertThat(trafficControl("tbf", "rate", "64kbit", "burst", "1600", "limit", "100000"))
                .isEmpty();
        try {
            long startNanos = Clock.system().nanoTime();
            Talk.Answer answer = talk().says(talk().init(), "quick");
            answer.end().get(SpoiledRun.LONGEST.toSeconds(), TimeUnit.SECONDS);

            assertThat(answer.lines()).hasSize(SpoiledRun.LINES);
            // More than 3,000 bytes, of which 1,600 come at once and 8 each millisecond.
            assertThat(millisSince(startNanos)).isGreaterThanOrEqualTo(150);
        } finally {
            trafficControlOff();
        }
    }

    @Test
    void the_kernel_delays_and_loses_packets() throws Exception {
        awaitRuns();
        String refused = trafficControl("netem", "delay", "200ms", "loss", "10%");
        if (!refused.isEmpty()) {
            String why = "the kernel has no netem: " + refused;
            DockerCondition.say(NetworkFaultsIT.class.getName() + ".the_kernel_delays_and_loses_packets: " + why);
            throw new TestAbortedException(why);
        }
        try {
            long startNanos = Clock.system().nanoTime();
            Talk.Answer answer = talk().says(talk().init(), "quick");
            answer.end().get(SpoiledRun.LONGEST.toSeconds(), TimeUnit.SECONDS);

            assertThat(answer.lines()).hasSize(SpoiledRun.LINES);
            assertThat(millisSince(startNanos)).isGreaterThanOrEqualTo(2 * 200);
        } finally {
            trafficControlOff();
        }
    }

    private SpoiledRun.Ended ended(String fault) throws Exception {
        return Objects.requireNonNull(runs.get(fault)).get(2 * SpoiledRun.LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    /** What the kernel does to the stub's packets would be done to those of the runs, too. */
    private void awaitRuns() throws Exception {
        for (SpoiledRun fault : SpoiledRun.FAULTS) {
            ended(fault.name());
        }
    }

    private static void assertFailedFor(SpoiledRun.Ended ended, String reason) {
        assertThat(ended.code()).as(ended.out()).isEqualTo(1);
        assertThat(ended.verdict().path("verdict").asText()).isEqualTo("FAIL");
        List<String> broken = new ArrayList<>();
        for (JsonNode promise : ended.verdict().path("promises")) {
            if (promise.path("state").asText().equals("broken")) {
                broken.add(promise.path("slo").asText());
            }
        }
        assertThat(broken).as(ended.out()).first().asString().contains(reason);
    }

    private Talk talk() {
        return new Talk(URI.create("http://" + Images.host(stub) + ":" + stub.getMappedPort(Images.PORT)));
    }

    private long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(Clock.system().nanoTime() - nanos);
    }

    /** What the kernel has to say against it; empty if nothing. */
    private String trafficControl(String... what) throws Exception {
        List<String> command = new ArrayList<>(List.of("tc", "qdisc", "add", "dev", "eth0", "root"));
        command.addAll(List.of(what));
        ExecResult result = asRoot(command.toArray(String[]::new));
        return result.getExitCode() == 0 ? "" : (result.getStdout() + result.getStderr()).strip();
    }

    private void trafficControlOff() throws Exception {
        asRoot("tc", "qdisc", "del", "dev", "eth0", "root");
    }

    private ExecResult asRoot(String... command) throws Exception {
        return stub.execInContainer(
                ExecConfig.builder().user("root").command(command).build());
    }
}
