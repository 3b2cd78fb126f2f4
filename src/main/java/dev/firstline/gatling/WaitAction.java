package dev.firstline.gatling;

import dev.firstline.stats.Clock;
import io.gatling.commons.validation.Validation;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.gatling.http.action.UnnamedRequestAction;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import scala.runtime.BoxedUnit;

/**
 * Lets a virtual user go on when a time has come, to the nanosecond as far as the event loop can: Gatling's own pause
 * knows milliseconds only, and rounds down.
 *
 * <p>Relies on Gatling 3.15.1 as {@link NdjsonAction} does, for want of an action class without a request.
 */
final class WaitAction extends UnnamedRequestAction {
    private final CoreComponents core;
    private final Clock clock;
    private final ToLongFunction<io.gatling.javaapi.core.Session> untilNanos;
    private final Action next;

    private WaitAction(
            CoreComponents core, Clock clock, ToLongFunction<io.gatling.javaapi.core.Session> untilNanos, Action next) {
        super(core.statsEngine());
        this.core = core;
        this.clock = clock;
        this.untilNanos = untilNanos;
        this.next = next;
    }

    /** Waits until a time of the clock that the session knows. */
    static ActionBuilder until(Clock clock, ToLongFunction<io.gatling.javaapi.core.Session> untilNanos) {
        return new ActionBuilder() {
            @Override
            public io.gatling.core.action.builder.ActionBuilder asScala() {
                return (context, next) -> new WaitAction(context.coreComponents(), clock, untilNanos, next);
            }
        };
    }

    @Override
    public String name() {
        return "until due";
    }

    @Override
    public Action next() {
        return next;
    }

    @Override
    public io.gatling.commons.util.Clock clock() {
        return core.clock();
    }

    @Override
    public Validation<BoxedUnit> sendRequest(Session session) {
        long waitNanos = untilNanos.applyAsLong(new io.gatling.javaapi.core.Session(session)) - clock.nanoTime();
        if (waitNanos <= 0) {
            next.$bang(session);
        } else {
            ScheduledFuture<?> unused =
                    session.eventLoop().schedule(() -> next.$bang(session), waitNanos, TimeUnit.NANOSECONDS);
        }
        return Validation.unit();
    }
}
