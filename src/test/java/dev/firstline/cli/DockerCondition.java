package dev.firstline.cli;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.firstline.TestMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Lets a class run, skips it and says so on the console and in a file, or fails it: as {@link TestMode} decides. */
final class DockerCondition implements ExecutionCondition {
    private static final String PROPERTY = "firstline.docker";

    /** What images are made on. */
    static final String BASE_IMAGE = System.getProperty("firstline.base.image", "eclipse-temurin:17-jre");

    /** A line for each class or test that was skipped, for whoever wants to print them at the end of a build. */
    private static final Path SKIPPED = Path.of("target", "docker-skips.txt");

    private static final TestMode MODE = TestMode.of(PROPERTY, System.getProperty(PROPERTY));

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("as its class");
        }
        TestMode.Decision decision = MODE.decide(PROPERTY, DockerCondition::missing);
        return switch (decision.fate()) {
            case RUN -> ConditionEvaluationResult.enabled("Docker is there");
            case SKIP -> {
                say(context.getRequiredTestClass().getName() + ": " + decision.why() + " (-D" + PROPERTY
                        + "=required makes this a failure)");
                yield ConditionEvaluationResult.disabled(decision.why());
            }
            case FAIL -> throw new ExtensionConfigurationException(decision.why());
        };
    }

    private static Optional<String> missing() {
        DockerClientFactory engine = DockerClientFactory.instance();
        if (!engine.isDockerAvailable()) {
            return Optional.of("no Docker engine answers (DOCKER_HOST is " + System.getenv("DOCKER_HOST")
                    + "); docker info may say why");
        }
        try {
            engine.client().inspectImageCmd(BASE_IMAGE).exec();
            return Optional.empty();
        } catch (NotFoundException e) {
            return Optional.of("the engine lacks the image " + BASE_IMAGE + ": docker pull it, or make one with"
                    + " src/main/docker/base/build and say -Dfirstline.base.image=firstline/jre-base:17");
        }
    }

    /** Says on the console and in a file what is skipped, and why. */
    static void say(String skipped) {
        System.err.println("SKIPPED " + skipped);
        try {
            Files.createDirectories(SKIPPED.toAbsolutePath().getParent());
            Files.writeString(
                    SKIPPED, skipped + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
