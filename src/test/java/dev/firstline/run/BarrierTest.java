package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstline.Misuse;
import dev.firstline.run.Barrier.Answer;
import dev.firstline.run.Barrier.Arrival;
import dev.firstline.stats.FakeClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarrierTest {
    private static final Map<String, String> LOAD = Map.of("rate", "5.0", "seed", "1");
    private static final long LEAD_NANOS = Duration.ofMillis(1300).toNanos();

    private final FakeClock clock = new FakeClock();
    private final Barrier barrier = new Barrier("load-1", 3, LOAD, clock);

    @Test
    void the_load_begins_when_all_are_there_and_at_one_time_for_all() {
        assertThat(barrier.ask(arrival(0, "a")).missing()).containsExactly(1, 2);
        assertThat(barrier.ask(arrival(2, "c")).missing()).containsExactly(1);
        assertThat(barrier.ask(arrival(2, "c")).beginNanos()).isNull();

        Answer last =
                barrier.ask(new Arrival(1, "b", LOAD, Duration.ofSeconds(7).toNanos()));

        long earliestNanos = clock.nanoTime() + Duration.ofSeconds(7).toNanos();
        assertThat(last.beginNanos()).as("the longest lead is waited for").isGreaterThan(earliestNanos);
        clock.advance(Duration.ofMillis(500));
        assertThat(barrier.ask(arrival(0, "a"))).isEqualTo(last);
        assertThat(barrier.ask(arrival(2, "c"))).isEqualTo(last);
        assertThat(last.whole()).isEqualTo("load-1");
    }

    @Test
    void who_is_silent_is_waited_for_again() {
        barrier.ask(arrival(0, "a"));
        barrier.ask(arrival(1, "b"));
        clock.advance(Barrier.SILENCE.plusMillis(1));

        assertThat(barrier.ask(arrival(2, "c")).missing()).containsExactly(0, 1);
        assertThat(barrier.ask(arrival(1, "another in its place")).missing()).containsExactly(0);
        assertThat(barrier.ask(arrival(0, "a")).beginNanos()).isNotNull();
    }

    @Test
    void who_was_told_another_load_is_told_the_difference() {
        Answer answer = barrier.ask(new Arrival(1, "b", Map.of("rate", "4.0", "seed", "1"), LEAD_NANOS));

        assertThat(answer.refused()).isEqualTo("injector 1 was told another load than injector 0: rate 4.0, not 5.0");
        assertThat(barrier.missing()).containsExactly(0, 1, 2);
    }

    @Test
    void a_place_that_is_taken_is_refused_and_a_latecomer_too() {
        barrier.ask(arrival(0, "a"));
        barrier.ask(arrival(1, "b"));
        assertThat(barrier.ask(arrival(1, "x")).refused()).isEqualTo("another injector 1 is here");
        assertThat(barrier.ask(arrival(3, "x")).refused()).contains("no injector 3");
        barrier.ask(arrival(2, "c"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(barrier.ask(arrival(1, "x")).refused()).isEqualTo("the load has begun, with another injector 1");
    }

    @Test
    void over_http_whatever_is_no_arrival_is_refused_and_harms_nobody() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Sharing.Address here = new Sharing.Address("127.0.0.1", port);
        try (BarrierServer server = BarrierServer.open(here, barrier, clock)) {
            assertThat(server).isNotNull();
            for (String bad : List.of(
                    "",
                    "null",
                    "[]",
                    "{",
                    "{\"injector\":1}",
                    "{\"who\":\"a\",\"load\":{\"a\":null}}",
                    "{\"injector\":1,\"who\":\"a\",\"load\":{},\"leadNanos\":9223372036854775807}")) {
                assertThat(post(here, bad)).as(bad).isEqualTo(400);
            }
            assertThat(post(here, "{\"injector\":1,\"who\":\"b\",\"load\":{\"rate\":\"5.0\",\"seed\":\"1\"}}"))
                    .isEqualTo(200);
            assertThat(post(here, "{\"injector\":1,\"who\":\"x\",\"load\":{\"rate\":\"5.0\",\"seed\":\"1\"}}"))
                    .isEqualTo(409);
            assertThat(barrier.missing()).containsExactly(0, 2);
            assertThatThrownBy(() -> BarrierServer.open(here, barrier, clock))
                    .isInstanceOf(Misuse.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void who_begins_a_question_and_never_ends_it_keeps_nobody_else_waiting() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Sharing.Address here = new Sharing.Address("127.0.0.1", port);
        List<Socket> silent = new ArrayList<>();
        try (BarrierServer server = BarrierServer.open(here, barrier, clock)) {
            assertThat(server).isNotNull();
            for (int i = 0; i < 4; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
                client.getOutputStream().write("POST /firs".getBytes(StandardCharsets.US_ASCII));
                silent.add(client);
            }
            assertThat(post(here, "{\"injector\":1,\"who\":\"b\",\"load\":{\"rate\":\"5.0\",\"seed\":\"1\"}}"))
                    .isEqualTo(200);
        } finally {
            for (Socket client : silent) {
                client.close();
            }
        }
    }

    private static int post(Sharing.Address there, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + there + BarrierServer.BARRIER))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Arrival arrival(int injector, String who) {
        return new Arrival(injector, who, LOAD, LEAD_NANOS);
    }
}
