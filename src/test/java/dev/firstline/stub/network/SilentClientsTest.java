package dev.firstline.stub.network;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stats.Clock;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients of the control API that begin a request and never end it. */
final class SilentClientsTest {
    /** More than are listened to at once. */
    private static final int CLIENTS = 70;

    private static final String HALF_A_HEADER = "GET /version HT";
    private static final String HALF_A_BODY = "POST /proxies HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";

    @Test
    void who_never_finishes_a_request_is_cut_off_and_the_others_are_answered() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (FaultProxy faults = FaultProxy.start("127.0.0.1", 0, 1, Clock.system())) {
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), faults.port());
                client.setSoTimeout(30_000);
                client.getOutputStream().write((i % 2 == 0 ? HALF_A_HEADER : HALF_A_BODY).getBytes(US_ASCII));
                silent.add(client);
            }
            HttpRequest version = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + faults.port() + "/version"))
                    .timeout(Duration.ofSeconds(25))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(version, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            for (Socket client : silent) {
                assertThat(Peers.ending(client)).isIn("end", "reset");
            }
        } finally {
            for (Socket client : silent) {
                client.close();
            }
        }
    }
}
