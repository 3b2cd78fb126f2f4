package dev.firstline.stub.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stub.network.Peers.Pair;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** More connections than there may be. */
final class FloodTest {
    private static final int TOO_MANY = 50;

    @Test
    void a_flood_is_reset_above_the_bound_and_what_is_open_goes_on() throws Exception {
        try (Peers peers = new Peers();
                Pair first = peers.connect()) {
            List<Socket> served = new ArrayList<>();
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 1; i < FaultProxy.CONNECTIONS_MAX; i++) {
                        served.add(peers.listener().accept());
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            List<Socket> flood = new ArrayList<>();
            for (int i = 1; i < FaultProxy.CONNECTIONS_MAX; i++) {
                flood.add(peers.dial());
            }
            serving.get();
            for (int i = 0; i < TOO_MANY; i++) {
                try (Socket refused = peers.dial()) {
                    assertThat(Peers.ending(refused)).isEqualTo("reset");
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("reset");
                }
            }

            assertThat(peers.faults.connections()).isEqualTo(FaultProxy.CONNECTIONS_MAX);
            first.client().getOutputStream().write(7);
            assertThat(first.server().getInputStream().read()).isEqualTo(7);

            for (Socket socket : flood) {
                socket.close();
            }
            for (Socket socket : served) {
                assertThat(Peers.ending(socket)).isEqualTo("end");
                socket.close();
            }
            try (Pair next = peers.connect()) {
                next.client().getOutputStream().write(8);
                assertThat(next.server().getInputStream().read()).isEqualTo(8);
            }
        }
    }
}
