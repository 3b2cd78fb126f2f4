package dev.firstline.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.stub.Orders.Order;
import dev.firstline.wire.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stock {@code curl -N} before the stub. Its exit codes: 0 all is well, 18 cut short, 56 the connection was reset.
 */
@RequiresClient(Client.CURL)
@FirstlineStub(speed = 0)
final class CurlIT {
    private static StubServer stub;

    @BeforeAll
    static void serves(StubServer server) {
        stub = server;
    }

    @Test
    void a_clean_stream_ends_with_0() throws Exception {
        Process curl = invoke("");
        String said = new String(curl.getInputStream().readAllBytes(), UTF_8);

        assertThat(curl.waitFor()).isZero();
        assertThat(said.lines()).hasSize(2);
        assertThat(said).contains("Oi, Zoë! 👋 Que bom", "greeting-1-2").endsWith("\n");
    }

    @Test
    void a_line_is_printed_while_the_next_has_not_come() throws Exception {
        Process curl = invoke("hang;at=2");
        try (BufferedReader lines = curl.inputReader(UTF_8)) {
            assertThat(lines.readLine()).contains("greeting-1-1");
            assertThat(curl.isAlive()).isTrue();
            assertThat(lines.ready()).isFalse();
        } finally {
            curl.destroyForcibly().onExit().join();
        }
    }

    @ParameterizedTest
    @CsvSource({"close, 18", "truncate, 18", "reset, 56"})
    void a_stream_that_breaks_ends_with_curls_own_code_after_what_had_come(String kind, int exitCode) throws Exception {
        Process curl = invoke("stall;at=2;ms=300 | " + kind + ";at=2");
        String said = new String(curl.getInputStream().readAllBytes(), UTF_8);

        assertThat(curl.waitFor()).as(said).isEqualTo(exitCode);
        assertThat(said).contains("greeting-1-1").doesNotContain("eventId\":\"greeting-1-2");
    }

    /** It is printed without a key and with an event that is none, and is told the first of it. */
    @Test
    void the_request_of_the_vendors_page_as_printed_is_told_that_its_key_is_missing() throws Exception {
        String printed = Files.readString(Path.of("src/test/clients/invoke.sh"));
        assertThat(printed).contains("https://api.example.com");
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        printed.replace(
                                "https://api.example.com", stub.baseUrl().toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), UTF_8);

        assertThat(shell.waitFor()).isZero();
        assertThat(said).isEqualTo("{\"error\":{\"code\":16,\"message\":\"missing x-api-key\",\"details\":[]}}\n");
    }

    /** @param fault what goes wrong, or "" for nothing */
    private static Process invoke(String fault) throws IOException {
        String session = new Customer(stub.baseUrl()).init();
        List<String> arguments = new ArrayList<>(List.of("-sN", "-H", "x-api-key: a-key"));
        if (!fault.isEmpty()) {
            arguments.addAll(List.of("-H", Order.FAULT.header() + ": " + fault));
        }
        arguments.addAll(List.of(
                "-d",
                Customer.says(session, "Oi!"),
                stub.baseUrl().resolve(Endpoint.INVOKE.path()).toString()));
        return Client.CURL.start(arguments.toArray(String[]::new));
    }
}
