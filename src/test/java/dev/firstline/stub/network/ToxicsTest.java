package dev.firstline.stub.network;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.stub.network.Peers.Pair;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each toxic does to real connections. Times have lower bounds only: a busy machine may add to any of them. */
@org.junit.jupiter.api.Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
final class ToxicsTest {
    private static final int SILENCE_MILLIS = 300;

    private Peers peers;

    @BeforeEach
    void open() throws IOException {
        peers = new Peers();
    }

    @AfterEach
    void close() throws IOException {
        peers.close();
    }

    @ParameterizedTest(name = "with {0}")
    @ValueSource(strings = {"nothing", "latency", "slicer", "latency and slicer", "bandwidth", "a noted limit"})
    void what_goes_in_comes_out_in_both_directions_at_once(String toxics) throws Exception {
        if (toxics.contains("latency")) {
            peers.proxy.toxics().latency("late-up", UPSTREAM, 30).setJitter(30);
            peers.proxy.toxics().latency("late-down", DOWNSTREAM, 30).setJitter(30);
        }
        if (toxics.contains("slicer")) {
            peers.proxy.toxics().slicer("slices-up", UPSTREAM, 1_000, 0).setSizeVariation(900);
            peers.proxy.toxics().slicer("slices-down", DOWNSTREAM, 1_000, 0).setSizeVariation(900);
        }
        if (toxics.contains("bandwidth")) {
            peers.proxy.toxics().bandwidth("narrow", DOWNSTREAM, 20_000);
        }
        if (toxics.contains("limit")) {
            peers.proxy.toxics().limitData("limit", DOWNSTREAM, 1 << 30);
        }
        byte[] question = Peers.random(3_000_001, 1);
        byte[] reply = Peers.random(3_000_002, 2);
        try (Pair pair = peers.connect()) {
            CompletableFuture<Void> asking = Peers.say(pair.client(), question);
            CompletableFuture<Void> replying = Peers.say(pair.server(), reply);
            CompletableFuture<byte[]> atServer = Peers.heard(pair.server());

            assertThat(Peers.heard(pair.client()).get()).isEqualTo(reply);
            assertThat(atServer.get()).isEqualTo(question);
            asking.get();
            replying.get();
        }
    }

    @Test
    void who_has_said_the_last_word_may_go_on_listening() throws Exception {
        try (Pair pair = peers.connect()) {
            pair.client().getOutputStream().write("question".getBytes(UTF_8));
            pair.client().shutdownOutput();
            assertThat(pair.server().getInputStream().readAllBytes()).asString().isEqualTo("question");
            assertThat(peers.faults.connections()).isEqualTo(1);

            pair.server().getOutputStream().write("answer".getBytes(UTF_8));
            pair.server().shutdownOutput();
            assertThat(pair.client().getInputStream().readAllBytes()).asString().isEqualTo("answer");
        }
    }

