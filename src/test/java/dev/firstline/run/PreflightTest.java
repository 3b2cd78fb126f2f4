package dev.firstline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstline.gate.Decision;
import dev.firstline.gate.Reason;
import dev.firstline.stats.Clock;
import dev.firstline.stub.StubOptions;
import dev.firstline.stub.StubServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search that is about to load a stub of somebody else's. */
final class PreflightTest {
    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void one_customer_goes_through_a_whole_journey_and_then_health_is_asked() throws Exception {
        try (StubServer stub = StubServer.start(StubOptions.defaults().withSpeed(0))) {
            Preflight preflight = preflight(stub);
            assertThat(preflight.whyNot()).isEmpty();
            assertThat(said).singleElement().asString().contains("one customer alone in greeting: turn 1 first line");
            assertThat(proof()).isEqualTo("sessions: 1 opened, 1 closed, 0 open");
            assertThat(folder.resolve("reports/runs"))
                    .as("no run is left to be listed")
                    .isEmptyDirectory();

            assertThat(preflight.whyNot()).isEmpty();
            assertThat(proof()).as("once").isEqualTo("sessions: 1 opened, 1 closed, 0 open");

            spoil(stub, "status;http=503;on=health");
            assertThat(fact(preflight.whyNot()))
                    .isEqualTo("the target there is not well between two steps: health answered 503, 3 times");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "truncate;at=1, turn 1 answered ",
        "error;at=1;code=14, turn 1 answered an error",
        "malformed;at=1, turn 1 answered an error",
        "status;http=503, turn 1 answered status 503",
        "status;http=503;on=init, init answered 503 and no session",
        "gzip, 'an answer that can be recorded'"
    })
    void a_journey_that_does_not_go_well_ends_the_search_and_its_session(String fault, String why) throws Exception {
        try (StubServer stub =
                StubServer.start(StubOptions.defaults().withSpeed(0).withFault(fault))) {
            Optional<Reason> reason = preflight(stub).whyNot();
            assertThat(reason.orElseThrow().decision()).isEqualTo(Decision.NO_VERDICT);
            assertThat(fact(reason))
                    .startsWith("one customer alone did not get through greeting: ")
                    .contains(why);
            assertThat(open(stub)).contains("\"open_sessions\":0");
            assertThat(proof()).endsWith(", 0 open");
        }
    }

    @Test
    void a_close_that_fails_is_tried_again_and_told() throws Exception {
        try (StubServer stub =
                StubServer.start(StubOptions.defaults().withSpeed(0).withFault("status;http=503;on=close"))) {
            assertThat(fact(preflight(stub).whyNot())).endsWith("close answered status 503");
            assertThat(proof()).as("as it is").isEqualTo("sessions: 1 opened, 0 closed, 1 open");
        }
    }

    @Test
    void a_target_that_is_not_well_is_asked_nothing_else() throws Exception {
        try (StubServer stub =
                StubServer.start(StubOptions.defaults().withSpeed(0).withFault("status;http=503;on=health"))) {
            assertThat(fact(preflight(stub).whyNot()))
                    .isEqualTo("the target there is not well: health answered 503, 3 times");
            assertThat(proof()).isEqualTo("sessions: 0 opened, 0 closed, 0 open");
        }
    }

    @Test
    void the_embedded_stub_is_left_to_each_steps_own_run() throws Exception {
        assertThat(preflight(Map.of("target", "stub", "journey", "greeting")).whyNot())
                .isEmpty();
        assertThat(said).isEmpty();
    }

    private Preflight preflight(StubServer stub) throws IOException {
        Path targets = Files.writeString(
                folder.resolve("targets.yaml"),
                "targets:\n  there: {baseUrl: \"%s\", environment: stub}\n".formatted(stub.baseUrl()));
        return preflight(Map.of("target", "there", "targets", targets.toString(), "journey", "greeting"));
    }

    private Preflight preflight(Map<String, String> settings) throws IOException {
        Files.createDirectories(search());
        Load least = Load.constant(1e-9, Duration.ofSeconds(1), 1);
        Preparation.Look look =
                new Preparation("load", Settings.unchecked(settings), least, Map.of(), Clock.system()).look();
        return new Preflight(look, Map.of(), folder.resolve("reports"), search(), said::add, Clock.system());
    }

    private Path search() {
        return folder.resolve("search");
    }

    private String proof() {
        return Searches.sessions(folder.resolve("reports"), search());
    }

    private static String fact(Optional<Reason> reason) {
        return reason.orElseThrow().fact();
    }

    private static void spoil(StubServer stub, String fault) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stub.baseUrl().resolve("/__admin/firstline/fault"))
                .PUT(HttpRequest.BodyPublishers.ofString(fault))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isLessThan(300);
    }

    private static String open(StubServer stub) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(stub.baseUrl().resolve("/__admin/firstline"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
