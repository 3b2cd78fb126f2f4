package dev.firstline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.qameta.allure.Epic;
import io.qameta.allure.Feature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** What the images are, whoever runs them. */
@Epic("Command line")
@Feature("In a container")
@RequiresDocker
final class ImageIT {
    private static final Duration A_RUN = Duration.ofMinutes(2);
    private static final String REPORTS = "/firstline/reports";

    @TempDir
    private Path folder;

    @Test
    void the_stub_becomes_healthy_and_says_what_it_is() throws Exception {
        try (GenericContainer<?> container = Images.stub()) {
            container
                    .withCreateContainerCmdModifier(create ->
                            create.withHealthcheck(new HealthCheck().withInterval(TimeUnit.SECONDS.toNanos(1))))
                    .waitingFor(Wait.forHealthcheck().withStartupTimeout(A_RUN))
                    .start();

            ContainerConfig stub = Objects.requireNonNull(image(container).getConfig());
            assertThat(labels(stub)).containsEntry("org.opencontainers.image.title", "Firstline stub");
            assertThat(stub.getUser()).isEqualTo("1000:1000");
            assertThat(stub.getExposedPorts()).hasSize(1);
            assertThat(filesOfTheBuildsOwnTime(container))
                    .as("else no two builds have the same layers")
                    .isEmpty();
            List<String> check = Objects.requireNonNull(
                    Objects.requireNonNull(stub.getHealthcheck()).getTest());
            String[] asked = check.subList(1, check.size()).toArray(String[]::new);
            assertThat(container.execInContainer(asked).getExitCode()).isZero();
            asked[asked.length - 1] = "http://127.0.0.1:8080/nothing-of-the-kind";
            Container.ExecResult elsewhere = container.execInContainer(asked);
            assertThat(elsewhere.getExitCode()).as("what is not there").isEqualTo(1);
            asked[asked.length - 1] = "http://127.0.0.1:1/";
            Container.ExecResult nobody = container.execInContainer(asked);
            assertThat(nobody.getExitCode()).as("who does not answer").isEqualTo(1);
            assertThat(nobody.getStdout()).contains("refused").hasLineCount(1);
        }
    }

    /**
     * As Kubernetes is told to run it: its root cannot be written, and what it leaves is on a volume of its own. By a
     * user that a cluster makes up, and who is in group 0.
     */
    @Test
    void a_smoke_run_in_a_container_that_can_write_nothing_but_reports() throws Exception {
        try (GenericContainer<?> container =
                Images.injector("run", "smoke", "--rounds", "1", "--duration", "1s", "--reports", REPORTS)) {
            container
                    .withTmpFs(Map.of("/tmp", "exec"))
                    .withCreateContainerCmdModifier(create -> {
                        HostConfig host = Objects.requireNonNull(create.getHostConfig());
                        create.withUser("12345:0");
                        host.withReadonlyRootfs(true)
                                .withMounts(List.of(
                                        new Mount().withType(MountType.VOLUME).withTarget(REPORTS)));
                    })
                    .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(A_RUN))
                    .start();

            assertThat(container.getLogs()).contains("PASS  smoke against stub").doesNotContain("Exception");
            Path page = folder.resolve("index.html");
            container.copyFileFromContainer(REPORTS + "/index.html", page.toString());
            assertThat(Files.readString(page)).contains("PASS");
            ContainerConfig injector = Objects.requireNonNull(image(container).getConfig());
            assertThat(injector.getUser()).isEqualTo("1000:1000");
            assertThat(injector.getWorkingDir()).isEqualTo("/firstline");
            assertThat(injector.getHealthcheck())
                    .as("a second Java beside a load")
                    .isNull();
            assertThat(labels(injector))
                    .containsEntry("org.opencontainers.image.title", "Firstline")
                    .containsEntry("org.opencontainers.image.version", Images.VERSION)
                    .containsEntry("org.opencontainers.image.base.name", DockerCondition.BASE_IMAGE);
        }
    }

    /** What bears the time of day at which the image was made. */
    private static String filesOfTheBuildsOwnTime(GenericContainer<?> container) throws Exception {
        String found = "find /opt /firstline -path /opt/java -prune -o -newermt 2026-01-01T00:00:01Z -print";
        Container.ExecResult files = container.execInContainer(found.split(" ", -1));
        return files.getStdout() + files.getStderr();
    }

    private static Map<String, String> labels(ContainerConfig config) {
        return Objects.requireNonNull(config.getLabels());
    }

    private static InspectImageResponse image(GenericContainer<?> container) {
        return container
                .getDockerClient()
                .inspectImageCmd(container.getDockerImageName())
                .exec();
    }
}
