package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The same answers and the same faults over TLS, with HTTP/2 and with HTTP/1.1. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(10)
final class StubTlsTest {
    private StubServer stub;
    private Customer customer;
    private URI tls;
    private HttpClient client;

    @BeforeAll
    void start() throws GeneralSecurityException {
        stub = StubServer.start(StubOptions.defaults().withSpeed(0).withHttpsPort(0));
        customer = new Customer(stub.baseUrl());
        tls = stub.tlsBaseUrl().orElseThrow();
        client = HttpClient.newBuilder().sslContext(trusting()).build();
    }

    @AfterAll
    void stop() {
        stub.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_stream_is_played(HttpClient.Version version) throws Exception {
        HttpResponse<String> response = client.send(invoke(version, ""), HttpResponse.BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(version);
        assertThat(response.body().lines()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_2, reset;at=2",
        "HTTP_2, close;at=2",
        "HTTP_2, truncate;at=2",
        "HTTP_1_1, reset;at=2",
        "HTTP_1_1, truncate;at=2"
    })
    void a_body_breaks(HttpClient.Version version, String fault) throws IOException {
        HttpRequest request = invoke(version, fault);

        assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_stream_that_is_reset_leaves_its_neighbours_on_the_connection_alone() throws Exception {
        CompletableFuture<HttpResponse<String>> neighbour = client.sendAsync(
                invoke(HttpClient.Version.HTTP_2, "stall;at=2;ms=500"), HttpResponse.BodyHandlers.ofString());
        HttpRequest broken = invoke(HttpClient.Version.HTTP_2, "reset;at=2");

        assertThatThrownBy(() -> client.send(broken, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(neighbour.get().body().lines()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_client_that_leaves_a_hang_frees_its_timer(HttpClient.Version version) throws Exception {
        CompletableFuture<HttpResponse<String>> hanging =
                client.sendAsync(invoke(version, "hang;at=1"), HttpResponse.BodyHandlers.ofString());
        await("active_streams", 1);

        hanging.cancel(true);

        await("active_streams", 0);
        await("waiting", 0);
    }

    private HttpRequest invoke(HttpClient.Version version, String fault) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(tls.resolve(Endpoint.INVOKE.path()))
                .version(version)
                .header(Agent.KEY_HEADER, "test")
                .POST(HttpRequest.BodyPublishers.ofString(Customer.says(customer.init(), "I need billing")));
        return fault.isEmpty()
                ? request.build()
                : request.header(Order.FAULT.header(), fault).build();
    }

    private void await(String figure, int expected) throws IOException {
        long startNanos = System.nanoTime();
        while (customer.admin("GET", "", "").path(figure).asInt() != expected) {
            assertThat(System.nanoTime() - startNanos)
                    .as("waiting for %s = %d", figure, expected)
                    .isLessThan(Duration.ofSeconds(10).toNanos());
        }
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
        return context;
    }

    /** The stub signs its certificate itself; without an extended manager the client would check the host name too. */
    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
