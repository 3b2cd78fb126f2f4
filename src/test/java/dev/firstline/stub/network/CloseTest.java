package dev.firstline.stub.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.stats.Clock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A fault proxy that ends while clients still come. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
final class CloseTest {
    @RepeatedTest(5)
    void it_closes_at_once_while_clients_come() throws Exception {
        FaultProxy faults = FaultProxy.start("127.0.0.1", 0, 1, Clock.system());
        String listen = faults.open("link=0:localhost:9", "127.0.0.1").listen();
        int port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch coming = new CountDownLatch(200);
        CompletableFuture<?>[] clients = new CompletableFuture<?>[3];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = CompletableFuture.runAsync(() -> come(port, coming, enough));
        }
        coming.await();

        long startNanos = Clock.system().nanoTime();
        faults.close();
        long tookNanos = Clock.system().nanoTime() - startNanos;

        enough.set(true);
        CompletableFuture.allOf(clients).get();
        assertThat(tookNanos).isLessThan(TimeUnit.SECONDS.toNanos(10));
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    private static void come(int port, CountDownLatch coming, AtomicBoolean enough) {
        while (!enough.get()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                coming.countDown();
            } catch (IOException e) {
                // The port is closed by now.
            }
        }
    }
}
