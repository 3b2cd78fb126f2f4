package dev.firstline.stub.network;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stub.network.Peers.Pair;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Toxics one behind the other: each counts from when the one before it has let go. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
final class ToxicChainTest {
    private Peers peers;

    @BeforeEach
    void open() throws IOException {
        peers = new Peers();
    }

    @AfterEach
    void close() throws IOException {
        peers.close();
    }

    @Test
    void slices_are_late_each_for_itself() throws Exception {
        peers.proxy.toxics().slicer("slices", DOWNSTREAM, 1, 50_000);
        peers.proxy.toxics().latency("late", DOWNSTREAM, 400);
        try (Pair pair = peers.connect()) {
            long startNanos = peers.nowNanos();
            pair.server().getOutputStream().write(new byte[8]);

            pair.client().getInputStream().read();
            assertThat(peers.millisSince(startNanos)).isGreaterThanOrEqualTo(400);
            pair.client().getInputStream().readNBytes(7);
            assertThat(peers.millisSince(startNanos)).isGreaterThanOrEqualTo(7 * 50 + 400);
        }
    }

    @Test
    void an_end_lingers_after_bytes_that_were_late() throws Exception {
        peers.proxy.toxics().latency("late", DOWNSTREAM, 500);
        peers.proxy.toxics().slowClose("lingering", DOWNSTREAM, 300);
        assertThat(lastWordMillis(10)).isGreaterThanOrEqualTo(500 + 300);
    }

    @Test
    void an_end_lingers_after_bytes_that_were_slow() throws Exception {
        peers.proxy.toxics().bandwidth("narrow", DOWNSTREAM, 50);
        peers.proxy.toxics().slowClose("lingering", DOWNSTREAM, 500);
        assertThat(lastWordMillis(25_000)).isGreaterThanOrEqualTo(500 + 500);
    }

    /** How long it takes from saying so many bytes and no more until their end is heard. */
    private long lastWordMillis(int bytes) throws Exception {
        try (Pair pair = peers.connect()) {
            long startNanos = peers.nowNanos();
            pair.server().getOutputStream().write(new byte[bytes]);
            pair.server().shutdownOutput();

            assertThat(pair.client().getInputStream().readAllBytes()).hasSize(bytes);
            return peers.millisSince(startNanos);
        }
    }

    @Test
    void what_a_toxic_held_when_it_was_taken_away_is_late_for_the_next_one_from_then_on() throws Exception {
        Latency first = peers.proxy.toxics().latency("first", DOWNSTREAM, 600_000);
        peers.proxy.toxics().latency("second", DOWNSTREAM, 400);
        try (Pair pair = peers.connect()) {
            pair.server().getOutputStream().write(7);
            // Long enough that the second one's time would be over, had it begun with the byte's coming.
            assertThat(Peers.quiet(pair.client(), 500)).isTrue();

            long takenNanos = peers.nowNanos();
            first.remove();

            assertThat(pair.client().getInputStream().read()).isEqualTo(7);
            assertThat(peers.millisSince(takenNanos)).isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    void what_a_toxic_held_when_it_was_changed_is_late_for_the_next_one_from_then_on() throws Exception {
        Latency first = peers.proxy.toxics().latency("first", DOWNSTREAM, 600_000);
        peers.proxy.toxics().latency("second", DOWNSTREAM, 400);
        try (Pair pair = peers.connect()) {
            pair.server().getOutputStream().write(7);
            assertThat(Peers.quiet(pair.client(), 500)).isTrue();

            long changedNanos = peers.nowNanos();
            first.setLatency(1);

            assertThat(pair.client().getInputStream().read()).isEqualTo(7);
            assertThat(peers.millisSince(changedNanos)).isGreaterThanOrEqualTo(400);
        }
    }
}
