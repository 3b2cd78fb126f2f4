package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which of this machine's addresses a stub serves. */
final class StubBindTest {
    @Test
    void told_to_serve_on_all_it_is_reached_on_another_one_too() throws Exception {
        InetAddress other = anotherAddress();
        try (StubServer all = StubServer.start(StubOptions.defaults().withBind("0.0.0.0"));
                StubServer one = StubServer.start(StubOptions.defaults())) {
            assertThat(all.baseUrl().getHost()).isEqualTo("127.0.0.1");
            assertThat(new Customer(all.baseUrl()).init()).isNotBlank();
            connect(other, all.baseUrl());

            assertThatThrownBy(() -> connect(other, one.baseUrl())).isInstanceOf(ConnectException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Nobody's: it is set aside for documents.
        "192.0.2.1, 192.0.2.1",
        "localhost:8080, localhost:8080"
    })
    void what_is_no_address_of_this_machine_is_misuse(String bind, String said) {
        assertThatThrownBy(() -> StubServer.start(StubOptions.defaults().withBind(bind)))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("an address of this machine")
                .hasMessageContaining(said)
                .hasMessageNotContaining("Exception");
    }

    private static void connect(InetAddress address, URI stub) throws Exception {
        SocketChannel.open(new InetSocketAddress(address, stub.getPort())).close();
    }

    private static InetAddress anotherAddress() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .findFirst()
                .orElseGet(() -> {
                    Assumptions.abort("this machine has no address but its own");
                    throw new IllegalStateException();
                });
    }
}