    @Test
    void a_slow_reader_slows_the_sender_down_and_nothing_is_kept_without_bound() throws Exception {
        byte[] much = Peers.random(40_000_000, 3);
        try (Pair pair = peers.connect()) {
            CompletableFuture<Void> saying = Peers.say(pair.server(), much);
            assertThatThrownBy(() -> saying.get(SILENCE_MILLIS, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(peers.faults.heldBytes()).isLessThanOrEqualTo(Pipe.HELD_BYTES_MAX);

            assertThat(Peers.heard(pair.client()).get()).isEqualTo(much);
            saying.get();
        }
    }

    @Test
    void latency_is_a_line_and_not_a_wait_after_each_chunk() throws Exception {
        int chunks = 40;
        peers.proxy.toxics().latency("late", DOWNSTREAM, 200);
        try (Pair pair = peers.connect()) {
            List<Long> sent = new ArrayList<>();
            CompletableFuture<Void> saying = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < chunks; i++) {
                        sent.add(peers.nowNanos());
                        pair.server().getOutputStream().write(i);
                        pause(10);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            List<Long> came = new ArrayList<>();
            for (int i = 0; i < chunks; i++) {
                assertThat(pair.client().getInputStream().read()).isEqualTo(i);
                came.add(peers.nowNanos());
            }
            saying.get();

            for (int i = 0; i < chunks; i++) {
                assertThat(TimeUnit.NANOSECONDS.toMillis(came.get(i) - sent.get(i)))
                        .isGreaterThanOrEqualTo(200);
            }
            // One after the other they would have taken forty times as long.
            assertThat(came.get(chunks - 1) - came.get(0)).isLessThan(TimeUnit.MILLISECONDS.toNanos(chunks * 200 / 2));
        }
    }

    @Test
    void latency_holds_more_than_a_pipe_does_and_no_more_than_its_bound() throws Exception {
        peers.proxy.toxics().latency("late", DOWNSTREAM, 600_000);
        try (Pair pair = peers.connect()) {
            CompletableFuture<Void> saying = Peers.say(pair.server(), Peers.random(40_000_000, 4));
            assertThatThrownBy(() -> saying.get(SILENCE_MILLIS, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);

            assertThat(peers.faults.heldBytes())
                    .isGreaterThan(Pipe.HELD_BYTES_MAX)
                    .isLessThan(Pipe.HELD_BYTES_MAX + (8 << 20));
        }
    }

    @Test
    void what_a_latency_holds_goes_on_at_once_when_it_is_taken_away_and_in_order() throws Exception {
        Latency late = peers.proxy.toxics().latency("late", UPSTREAM, 600_000);
        try (Pair pair = peers.connect()) {
            pair.client().getOutputStream().write("first ".getBytes(UTF_8));
            assertSilent(pair.server());
            pair.client().getOutputStream().write("second".getBytes(UTF_8));

            late.remove();

            assertThat(pair.server().getInputStream().readNBytes(12)).asString().isEqualTo("first second");
        }
    }

    @Test
    void a_changed_latency_counts_for_what_is_on_its_way() throws Exception {
        Latency late = peers.proxy.toxics().latency("late", UPSTREAM, 600_000);
        try (Pair pair = peers.connect()) {
            pair.client().getOutputStream().write(1);
            assertSilent(pair.server());

            late.setLatency(1);

            assertThat(pair.server().getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void bandwidth_takes_at_least_the_time_it_takes() throws Exception {
        byte[] bytes = Peers.random(60_000, 5);
        peers.proxy.toxics().bandwidth("narrow", DOWNSTREAM, 100);
        try (Pair pair = peers.connect()) {
            long startNanos = peers.nowNanos();
            CompletableFuture<Void> saying = Peers.say(pair.server(), bytes);

            assertThat(Peers.heard(pair.client()).get()).isEqualTo(bytes);

            assertThat(peers.millisSince(startNanos)).isGreaterThanOrEqualTo(600);
            saying.get();
        }
    }

    @Test
    void no_bandwidth_is_a_pause_that_loses_nothing() throws Exception {
        Bandwidth none = peers.proxy.toxics().bandwidth("none", DOWNSTREAM, 0);
        try (Pair pair = peers.connect()) {
            CompletableFuture<Void> saying = Peers.say(pair.server(), Peers.random(5_000, 6));
            assertSilent(pair.client());

            none.setRate(1_000_000);

            assertThat(Peers.heard(pair.client()).get()).isEqualTo(Peers.random(5_000, 6));
            saying.get();
        }
    }

    @Test
    void a_toxic_comes_upon_a_connection_that_is_there() throws Exception {
        try (Pair pair = peers.connect()) {
            pair.server().getOutputStream().write(1);
            assertThat(pair.client().getInputStream().read()).isEqualTo(1);

            peers.proxy.toxics().latency("late", DOWNSTREAM, 250);
            long startNanos = peers.nowNanos();
            pair.server().getOutputStream().write(2);

            assertThat(pair.client().getInputStream().read()).isEqualTo(2);
            assertThat(peers.millisSince(startNanos)).isGreaterThanOrEqualTo(250);
        }
    }

    @Test
    void a_slow_close_delays_the_end_and_nothing_else() throws Exception {
        peers.proxy.toxics().slowClose("lingering", DOWNSTREAM, 300);
        try (Pair pair = peers.connect()) {
            pair.server().getOutputStream().write(7);
            pair.server().shutdownOutput();
            long startNanos = peers.nowNanos();

            assertThat(pair.client().getInputStream().read()).isEqualTo(7);
            assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
            // The end may have come here some time before its sender's clock was read.
            assertThat(peers.millisSince(startNanos)).isGreaterThanOrEqualTo(250);
        }
    }

    @Test
    void a_timeout_loses_everything_and_closes_in_the_end() throws Exception {
        peers.proxy.toxics().timeout("gone", DOWNSTREAM, 300);
        long startNanos = peers.nowNanos();
        try (Pair pair = peers.connect()) {
            pair.server().getOutputStream().write(7);

            assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
            assertThat(peers.millisSince(startNanos)).isGreaterThanOrEqualTo(300);
            assertThat(pair.server().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_timeout_of_none_is_silent_until_it_is_taken_away() throws Exception {
        Timeout gone = peers.proxy.toxics().timeout("gone", DOWNSTREAM, 0);
        try (Pair pair = peers.connect()) {
            pair.server().getOutputStream().write(7);
            assertSilent(pair.client());
            pair.client().getOutputStream().write(8);
            assertThat(pair.server().getInputStream().read()).isEqualTo(8);

            gone.remove();

            assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_reset_reaches_both_sides_and_a_connection_that_was_there_before() throws Exception {
        try (Pair pair = peers.connect()) {
            pair.server().getOutputStream().write(1);
            assertThat(pair.client().getInputStream().read()).isEqualTo(1);

            peers.proxy.toxics().resetPeer("broken", DOWNSTREAM, 0);
            pair.server().getOutputStream().write(2);

            assertThat(Peers.ending(pair.client())).isEqualTo("reset");
            assertThat(Peers.ending(pair.server())).isEqualTo("reset");
        }
    }

    @Test
    void a_reset_may_come_some_time_after_the_first_byte() throws Exception {
        peers.proxy.toxics().resetPeer("broken", UPSTREAM, 300);
        try (Pair pair = peers.connect()) {
            long startNanos = peers.nowNanos();
            pair.client().getOutputStream().write(2);

            assertThat(Peers.ending(pair.client())).isEqualTo("reset");
            assertThat(peers.millisSince(startNanos)).isGreaterThanOrEqualTo(300);
        }
    }

    @Test
    void a_limit_lets_so_many_bytes_through_and_closes() throws Exception {
        peers.proxy.toxics().limitData("enough", DOWNSTREAM, 1_000);
        byte[] bytes = Peers.random(1_500, 8);
        try (Pair pair = peers.connect()) {
            pair.server().getOutputStream().write(bytes, 0, 600);
            pair.server().getOutputStream().write(bytes, 600, 900);

            byte[] read = pair.client().getInputStream().readAllBytes();

            assertThat(read).hasSize(1_000).isEqualTo(java.util.Arrays.copyOf(bytes, 1_000));
        }
    }

    @Test
    void a_slicer_takes_at_least_its_delays() throws Exception {
        peers.proxy.toxics().slicer("slices", DOWNSTREAM, 10, 10_000);
        byte[] bytes = Peers.random(300, 9);
        try (Pair pair = peers.connect()) {
            long startNanos = peers.nowNanos();
            pair.server().getOutputStream().write(bytes);

            byte[] read = new byte[bytes.length];
            new DataInputStream(pair.client().getInputStream()).readFully(read);

            assertThat(read).isEqualTo(bytes);
            assertThat(peers.millisSince(startNanos)).isGreaterThanOrEqualTo(29 * 10);
        }
    }

    @Test
    void a_proxy_that_is_switched_off_cuts_its_connections_and_lets_nobody_in() throws Exception {
        try (Pair pair = peers.connect()) {
            peers.proxy.disable();

            assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> peers.dial()).isInstanceOf(ConnectException.class);
            peers.proxy.enable();
            try (Pair next = peers.connect()) {
                next.client().getOutputStream().write(1);
                assertThat(next.server().getInputStream().read()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_server_that_is_not_there_closes_the_client() throws Exception {
        peers.listener().close();
        try (Socket client = peers.dial()) {
            assertThat(Peers.ending(client)).isEqualTo("end");
        }
    }

    @Test
    void a_seed_decides_who_is_hit() throws Exception {
        List<Boolean> first = hit(7);
        assertThat(first).contains(true, false);
        assertThat(hit(7)).isEqualTo(first);
        assertThat(hit(8)).isNotEqualTo(first);
    }

    private static List<Boolean> hit(long seed) throws IOException {
        List<Boolean> hit = new ArrayList<>();
        try (Peers peers = new Peers(seed)) {
            peers.proxy.toxics().limitData("enough", DOWNSTREAM, 0).setToxicity(0.5f);
            for (int i = 0; i < 20; i++) {
                try (Pair pair = peers.connect()) {
                    pair.server().getOutputStream().write(1);
                    hit.add(pair.client().getInputStream().read() < 0);
                }
            }
        }
        return hit;
    }

    private static void assertSilent(Socket socket) throws IOException {
        int patience = socket.getSoTimeout();
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(patience);
    }

    private static void pause(long millis) {
        java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
