package dev.firstline.stub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a stub: {@code @FirstlineStub class MyClientTest { @Test void asks(URI baseUrl) … }}.
 *
 * <p>What is injected, and for how long the stub lives, is said by {@link StubExtension}. A nested class shares the
 * stub of the class around it unless it has this annotation itself. What is wrong with a value fails the class with a
 * {@link dev.firstline.Misuse}.
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(StubExtension.class)
public @interface FirstlineStub {
    /** How many times faster than recorded: 1 as recorded, 0 without any waiting. */
    double speed() default 1;

    /** A WireMock root, relative to the working directory: {@code "src/test/stubs"}; "" for the one in the jar. */
    String stubs() default "";

    /** What goes wrong in answers, as in {@code X-Firstline-Fault}: {@code "truncate;at=2"}; "" for nothing. */
    String fault() default "";

    /** When lines leave: {@code recorded}, {@code fitted}, {@code jitter=0.2}, {@code exponential=400}. */
    String timing() default "recorded";

    /** How many turns are answered at once, the others wait; 0 for all at once. */
    int workers() default 0;

    /** What decides about faults that have a rate, and about times that are drawn. */
    long seed() default 1;
}
