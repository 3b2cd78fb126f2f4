package dev.firstline.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/** The image of {@code src/main/docker}, of what this build has packaged. */
final class StubImage {
    static final int PORT = 8080;

    private static final Duration START_MAX = Duration.ofMinutes(1);
    private static final Path JAR = Path.of(System.getProperty("firstline.jar"));

    /**
     * Made when the first container starts, once. It keeps its name and stays, so that the engine has most of it when
     * it is made again.
     *
     * <p>Not with {@code withDockerfile}: that pulls what FROM names, for minutes where no registry is reached.
     */
    private static final ImageFromDockerfile IMAGE = new ImageFromDockerfile("firstline:it", false)
            .withFileFromPath("Dockerfile", Path.of("src/main/docker/Dockerfile"))
            .withFileFromPath("target/firstline.jar", JAR)
            .withFileFromPath("target/lib", JAR.resolveSibling("lib"))
            .withBuildArg("BASE_IMAGE", DockerCondition.BASE_IMAGE);

    private StubImage() {}

    /** The image's name, once it is made. */
    static DockerImageName name() {
        return DockerImageName.parse(IMAGE.get());
    }

    /** Where a container's ports are: by the name that a run knows for a stub, where the engine is this machine's. */
    static String host(GenericContainer<?> container) {
        return System.getenv("DOCKER_HOST") == null ? "127.0.0.1" : container.getHost();
    }

    /** A container of the image, not started; once started, it serves. */
    static GenericContainer<?> container(String... command) {
        return new GenericContainer<>(IMAGE)
                .withCommand(command)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/__admin/health").forPort(PORT).withStartupTimeout(START_MAX));
    }
}
