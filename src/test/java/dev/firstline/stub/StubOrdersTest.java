package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.stub.Orders.Order;
import dev.firstline.stub.RawCall.Ending;
import dev.firstline.stub.RawCall.Reply;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stub is told by requests, mappings, recordings and its start, and who is heard. */
final class StubOrdersTest {
    private static final String RECORDING = Order.RECORDING.header();
    private static final String FAULT = Order.FAULT.header();

    @TempDir
    private Path root;

    @BeforeEach
    void the_shipped_stubs_are_ones_own() throws IOException {
        StubsCopy.into(root);
    }

    @Test
    void a_header_names_the_recording_whatever_is_said_and_the_conversation_goes_on_from_there() throws IOException {
        try (StubServer stub = StubServer.start(options())) {
            Customer customer = new Customer(stub.baseUrl());
            String session = customer.init();

            assertThat(invoke(customer, session, RECORDING, "sofia/turn-2").body())
                    .contains("sofia-2-1");
            assertThat(invoke(customer, session).body()).contains("sofia-3-1");
            assertThat(invoke(customer, session, RECORDING, "greeting/turn-1").body())
                    .contains("greeting-1-1");
        }
    }

    @Test
    void a_mapping_names_journey_recording_and_speed() throws IOException {
        StubsCopy.tell(root, "\"journey\":\"sofia\",\"speed\":0");
        try (StubServer stub = StubServer.start(options().withSpeed(0.001))) {
            Customer customer = new Customer(stub.baseUrl());
            String session = customer.init();

            assertThat(invoke(customer, session).body()).contains("sofia-1-1");
            assertThat(invoke(customer, session).body()).contains("sofia-2-1");
            assertThat(invoke(customer, session, RECORDING, "greeting/turn-1").body())
                    .as("a request's own header comes first")
                    .contains("greeting-1-1");
        }
    }

