package dev.firstline.stub.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.stats.Clock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What the one thread outlives, what it does not, and what it never waits for. */
@Timeout(value = 15, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
final class LoopTest {
    @Test
    void a_bug_of_one_action_is_outlived() throws Exception {
        try (Loop loop = Loop.start(Clock.system())) {
            loop.post(() -> {
                throw new IllegalArgumentException("made by a test");
            });
            assertThat(loop.call(() -> 7)).isEqualTo(7);
            assertThat(loop.ended()).isNotDone();
        }
    }

    @Test
    void after_an_error_everything_is_closed_and_whoever_asks_is_told_at_once() throws Exception {
        try (Loop loop = Loop.start(Clock.system());
                ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Proxies proxies = new Proxies(loop, Runnable::run, 1);
            Socket client = dial(link(loop, proxies, "link", "127.0.0.1", server));
            server.accept();
            loop.post(() -> {
                throw new OutOfMemoryError("made by a test");
            });

            assertThatThrownBy(() -> loop.ended().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(OutOfMemoryError.class);
            assertThatThrownBy(() -> loop.call(() -> 7)).hasMessageContaining("the proxy has ended");
            assertThat(Peers.ending(client)).isIn("end", "reset");
        }
    }

    @Test
    void a_slow_name_keeps_no_other_proxy_waiting_and_is_looked_up_once_for_all_who_wait() throws Exception {
        LinkedBlockingQueue<Runnable> lookUps = new LinkedBlockingQueue<>();
        try (Loop loop = Loop.start(Clock.system());
                ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Proxies proxies = new Proxies(loop, lookUps::add, 1);
            NamedProxy slow = link(loop, proxies, "slow", "localhost", server);
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(dial(slow));
            }
            Runnable lookUp = lookUps.take();
            dial(link(loop, proxies, "quick", "127.0.0.1", server)).close();
            server.accept().close();
            while (loop.call(slow::connections) < waiting.size()) {
                Thread.onSpinWait();
            }
            assertThat(lookUps).isEmpty();

            lookUp.run();

            for (int i = 0; i < waiting.size(); i++) {
                server.accept().close();
            }
            assertThat(lookUps).isEmpty();
        }
    }

    @Test
    void delay_lines_leave_room_for_the_rest_of_the_heap() {
        assertThat(Loop.LINES_BYTES_MAX)
                .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 4)
                .isPositive();
    }

    private static NamedProxy link(Loop loop, Proxies proxies, String name, String host, ServerSocket server) {
        Place listen = Place.of(new HostPort("127.0.0.1", 0));
        HostPort upstream = new HostPort(host, server.getLocalPort());
        return loop.call(() -> proxies.create(new Proxies.Wish(name, listen, upstream, true)));
    }

    private static Socket dial(NamedProxy proxy) throws Exception {
        Socket client = new Socket(
                InetAddress.getLoopbackAddress(), proxy.listen().written().port());
        client.setSoTimeout(10_000);
        return client;
    }
}
