package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;

@FirstlineStub(speed = 0)
final class PromptEndPointTest {
    private static final int WAIT_MAX_MILLIS = 10_000;

    @Test
    void a_chunk_is_whole_while_the_next_never_comes(URI baseUrl) throws IOException {
        try (Socket socket = asks(baseUrl, "hang;at=2")) {
            InputStream in = socket.getInputStream();
            while (!line(in).isEmpty()) {
                // The head.
            }
            byte[] chunk = in.readNBytes(Integer.parseInt(line(in), 16));

            assertThat(new String(chunk, UTF_8)).contains("greeting-1-1").endsWith("\n");
            assertThat(in.readNBytes(2)).containsExactly('\r', '\n');
        }
    }

    @Test
    void no_byte_is_sent_twice_and_none_is_missing(URI baseUrl) throws IOException {
        try (Socket socket = asks(baseUrl, "stall;at=2;ms=200")) {
            InputStream in = socket.getInputStream();
            while (!line(in).isEmpty()) {
                // The head.
            }
            for (String id : new String[] {"greeting-1-1", "greeting-1-2"}) {
                byte[] chunk = in.readNBytes(Integer.parseInt(line(in), 16));
                assertThat(new String(chunk, UTF_8)).contains(id).endsWith("\n");
                assertThat(line(in)).isEmpty();
            }
            assertThat(line(in)).isEqualTo("0");
            assertThat(line(in)).isEmpty();
        }
    }

    private static Socket asks(URI baseUrl, String fault) throws IOException {
        byte[] body = Customer.says(new Customer(baseUrl).init(), "Oi!").getBytes(UTF_8);
        String head = """
                POST %s HTTP/1.1
                Host: stub
                Connection: keep-alive
                x-api-key: test
                %s: %s
                Content-Length: %d

                """.formatted(Endpoint.INVOKE.path(), Order.FAULT.header(), fault, body.length);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.replace("\n", "\r\n").getBytes(UTF_8));
        request.writeBytes(body);
        Socket socket = new Socket(baseUrl.getHost(), baseUrl.getPort());
        socket.setSoTimeout(WAIT_MAX_MILLIS);
        socket.getOutputStream().write(request.toByteArray());
        return socket;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n' && b >= 0; b = in.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }
}
