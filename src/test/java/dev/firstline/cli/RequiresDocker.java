package dev.firstline.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that starts containers.
 *
 * <p>What it does where there is no engine, or where the engine lacks the base image of {@code src/main/docker}, is
 * said by {@code -Dfirstline.docker}: see {@link dev.firstline.TestMode}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DockerCondition.class)
@interface RequiresDocker {}
