package dev.firstline.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stats.FakeClock;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoopDelaysTest {
    /** Whether the timer fires before the question or after it: its period of 10 ms has passed, and 50 ms more. */
    @Test
    void a_loop_that_was_kept_busy_knows_how_late_it_is() throws Exception {
        FakeClock clock = new FakeClock();
        LoopDelays delays = new LoopDelays(clock, nanos -> {});
        EventLoop loop = new DefaultEventLoop();
        try {
            long lateNanos = loop.submit(() -> {
                        delays.watch(loop);
                        clock.advance(Duration.ofMillis(60));
                        return delays.lateNanos(loop, clock.nanoTime());
                    })
                    .get(10, TimeUnit.SECONDS);
            assertThat(lateNanos).isEqualTo(Duration.ofMillis(50).toNanos());
        } finally {
            delays.stop();
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
        assertThat(delays.lateNanos(loop, clock.nanoTime() + 1_000_000_000)).isZero();
    }

    @Test
    void a_loop_that_nobody_watches_is_never_late() throws Exception {
        LoopDelays delays = new LoopDelays(new FakeClock(), nanos -> {});
        EventLoop loop = new DefaultEventLoop();
        assertThat(delays.lateNanos(loop, Long.MAX_VALUE)).isZero();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
}
