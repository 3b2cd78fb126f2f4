package dev.firstline.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/** The images of {@code src/main/docker}, of what this build has packaged. */
final class Images {
    static final int PORT = 8080;

    private static final Duration START_MAX = Duration.ofMinutes(1);
    private static final Path JAR = Path.of(System.getProperty("firstline.jar"));

    /** What the version of {@link #injector} is said to be. */
    static final String VERSION = "of-a-test";

    private static final ImageFromDockerfile STUB = image("firstline:it", "stub");
    private static final ImageFromDockerfile INJECTOR = image("firstline-injector:it", "injector");

    private Images() {}

    /** The name of the image that any command runs in, once it is made. */
    static DockerImageName injectorName() {
        return DockerImageName.parse(INJECTOR.get());
    }

    /** Where a container's ports are: by the name that a run knows for a stub, where the engine is this machine's. */
    static String host(GenericContainer<?> container) {
        return System.getenv("DOCKER_HOST") == null ? "127.0.0.1" : container.getHost();
    }

    /** A container of the stub's image, not started; once started, it serves. */
    static GenericContainer<?> stub(String... command) {
        return new GenericContainer<>(STUB)
                .withCommand(command)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/__admin/health").forPort(PORT).withStartupTimeout(START_MAX));
    }

    /** A container of the injector's image, not started: any command, and nothing is waited for. */
    static GenericContainer<?> injector(String... command) {
        return new GenericContainer<>(INJECTOR).withCommand(command);
    }

    /**
     * Made when its first container starts, once. It keeps its name and stays, so that the engine has most of it when
     * it is made again.
     *
     * <p>Not with {@code withDockerfile}: that pulls what FROM names, for minutes where no registry is reached.
     */
    private static ImageFromDockerfile image(String name, String target) {
        return new ImageFromDockerfile(name, false)
                .withFileFromPath("Dockerfile", Path.of("src/main/docker/Dockerfile"))
                .withFileFromPath("target/firstline.jar", JAR)
                .withFileFromPath("target/lib", JAR.resolveSibling("lib"))
                .withBuildArg("BASE_IMAGE", DockerCondition.BASE_IMAGE)
                .withBuildArg("VERSION", VERSION)
                .withTarget(target);
    }
}
