package dev.firstline.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstline.stub.Orders.Order;
import dev.firstline.stub.RawCall.Reply;
import dev.firstline.wire.Endpoint;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions, and what the stub tells of them and of what it could not answer. */
final class StubStateTest {
    private StubServer stub;
    private Customer customer;

    @BeforeEach
    void start() {
        stub = StubServer.start(StubOptions.defaults().withSpeed(0));
        customer = new Customer(stub.baseUrl());
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void to_init_twice_is_to_have_two_sessions_that_know_nothing_of_each_other() throws IOException {
        String one = customer.init();
        String other = customer.init();
        customer.ask(Endpoint.INVOKE, Customer.says(one, "Oi!"));

        assertThat(one).isNotEqualTo(other);
        assertThat(openSessions()).isEqualTo(Set.of(one, other));
        assertThat(customer.ask(Endpoint.INVOKE, Customer.says(other, "I need billing"))
                        .body())
                .contains("bot-switch-1-1", other);
        assertThat(customer.ask(Endpoint.CLOSE, Customer.inSession(one)).status())
                .isEqualTo(200);
        assertThat(openSessions()).isEqualTo(Set.of(other));
    }

    @ParameterizedTest
    @CsvSource({"invoke, 404, 5", "invoke_sync, 404, 5", "close, 404, 5"})
    void a_session_that_was_never_opened_is_not_found(String endpoint, int status, int code) throws IOException {
        assertRefused(endpoint, "no-such-session", "b", status, code);
    }

    @ParameterizedTest
    @CsvSource({"invoke, 400, 9", "invoke_sync, 400, 9", "close, 400, 9"})
    void a_session_that_was_closed_stays_closed(String endpoint, int status, int code) throws IOException {
        String session = customer.init();
        customer.ask(Endpoint.CLOSE, Customer.inSession(session));

        assertRefused(endpoint, session, "b", status, code);
    }

    @ParameterizedTest
    @CsvSource({"invoke, 403, 7", "invoke_sync, 403, 7", "close, 403, 7"})
    void another_businesss_session_is_not_ones_own(String endpoint, int status, int code) throws IOException {
        String session = customer.init();

        assertRefused(endpoint, session, "another", status, code);
        assertThat(openSessions()).as("nobody closed it").containsExactly(session);
    }

    @Test
    void the_sessions_page_tells_the_bounds() throws IOException {
        JsonNode page = customer.admin("GET", "/sessions", "");

        assertThat(page.path("open_max").asInt()).isEqualTo(Sessions.OPEN_MAX);
        assertThat(page.path("idle_max_s").asLong()).isEqualTo(Sessions.IDLE_TIME_TO_LIVE.toSeconds());
    }

    @ParameterizedTest
    @CsvSource({"/__admin/reset", "/__admin/mappings/reset", "/__admin/firstline/reset"})
    void wiremocks_reset_and_ours_forget_sessions_and_what_was_unanswered(String reset) throws IOException {
        String session = customer.init();
        customer.ask(Endpoint.INVOKE, Customer.says(session, "xyz"));

        assertThat(post(reset).status()).isEqualTo(200);

        assertThat(openSessions()).isEmpty();
        assertThat(customer.admin("GET", "/unanswered", "").path("count").asInt())
                .isZero();
        assertRefused("invoke", session, "b", 404, 5);
        assertThat(customer.init()).as("it still serves").isNotEmpty();
    }

    @Test
    void what_nothing_answers_is_listed_with_what_was_close() throws IOException {
        String session = customer.init();
        customer.ask(Endpoint.INVOKE, Customer.says(session, "Where is my order 1002?"));
        customer.ask(Endpoint.INVOKE, Customer.says(session, "Oi!"), Order.JOURNEY.header(), "sofa");
        customer.ask(Endpoint.INVOKE, Customer.says(session, "Oi!"), Order.RECORDING.header(), "sofia/turn-22");
        customer.ask(Endpoint.INVOKE_SYNC, Customer.says(session, "Oi!"), Order.RECORDING.header(), "sofia/turn-2");
        post("/external/v1/ai/agent_graph/invokes");

        JsonNode page = customer.admin("GET", "/unanswered", "");
        JsonNode last = page.path("last");

        assertThat(page.path("count").asInt()).isEqualTo(5);
        assertEntry(last.get(4), "POST /external/v1/ai/agent_graph/invoke", "Where is my order 1002?", "order-status");
        assertEntry(last.get(3), "POST /external/v1/ai/agent_graph/invoke", "no recording of a journey sofa", "sofia");
        assertEntry(
                last.get(2), "POST /external/v1/ai/agent_graph/invoke", "no recording sofia/turn-22", "sofia/turn-2");
        assertEntry(
                last.get(1), "POST /external/v1/ai/agent_graph/invoke_sync", "does not answer invoke_sync", "(invoke)");
        assertEntry(last.get(0), "POST /external/v1/ai/agent_graph/invokes", "no such path", "agent_graph/invoke");
        assertThat(last.get(4).path("session_id").asText()).isEqualTo(session);
        assertThat(customer.admin("GET", "", "").path("unanswered").asInt()).isEqualTo(5);
    }

    @Test
    void a_run_says_which_journey_its_customer_walks_and_only_what_is_recorded_counts() throws IOException {
        assertThat(customer.ask(
                                Endpoint.INVOKE,
                                Customer.says(customer.init(), "Oi!"),
                                Order.WALKS.header(),
                                "order-status")
                        .body())
                .contains("order-status-1-1");
        assertThat(customer.ask(Endpoint.INVOKE, Customer.says(customer.init(), "Oi!"), Order.WALKS.header(), "mine")
                        .body())
                .contains("greeting-1-1");
    }

    @Test
    void the_list_of_what_nothing_answered_is_bounded() throws IOException {
        for (int i = 0; i < Unanswered.KEPT_MAX + 5; i++) {
            post("/nowhere/" + i);
        }
        JsonNode page = customer.admin("GET", "/unanswered", "");

        assertThat(page.path("count").asInt()).isEqualTo(Unanswered.KEPT_MAX + 5);
        assertThat(page.path("last")).hasSize(Unanswered.KEPT_MAX);
        assertThat(page.path("last").get(0).path("request").asText()).isEqualTo("POST /nowhere/104");
        assertThat(page.path("last").get(0).path("close")).isEmpty();
    }

    @Test
    void the_journal_answers_wiremocks_own_questions_and_forgets_the_oldest() throws IOException {
        try (StubServer other =
                StubServer.start(StubOptions.defaults().withSpeed(0).withJournal(3))) {
            Customer one = new Customer(other.baseUrl());
            for (int i = 0; i < 10; i++) {
                one.ask(Endpoint.HEALTH, "{\"businessId\":\"b\",\"clientKey\":\"c-%d\"}".formatted(i));
            }
            JsonNode journal = one.journal();

            assertThat(journal.path("requests")).hasSize(3);
            assertThat(journal.path("requests").get(0).at("/request/body").asText())
                    .contains("c-9");
            assertThat(journal.path("requests").get(2).at("/request/body").asText())
                    .contains("c-7");
        }
    }

    @Test
    void without_a_journal_nothing_is_kept() throws IOException {
        try (StubServer other =
                StubServer.start(StubOptions.defaults().withSpeed(0).withJournal(0))) {
            Customer one = new Customer(other.baseUrl());
            one.init();

            try (RawCall journal = new RawCall(other.baseUrl())) {
                assertThat(journal.request("GET", "/__admin/requests", "", Map.of())
                                .read()
                                .body())
                        .contains("The request journal is disabled");
            }
        }
    }

    private void assertRefused(String name, String session, String business, int status, int code) throws IOException {
        Endpoint endpoint = Endpoint.valueOf(name.toUpperCase(Locale.ROOT));
        Reply reply = customer.ask(
                endpoint,
                Customer.says(session, "Oi!").replace("\"businessId\":\"b\"", "\"businessId\":\"" + business + "\""));

        assertThat(reply.status()).isEqualTo(status);
        JsonNode body = Customer.json(reply.body());
        assertThat((endpoint.streamed() ? body.path("error") : body)
                        .path("code")
                        .asInt())
                .isEqualTo(code);
    }

    private static void assertEntry(JsonNode entry, String request, String why, String close) {
        assertThat(entry.path("request").asText()).isEqualTo(request);
        assertThat(entry.path("why").asText()).contains(why);
        assertThat(entry.path("close").get(0).asText()).contains(close);
        assertThat(entry.path("at").asText()).endsWith("Z");
    }

    private Set<String> openSessions() throws IOException {
        Set<String> ids = new HashSet<>();
        customer.admin("GET", "/sessions", "")
                .path("sessions")
                .forEach(session -> ids.add(session.path("session_id").asText()));
        return ids;
    }

    private Reply post(String path) throws IOException {
        try (RawCall call = new RawCall(stub.baseUrl())) {
            return call.post(path, "", Map.of()).read();
        }
    }
}
