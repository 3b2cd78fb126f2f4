package dev.firstline.gatling;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a check without holding the event loop, and comes back to it. */
final class OffTheLoop {
    private static final Logger LOG = LoggerFactory.getLogger(OffTheLoop.class);

    private OffTheLoop() {}

    /**
     * Starts a check.
     *
     * @param then is called once, on the loop; empty where the check failed or took too long
     */
    static void check(
            AnswerCheck check,
            AnswerCheck.Received answer,
            EventLoop loop,
            Consumer<Optional<AnswerCheck.Checked>> then) {
        // Composed, so that a check that throws where it should have failed its stage counts as failed, too.
        CompletableFuture<?> unused = CompletableFuture.completedFuture(answer)
                .thenCompose(check::check)
                .orTimeout(AnswerCheck.SECONDS_MAX, TimeUnit.SECONDS)
                .whenComplete((checked, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "an answer to {} could not be checked",
                                answer.asked().call().label(),
                                failure);
                    }
                    Runnable step = () -> then.accept(Optional.ofNullable(checked));
                    if (loop.inEventLoop()) {
                        step.run();
                    } else if (!loop.isShuttingDown()) {
                        loop.execute(step);
                    }
                });
    }
}