    @Test
    void a_recording_has_a_speed_of_its_own() throws IOException {
        StubsCopy.head(root, "greeting/turn-1", "\"speed\":0");
        try (StubServer stub = StubServer.start(options().withSpeed(0.0001))) {
            Customer customer = new Customer(stub.baseUrl());

            assertThat(invoke(customer, customer.init(), RECORDING, "greeting/turn-1")
                            .lines())
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"speed\":-1", "\"speed\":\"fast\"", "\"fault\":\"explode\"", "\"fault\":7"})
    void a_recording_that_tells_nonsense_is_refused(String members) throws IOException {
        StubsCopy.head(root, "greeting/turn-1", members);

        assertThatThrownBy(() -> StubServer.start(options()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("greeting/turn-1.ndjson:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"speed\":-1", "\"fault\":\"explode\"", "\"faults\":\"reset\""})
    void a_mapping_that_tells_nonsense_is_refused(String parameters) throws IOException {
        StubsCopy.tell(root, parameters);

        assertThatThrownBy(() -> StubServer.start(options()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("transformerParameters");
    }

    @Test
    void the_nearest_fault_is_heard_and_a_recordings_own_in_any_case() throws IOException {
        StubsCopy.tell(root, "\"fault\":\"error;at=2;code=5;on=invoke\"");
        StubsCopy.head(root, "greeting/turn-1", "\"fault\":\"crlf\"");
        try (StubServer stub = StubServer.start(options().withFault("error;at=2;code=8"))) {
            Customer customer = new Customer(stub.baseUrl());

            assertThat(greeting(customer).body()).contains("\r\n").contains("\"code\":5");
            assertThat(greeting(customer, FAULT, "error;at=2;code=3").body())
                    .contains("\r\n")
                    .contains("\"code\":3");
            assertThat(greeting(customer, FAULT, "error;at=2;code=3;on=close").body())
                    .as("a header for another endpoint is heard, and does nothing here")
                    .contains("\r\n")
                    .doesNotContain("\"code\"");
        }
    }

    @Test
    void a_row_of_a_recording_misbehaves_now_and_then() throws IOException {
        Path file = root.resolve(Recordings.FOLDER).resolve("greeting/turn-1.ndjson");
        List<String> rows = new ArrayList<>(Files.readAllLines(file));
        rows.set(rows.size() - 1, rows.get(rows.size() - 1).replaceFirst("}$", ",\"fault\":\"repeat;rate=0.5\"}"));
        Files.write(file, rows);
        try (StubServer stub = StubServer.start(options())) {
            Customer customer = new Customer(stub.baseUrl());

            assertThat(struck(customer, "", 3)).contains(true, false);
        }
    }

    @Test
    void the_same_seed_and_order_strike_the_same_answers_and_a_reset_begins_anew() throws IOException {
        List<Boolean> first;
        try (StubServer stub = StubServer.start(options())) {
            Customer customer = new Customer(stub.baseUrl());
            first = struck(customer, "repeat;at=1;rate=0.3", 3);
            assertThat(struck(customer, "repeat;at=1;rate=0.3", 3)).isNotEqualTo(first);
            customer.admin("POST", "/reset", "");
            assertThat(struck(customer, "repeat;at=1;rate=0.3", 3)).isEqualTo(first);
        }
        try (StubServer stub = StubServer.start(options())) {
            assertThat(struck(new Customer(stub.baseUrl()), "repeat;at=1;rate=0.3", 3))
                    .isEqualTo(first);
        }
        try (StubServer stub =
                StubServer.start(options().withPlayback(options().playback().withSeed(2)))) {
            assertThat(struck(new Customer(stub.baseUrl()), "repeat;at=1;rate=0.3", 3))
                    .isNotEqualTo(first);
        }
        assertThat(first).filteredOn(struck -> struck).hasSizeBetween(3, 20);
    }

    @Test
    void a_rate_is_kept_to() {
        SeededChance chance = new SeededChance(Playback.recorded().seed());
        long struck =
                IntStream.range(0, 100_000).filter(i -> chance.strikes(0.01)).count();

        assertThat(struck).isBetween(900L, 1_100L);
    }

    @Test
    void headers_keep_alives_and_the_end_come_when_they_were_recorded() throws IOException {
        try (StubServer stub = StubServer.start(options().withSpeed(1))) {
            Customer customer = new Customer(stub.baseUrl());
            Reply reply = invoke(customer, customer.init(), RECORDING, "sofia/turn-3");

            assertThat(reply.ending()).isEqualTo(Ending.CLEAN);
            assertThat(reply.lines()).hasSize(7);
            assertThat(reply.lines().get(2)).isEqualTo("\n");
            long[] dueMicros = {551_200, 602_900, 998_000, 1_002_600, 1_066_000, 1_412_800, 1_780_300};
            List<Long> chunkNanos = reply.chunkNanos();
            for (int i = 0; i < chunkNanos.size() - 1; i++) {
                assertThat(chunkNanos.get(i) / 1_000)
                        .as("two that are late may share a chunk, but none is early")
                        .isGreaterThanOrEqualTo(dueMicros[i]);
            }
            assertThat(chunkNanos.get(chunkNanos.size() - 1) / 1_000).isGreaterThanOrEqualTo(1_796_000);
        }
    }

    private StubOptions options() {
        return StubOptions.defaults().withRoot(root).withSpeed(0);
    }

    private static List<Boolean> struck(Customer customer, String fault, int lines) throws IOException {
        List<Boolean> struck = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            struck.add(greeting(customer, FAULT, fault).lines().size() == lines);
        }
        return struck;
    }

    private static Reply greeting(Customer customer, String... headers) throws IOException {
        return customer.ask(Endpoint.INVOKE, Customer.says(customer.init(), "Oi!"), headers);
    }

    private static Reply invoke(Customer customer, String session, String... headers) throws IOException {
        return customer.ask(Endpoint.INVOKE, Customer.says(session, "whatever"), headers);
    }
}
