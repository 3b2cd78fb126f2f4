package dev.firstline.stub;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that runs a program of somebody else's.
 *
 * <p>What it does where there is no such program is said by {@code -Dfirstline.clients}: see
 * {@link dev.firstline.TestMode}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClientCondition.class)
@interface RequiresClient {
    Client value();
}
