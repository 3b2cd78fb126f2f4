package dev.firstline.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that renders the chart with Helm, which comes as a native library for Linux, macOS and Windows.
 *
 * <p>What it does elsewhere is said by {@code -Dfirstline.helm}: see {@link dev.firstline.TestMode}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(HelmCondition.class)
@interface RequiresHelm {}
