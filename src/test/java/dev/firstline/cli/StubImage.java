package dev.firstline.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The image of {@code src/main/docker}, of what this build has packaged. */
final class StubImage {
    /** What it is made on. */
    static final String BASE = System.getProperty("firstline.base.image", "eclipse-temurin:17-jre");

    static final int PORT = 8080;

    private static final String NAME = "firstline:it";
    private static final Duration START_MAX = Duration.ofMinutes(1);

    private StubImage() {}

    /**
     * A container of the image, not started; once started, it serves.
     *
     * <p>The image keeps its name and stays, so that the engine has most of it when it is made again.
     */
    static GenericContainer<?> container(String... command) {
        Path jar = Path.of(System.getProperty("firstline.jar"));
        // Not withDockerfile: that pulls what FROM names, with retries of minutes where no registry is reached.
        ImageFromDockerfile image = new ImageFromDockerfile(NAME, false)
                .withFileFromPath("Dockerfile", Path.of("src/main/docker/Dockerfile"))
                .withFileFromPath("target/firstline.jar", jar)
                .withFileFromPath("target/lib", jar.resolveSibling("lib"))
                .withBuildArg("BASE_IMAGE", BASE);
        return new GenericContainer<>(image)
                .withCommand(command)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/__admin/health").forPort(PORT).withStartupTimeout(START_MAX));
    }
}
